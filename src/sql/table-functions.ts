import { type Dialect, fold, storedName } from './dialect.ts';
import { madeColumns, OF_ONE_COLUMN } from './made-columns.ts';
import { Provenance } from './provenance.ts';
import { type Column, Relation, unpacked } from './relation.ts';
import type { Run, Value } from './run.ts';
import type { Scope, Source } from './scope.ts';
import { childrenOf, dataOf, type Identifier, kindOf, type Node, nodesAt } from './syntax.ts';

const CALLS = new Set(
  `function unnest explode explode_outer generate_series sequence read_c_s_v read_parquet flatten table_from_rows
  j_s_o_n_table exploding_generate_series star_map array_func stage_reference generate_date_array
  generate_timestamp_array raw table_argument anonymous`.split(/\s+/),
);

/** True of a call that may stand in FROM. */
export const isCall = (node: Node): boolean => CALLS.has(kindOf(node));

/** What a call is called. `table(f(…))` is f. */
function nameOf(node: Node): string {
  const { name } = dataOf(node);
  const called = fold(typeof name === 'string' ? name : kindOf(node));
  const [inner] = called === 'table' ? nodesAt(dataOf(node), 'args') : [];
  return inner ? nameOf(inner) : called;
}

/** The alias of a call, or the name that it has without one. */
const sourceName = ({ node, alias }: NamedCall): string | null =>
  alias?.name ?? (kindOf(node) === 'stage_reference' ? null : nameOf(node));

const FLATTENED = ['seq', 'key', 'path', 'index', 'value', 'this'];

/** A call in FROM: its alias, and the names that are given to its columns. */
export interface NamedCall {
  readonly node: Node;
  readonly alias: Identifier | undefined;
  readonly names: readonly Identifier[];
}

/** A function in FROM: its columns come from its arguments. */
export const called = (run: Run, call: NamedCall, scope: Scope): Source => ({
  name: sourceName(call),
  qualifiers: [],
  relation: relationOf(run, call, scope),
});

/** What a function gives. */
function relationOf(run: Run, call: NamedCall, scope: Scope): Relation {
  const { node, alias } = call;
  const { values, given, typed } = looked(run, call, scope);
  if (typed) return typed;
  const known = given.length > 0 ? undefined : ownNames(node, alias, run.dialect);
  // But in DuckDB a list of rows is unpacked into the columns of those.
  const isOpen = run.dialect.name !== 'duckdb' && nameOf(node) === 'unnest';
  const isAll = !isOpen && (known !== undefined || OF_ONE_COLUMN.has(nameOf(node)));
  // In BigQuery an alias is the name of the element.
  const elements = alias && given.length === 0 && run.dialect.name === 'bigquery' ? [alias.name] : given;
  const relation = unpackedInto(values, known ?? elements, kindOf(node) === 'unnest');
  return isAll && relation.columns.length > 0 ? new Relation(relation.columns) : relation;
}

/** `unnest(…)` that stands for itself in FROM: of structs it gives their fields as well. */
export function calledUnnest(run: Run, call: NamedCall, scope: Scope): Relation {
  const { values, given, typed } = looked(run, call, scope);
  return typed ?? unpackedInto(values, given, true);
}

/** The arguments of a call, the names that its columns are given, and its columns where the types tell them all. */
function looked(run: Run, { node, alias, names }: NamedCall, scope: Scope) {
  const values = [...childrenOf(dataOf(node))].map((child) => run.value(child, scope));
  const given = names.map((name) => storedName(name, run.dialect));
  return { values, given, typed: typedColumns(run, node, values, given, alias) };
}

/** The columns of a function, where the types of its arguments tell them all. */
function typedColumns(
  run: Run,
  node: Node,
  values: readonly Value[],
  names: readonly string[],
  alias: Identifier | undefined,
): Relation | undefined {
  const types = values.map(({ type }) => type);
  const made = madeColumns(run, { name: nameOf(node), data: dataOf(node), types, alias: alias?.name });
  if (!made) return undefined;
  const { provenance, fields } = together(values);
  const [first, ...others] = made.map(
    (one, i): Column => ({ ...one, name: names[i] ?? one.name, provenance: provenance.derived() }),
  );
  return new Relation(first ? [{ ...first, fields }, ...others] : []);
}

const together = (values: readonly Value[]): Pick<Value, 'provenance' | 'fields'> => ({
  provenance: Provenance.union(values.map(({ provenance }) => provenance)),
  fields: values.length === 1 ? values[0]!.fields : undefined,
});

/** The names of all columns that a function gives, where they are known. */
function ownNames(node: Node, alias: Identifier | undefined, dialect: Dialect): readonly string[] | undefined {
  const name = nameOf(node);
  if (dialect.name === 'snowflake') return name === 'flatten' ? FLATTENED.map((one) => one.toUpperCase()) : undefined;
  if (!OF_ONE_COLUMN.has(name) || dataOf(node).with_ordinality === true) return undefined;
  if (dialect.name === 'duckdb') return [name];
  return dialect.name === 'postgres' ? [alias ? storedName(alias, dialect) : name] : undefined;
}

/** What a value is unpacked to, a column for each name. */
export function unpackedBy(run: Run, part: unknown, names: readonly string[], scope: Scope): Relation {
  const isNode = typeof part === 'object' && part !== null && Object.keys(part).length === 1;
  const values = [...childrenOf(isNode ? Object.values(part)[0] : part)].map((child) => run.value(child, scope));
  return unpackedInto(values, names, isNode && kindOf(part as Node) === 'unnest');
}

function unpackedInto(values: readonly Value[], names: readonly string[], isUnnest: boolean): Relation {
  const relation = unpacked(together(values), names, 'the columns that a function gives are not known');
  const isForEach = isUnnest && values.length > 1 && names.length - values.length <= 1 && names.length >= values.length;
  if (!isForEach) return relation;
  // `unnest(a, b) as q(x, y)`: a list for each column, and perhaps one more for the place.
  const columns = relation.columns.map((column, i): Column => {
    const value = values[i];
    return value ? { ...column, provenance: value.provenance.derived(), fields: value.fields } : column;
  });
  return new Relation(columns, { rest: relation.rest });
}

/** Something in FROM that is not understood. */
export function opaque(run: Run, node: Node, scope: Scope): Relation {
  const parts = [...childrenOf(dataOf(node))].map((child) => run.value(child, scope).provenance);
  return unpacked({ provenance: Provenance.union(parts) }, [], `the columns of '${kindOf(node)}' are not known`);
}
