import type { QueryResult } from '../adapter/index.ts';
import {
  iterate,
  PyDict,
  PyError,
  PyFunction,
  PyObject,
  PyTuple,
  type Runtime,
  sorted,
  str,
  truthy,
  type Value,
  type Waiting,
} from '../jinja/index.ts';
import { cellValue, columnType } from './cell-value.ts';
import { csvText, jsonText, printedTable } from './printed-table.ts';
import { KeyIndex, MappedSequence } from './sequence.ts';
import { plainFunction } from './signature.ts';
import { TableColumn, type TableType, TableTypeValue } from './table-column.ts';

/** Prints text to the user, for `print_table()`. */
export type Print = (text: string) => void;

/** agate's Table, as far as templates use it: the rows of a query. Immutable. */
export class TableValue extends PyObject {
  readonly typeName = 'Table';
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly TableType[];
  /** The rows as plain arrays of values. */
  readonly rows: readonly (readonly Value[])[];
  readonly #print: Print | undefined;
  readonly #keys: KeyIndex;
  #rowValues: MappedSequence | undefined;
  #columnValues: MappedSequence | undefined;

  constructor(
    names: readonly string[],
    types: readonly TableType[],
    rows: readonly (readonly Value[])[],
    print?: Print,
  ) {
    super();
    this.columnNames = names;
    this.columnTypes = types;
    this.rows = rows;
    this.#print = print;
    this.#keys = new KeyIndex(names);
  }

  /** The rows as templates see them. */
  get sequence(): MappedSequence {
    this.#rowValues ??= new MappedSequence(this.rows.map((row) => new MappedSequence(row, this.#keys, 'Row')));
    return this.#rowValues;
  }

