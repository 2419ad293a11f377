import type { Dialect } from '../adapter/index.ts';
import type { Csv } from '../core/index.ts';
import type { Value } from '../jinja/index.ts';
import { TableValue } from './table.ts';
import type { TableType } from './table-column.ts';

/** What kind of values a column of text holds. */
type Kind = keyof Dialect['seedTypes'];

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}$/;
const DATETIME = /^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{1,2}:\d{1,2}$/;
const ISO_DATETIME = /^\d{4}-?\d{2}-?\d{2}T\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;
const BOOLEAN = /^(?:true|false)$/i;
const INT32 = 2_147_483_647;

const isNull = (cell: string): boolean => cell === '' || /^null$/i.test(cell);
const isDate = (cell: string): boolean => {
  if (!DATE.test(cell)) return false;
  const [year, month, day] = cell.split('-').map(Number) as [number, number, number];
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

/** Kinds in the order dbt tries them; the first that fits every cell is the column's. */
const TESTS: readonly (readonly [Kind, (cell: string) => boolean])[] = [
  ['number', (cell) => NUMBER.test(cell)],
  ['date', isDate],
  ['datetime', (cell) => DATETIME.test(cell) || ISO_DATETIME.test(cell)],
  ['boolean', (cell) => BOOLEAN.test(cell)],
];

const TABLE_TYPES: Readonly<Record<Kind, TableType>> = {
  text: 'Text',
  integer: 'Integer',
  number: 'Number',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Text',
};

/** The kind of one column, and whether its integers need more than 32 bits. */
function kindOf(rows: Csv['rows'], column: number): { kind: Kind; big: boolean } {
  let candidates = TESTS;
  let filled = false;
  let whole = true;
  let big = false;
  for (const row of rows) {
    const cell = row[column]!.trim();
    if (isNull(cell)) continue;
    filled = true;
    if (!candidates[0]?.[1](cell)) {
      candidates = candidates.filter(([, fits]) => fits(cell));
      if (!candidates.length) return { kind: 'text', big };
    }
    if (candidates[0]![0] === 'number') {
      const value = Number(cell);
      if (!Number.isInteger(value)) whole = false;
      if (Math.abs(value) > INT32) big = true;
    }
  }
  // A column without a single value counts as integers, as in dbt.
  if (!filled) return { kind: 'integer', big: false };
  const kind = candidates[0]![0];
  return kind === 'number' && whole ? { kind: 'integer', big } : { kind, big };
}

/** The rows of a seed as templates see them: a table whose cells are text, with the types that were found. */
export class SeedTable extends TableValue {
  readonly csv: Csv;
  readonly #kinds: readonly { kind: Kind; big: boolean }[];

  /**
   * @param textColumns columns whose type the user set: they are not looked at
   * @param isEmpty keep the types that the rows tell, and no row
   */
  constructor(csv: Csv, textColumns: ReadonlySet<string> = new Set(), isEmpty = false) {
    const kinds = csv.header.map((name, i) =>
      textColumns.has(name) ? { kind: 'text' as const, big: false } : kindOf(csv.rows, i),
    );
    super(
      csv.header,
      kinds.map(({ kind }) => TABLE_TYPES[kind]),
      isEmpty ? [] : (csv.rows as readonly (readonly Value[])[]),
    );
    this.csv = isEmpty ? { ...csv, rows: [], lines: [] } : csv;
    this.#kinds = kinds;
  }

  /** The warehouse's type for a column. */
  seedType(dialect: Dialect, column: number): string {
    const { kind, big } = this.#kinds[column]!;
    return kind === 'integer' && big && dialect.seedBigInteger ? dialect.seedBigInteger : dialect.seedTypes[kind];
  }
}

const KINDS: Readonly<Record<TableType, Kind>> = {
  Text: 'text',
  Integer: 'integer',
  Number: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
};

/** `adapter.convert_type(table, column)`: the type a column of a table is created with. */
export function seedType(dialect: Dialect, table: Value, column: number): Value {
  if (table instanceof SeedTable) return table.seedType(dialect, column);
  if (table instanceof TableValue) return dialect.seedTypes[KINDS[table.columnTypes[column] ?? 'Text']];
  return null;
}
