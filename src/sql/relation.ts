import { type Dialect, fold } from './dialect.ts';
import { type BaseColumn, Provenance } from './provenance.ts';
import type { CodePoints } from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import type { TypeSystem } from './types/type-system.ts';

/** A column that a query can see. */
export interface Column {
  /** Null for an expression that nobody named: how the warehouse calls it is not known. */
  readonly name: string | null;
  readonly provenance: Provenance;
  /** Null where it is not known. */
  readonly type: DataType | null;
  /** Of a literal the type that it has as long as it is none of a column: a union may give it another. */
  readonly literal?: DataType | undefined;
  readonly span?: CodePoints | undefined;
  /** Why not everything is known of where it comes from. */
  readonly unknown?: string | undefined;
  /** Of a struct, or a list of such, the fields, where they are known. */
  readonly fields?: Relation | undefined;
}

/** A relation may have further columns: what is known of one by its name alone, and why they are not listed. */
export interface Rest {
  readonly column: (name: string) => Column;
  readonly reason: string;
}

/** What a table, a CTE or a query offers. */
export class Relation {
  readonly columns: readonly Column[];
  readonly rest: readonly Rest[];
  /** What decides which rows there are. */
  readonly effects: Provenance;
  /** True of a table or view that is there already. */
  readonly isBase: boolean;
  #index: ReadonlyMap<string, readonly Column[]> | undefined;

  constructor(
    columns: readonly Column[],
    {
      rest = [],
      effects = Provenance.none,
      isBase = false,
    }: Partial<Pick<Relation, 'rest' | 'effects' | 'isBase'>> = {},
  ) {
    this.columns = columns;
    this.rest = rest;
    this.effects = effects;
    this.isBase = isBase;
  }

  /** The same columns, coming here in another way. */
  passed(through: (provenance: Provenance) => Provenance): Relation {
    const change = (column: Column): Column => ({
      ...column,
      provenance: through(column.provenance),
      fields: column.fields?.passed(through),
    });
    const rest = this.rest.map(({ column, reason }) => ({ column: (name: string) => change(column(name)), reason }));
    return new Relation(this.columns.map(change), { rest });
  }

  /** Whether a name that is not known may be one of its columns all the same. */
  mayHave(name: string, dialect: Dialect): boolean {
    if (this.rest.length > 0) return true;
    // DuckDB calls an expression by its text, which is no plain word.
    if (dialect.name === 'duckdb' && /^[a-z_][a-z0-9_]*$/i.test(name)) return false;
    return this.columns.some((column) => column.name === null);
  }

  /** The column of that name among those that are known; undefined where there is none. */
  find(name: string, dialect: Dialect): Column | undefined {
    this.#index ??= indexOf(this.columns);
    const found = this.#index.get(fold(name));
    if (!found) return undefined;
    // Of several of a name the first is meant, unless they differ in a way that the dialect can tell.
    return (dialect.exact ? found.find((column) => column.name === name) : undefined) ?? found[0];
  }
}

function indexOf(columns: readonly Column[]): ReadonlyMap<string, readonly Column[]> {
  const index = new Map<string, Column[]>();
  for (const column of columns) {
    if (column.name === null) continue;
    const key = fold(column.name);
    const list = index.get(key);
    if (list) list.push(column);
    else index.set(key, [column]);
  }
  return index;
}

/** A table as the caller describes it. */
export interface KnownTable {
  /** What edges name it by. */
  readonly key: string;
  /** Undefined where the columns are not known. */
  readonly columns?: readonly KnownColumn[] | undefined;
  /** Where they are not: some that are described. */
  readonly described?: readonly KnownColumn[] | undefined;
  /** Why they are not. */
  readonly reason?: string | undefined;
}

/** One column of a table as the caller describes it. */
export interface KnownColumn {
  readonly name: string;
  /** In the warehouse's words; null where it is not known. */
  readonly type: string | null;
}

/** A table as a relation: every column comes from itself. */
export function tableRelation({ key, columns, described, reason }: KnownTable, types: TypeSystem): Relation {
  const typeOf = (type: string | null): DataType | null => (type === null ? null : types.read(type));
  const bases = new Map<string, BaseColumn>();
  const base = (column: string): Provenance => {
    let known = bases.get(column);
    if (!known) {
      known = { table: key, column };
      bases.set(column, known);
    }
    return Provenance.of(known);
  };
  if (columns) {
    const all = columns.map(({ name, type }): Column => ({ name, type: typeOf(type), provenance: base(name) }));
    return new Relation(all, { isBase: true });
  }
  const known = new Map(described?.map(({ name, type }) => [fold(name), typeOf(type)]));
  const any = (name: string): Column => ({ name, type: known.get(fold(name)) ?? null, provenance: base(name) });
  const rest = [{ column: any, reason: reason ?? `the columns of ${key} are not known` }];
  return new Relation([], { rest, isBase: true });
}

/** What comes of a value that is unpacked into rows: whatever its columns are called, they come from it. */
export function unpacked(
  { provenance, fields }: { readonly provenance: Provenance; readonly fields?: Relation | undefined },
  columns: readonly string[],
  reason: string,
): Relation {
  const derived = provenance.derived();
  const made = (name: string): Column => ({ name, type: null, provenance: derived });
  const [first, ...others] = columns.map(made);
  const field = (name: string): Column => fields?.columns.find((one) => isNamed(one, name)) ?? made(name);
  return new Relation(first ? [{ ...first, fields }, ...others] : [], { rest: [{ column: field, reason }] });
}

const isNamed = ({ name }: Column, wanted: string): boolean => name !== null && fold(name) === fold(wanted);