  override getItem(key: Value): Value | undefined {
    return this.sequence.getItem(key);
  }
  override size(): number {
    return this.rows.length;
  }
  override iterate(): Iterable<Value> {
    return this.sequence.iterate();
  }
  override repr(): string {
    return '<agate.table.Table object>';
  }
  /** As agate prints the structure of a table. */
  override str(): string {
    const rows = this.columnNames.map((name, at) => [name, this.columnTypes[at]!]);
    return printedTable(['column', 'data_type'], ['Text', 'Text'], rows);
  }
  override slice(start: number, stop: number, step: number): Value {
    return this.sequence.slice(start, stop, step);
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return this.sequence;
      case 'columns':
        this.#columnValues ??= this.#makeColumns();
        return this.#columnValues;
      case 'column_names':
        return new PyTuple(this.columnNames);
      case 'column_types':
        return new PyTuple(this.columnTypes.map((type) => new TableTypeValue(type)));
      case 'row_names':
        return null;
      default:
        return this.#method(name);
    }
  }

  /** The columns of those names, in that order. */
  select(names: readonly string[]): TableValue {
    const at = names.map((name) => this.#place(name));
    const rows = this.rows.map((row) => at.map((place) => row[place]!));
    return this.#fork(
      names,
      at.map((place) => this.columnTypes[place]!),
      rows,
    );
  }

  #method(name: string): PyFunction | undefined {
    switch (name) {
      case 'print_table':
        return plainFunction(
          name,
          ['max_rows?', 'max_columns?', 'output?', 'max_column_width?', 'locale?', 'max_precision?'],
          (bound) => {
            const [maxRows, maxColumns, , maxWidth, , maxPrecision] = bound.map((value) =>
              value === null ? Number.POSITIVE_INFINITY : value,
            );
            const limits = { maxRows, maxColumns, maxWidth, maxPrecision } as Record<string, number | undefined>;
            this.#print?.(printedTable(this.columnNames, this.columnTypes, this.rows, limits).trimEnd());
            return null;
          },
        );
      case 'print_csv':
        return this.#printing(name, () => csvText(this.columnNames, this.rows));
      case 'print_json':
        return this.#printing(name, () => jsonText(this.columnNames, this.rows));
      case 'select':
        return plainFunction(name, ['key'], ([key]) => this.select(namesIn(key!)));
      case 'exclude':
        return plainFunction(name, ['key'], ([key]) => {
          const gone = new Set(namesIn(key!));
          return this.select(this.columnNames.filter((column) => !gone.has(column)));
        });
      case 'rename':
        return plainFunction(name, ['column_names?', 'row_names?', 'slug_columns?', 'slug_rows?'], ([names]) =>
          this.#fork(renamed(this.columnNames, names ?? null), this.columnTypes, this.rows),
        );
      case 'limit':
        return plainFunction(name, ['start_or_stop?', 'stop?', 'step?'], ([first, stop, step]) => {
          const number = (value: Value | undefined): number | undefined =>
            typeof value === 'number' ? value : undefined;
          const [from, to] =
            stop === undefined || stop === null ? [0, number(first)] : [number(first) ?? 0, number(stop)];
          const every = number(step) ?? 1;
          return this.#fork(
            this.columnNames,
            this.columnTypes,
            this.rows.slice(from, to).filter((_, at) => at % every === 0),
          );
        });
      case 'order_by':
        return plainFunction(name, ['key', 'reverse?'], ([key, reverse]) =>
          this.#ordered(namesIn(key!), reverse === true),
        );
      case 'distinct':
        return plainFunction(name, ['key?'], ([key]) =>
          this.#distinct(key === undefined || key === null ? this.columnNames : namesIn(key)),
        );
      case 'where':
      case 'find':
        return this.#filter(name);
      default:
        return undefined;
    }
  }

  #printing(name: string, text: () => string): PyFunction {
    return new PyFunction(name, () => {
      this.#print?.(text().trimEnd());
      return null;
    });
  }

  #makeColumns(): MappedSequence {
    const columns = this.columnNames.map(
      (name, at) =>
        new TableColumn(
          name,
          this.columnTypes[at]!,
          at,
          this.rows.map((row) => row[at]!),
        ),
    );
    return new MappedSequence(columns, this.#keys);
  }

  #ordered(names: readonly string[], reverse: boolean): TableValue {
    const at = names.map((name) => this.#place(name));
    // Nulls come last, as in agate.
    const keys = this.rows.map(
      (row) => new PyTuple(at.flatMap((place) => (row[place] === null ? [1, 0] : [0, row[place]!]))),
    );
    const places = sorted(
      this.rows.map((_, place) => place),
      keys,
      reverse,
    ) as number[];
    return this.#fork(
      this.columnNames,
      this.columnTypes,
      places.map((place) => this.rows[place]!),
    );
  }

  #distinct(names: readonly string[]): TableValue {
    const at = names.map((name) => this.#place(name));
    const seen = new PyDict();
    const rows = this.rows.filter((row) => {
      const key = new PyTuple(at.map((place) => row[place]!));
      if (seen.has(key)) return false;
      seen.set(key, true);
      return true;
    });
    return this.#fork(this.columnNames, this.columnTypes, rows);
  }

  /** `where(test)` keeps the rows for which a macro or function answers true; `find(test)` gives the first of them. */
  #filter(name: 'where' | 'find'): PyFunction {
    const finish = (kept: number[]): Value => {
      if (name === 'where')
        return this.#fork(
          this.columnNames,
          this.columnTypes,
          kept.map((at) => this.rows[at]!),
        );
      return kept.length === 0 ? null : this.sequence.values[kept[0]!]!;
    };
    const plain = (args: Value[], _kwargs: unknown, runtime: Runtime): Value => {
      const kept: number[] = [];
      for (const [at, row] of this.sequence.values.entries())
        if (truthy(runtime.call(args[0]!, [row], null))) kept.push(at);
      return finish(kept);
    };
    const rows = this.sequence.values;
    const waiting = function* (args: Value[], _kwargs: unknown, runtime: Runtime): Waiting {
      const kept: number[] = [];
      for (const [at, row] of rows.entries())
        if (truthy(yield* runtime.callWaiting(args[0]!, [row], null))) kept.push(at);
      return finish(kept);
    };
    return new PyFunction(name, plain, waiting);
  }

  #place(name: string): number {
    const at = this.#keys.find(name);
    if (at === undefined)
      throw new PyError('KeyError', `'${name}': the table has the columns ${this.columnNames.join(', ')}`);
    return at;
  }

  #fork(names: readonly string[], types: readonly TableType[], rows: readonly (readonly Value[])[]): TableValue {
    return new TableValue(names, types, rows, this.#print);
  }
}

/** The table of what a statement gave back. */
export function tableOf(result: Pick<QueryResult, 'columns' | 'rows'>, print?: Print): TableValue {
  const types = result.columns.map((_, at) =>
    columnType(
      (function* () {
        for (const row of result.rows) yield row[at]!;
      })(),
    ),
  );
  const rows = result.rows.map((row) => row.map((cell, at) => cellValue(cell, types[at]!)));
  return new TableValue(distinctNames(result.columns.map((column) => column.name)), types, rows, print);
}

/** What stands where there is no table. */
export function emptyTable(): TableValue {
  return new TableValue([], [], []);
}

/** dbt's `convert_datetimes_to_strs`: the table with its timestamps as text. */
export function withoutTimestamps(table: TableValue): TableValue {
  const types = table.columnTypes.map((type) => (type === 'DateTime' ? 'Text' : type));
  const rows = table.rows.map((row) =>
    row.map((value, at) => (table.columnTypes[at] === 'DateTime' ? str(value) : value)),
  );
  return new TableValue(table.columnNames, types, rows);
}

/** Names as dbt tells columns of the same name apart: `a`, `a_2`, `a_3`. */
function distinctNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

const namesIn = (key: Value): string[] =>
  typeof key === 'string' ? [key] : [...iterate(key)].map((name) => str(name));

function renamed(names: readonly string[], change: Value): readonly string[] {
  if (change === null) return names;
  if (change instanceof PyDict) return names.map((name) => str(change.get(name) ?? name));
  const list = namesIn(change);
  return names.map((name, at) => list[at] ?? name);
}
