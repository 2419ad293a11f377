import { type Dialect, fold, storedName } from './dialect.ts';
import { Provenance } from './provenance.ts';
import { type Column, Relation } from './relation.ts';
import type { Run } from './run.ts';
import type { Scope, Source } from './scope.ts';
import {
  childrenOf,
  type Data,
  dataOf,
  type Identifier,
  identifierAt,
  identifiersAt,
  kindOf,
  type Node,
  nodeAt,
  nodesAt,
} from './syntax.ts';

/** One aggregate of a pivot. */
interface Aggregate {
  readonly alias: string | undefined;
  readonly name: string;
  readonly provenance: Provenance;
}

/** The values of one FOR: what the columns are called after; undefined where they are found out when the query runs. */
type Values = readonly string[] | undefined;

/** `PIVOT`, as a clause and as DuckDB's statement. */
export function pivoted(run: Run, data: Data, source: Source, outer: Scope): Relation {
  const scope = outer.within([]);
  scope.sources.push(source);
  const isStatement = nodesAt(data, 'using').length > 0 || nodesAt(data, 'fields').length === 0;
  const aggregates = (isStatement ? nodesAt(data, 'using') : nodesAt(data, 'expressions')).map((node) =>
    aggregateOf(run, node, scope),
  );
  const fields = isStatement ? nodesAt(data, 'expressions') : nodesAt(data, 'fields');
  const keys = fields.map((field) => columnsIn(field));
  const provenance = Provenance.union(fields.map((field) => run.value(keyOf(field), scope).provenance));
  const effects = Provenance.union([source.relation.effects, provenance.influencing('group')]);
  const values = fields.map((field) => valuesOf(field, run.dialect));
  const used = new Set([...keys.flat(), ...usedBy(aggregatesOf(data, isStatement))].map(({ name }) => fold(name)));
  const group = nodeAt(data, 'group');
  const grouped = group && new Set([...columnsIn(group)].map(({ name }) => fold(name)));
  const kept = source.relation.columns.filter(
    ({ name }) => name !== null && (grouped ? grouped.has(fold(name)) : !used.has(fold(name))),
  );
  const names = values.every((list) => list !== undefined) ? combined(values as string[][]) : undefined;
  const made: Column[] = [];
  for (const value of names ?? [])
    for (const aggregate of aggregates)
      made.push({
        name: pivotName(run.dialect, value, aggregate, aggregates.length),
        type: null,
        provenance: aggregate.provenance,
      });
  const rest = [...(grouped ? [] : source.relation.rest)];
  if (!names) {
    const all = Provenance.union(aggregates.map((aggregate) => aggregate.provenance));
    const reason = 'the columns of a pivot without a list of values are known when it runs';
    rest.push({ column: (name) => ({ name, type: null, provenance: all }), reason });
  }
  return new Relation([...kept, ...made], { rest, effects });
}

const aggregatesOf = (data: Data, isStatement: boolean): readonly Node[] =>
  isStatement ? nodesAt(data, 'using') : nodesAt(data, 'expressions');

const usedBy = (nodes: readonly Node[]): Identifier[] => nodes.flatMap((node) => columnsIn(node));

function aggregateOf(run: Run, node: Node, scope: Scope): Aggregate {
  const alias = kindOf(node) === 'alias' ? identifierAt(dataOf(node), 'alias')?.name : undefined;
  const call = kindOf(node) === 'alias' ? nodeAt(dataOf(node), 'this')! : node;
  const { name } = dataOf(call);
  return {
    alias,
    name: typeof name === 'string' ? name : kindOf(call),
    provenance: run.value(call, scope).provenance.aggregated(),
  };
}

/** The expression whose values become columns. */
function keyOf(field: Node): Node {
  return kindOf(field) === 'in' ? (nodeAt(dataOf(field), 'this') ?? field) : field;
}

/** Names of all columns inside of a node; of `x in (…)` only x. */
function columnsIn(node: Node): Identifier[] {
  if (kindOf(node) === 'column') {
    const name = identifierAt(dataOf(node), 'name');
    return name ? [name] : [];
  }
  if (kindOf(node) === 'in') return columnsIn(keyOf(node));
  if (kindOf(node) === 'pivot_alias') return columnsIn(nodeAt(dataOf(node), 'this')!);
  return [...childrenOf(dataOf(node))].flatMap((child) => columnsIn(child));
}

function valuesOf(field: Node, dialect: Dialect): Values {
  if (kindOf(field) !== 'in') return undefined;
  const data = dataOf(field);
  const list = nodesAt(data, 'expressions');
  if (list.length === 0 || data.query) return undefined;
  const names = list.map((node) => valueName(node, dialect));
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined;
}

/** The text of a value in a name of a column: its alias, else itself. */
function valueName(node: Node, dialect: Dialect): string | undefined {
  const data = dataOf(node);
  switch (kindOf(node)) {
    case 'alias':
    case 'pivot_alias': {
      const alias = nodeAt(data, 'alias');
      const name = identifierAt(data, 'alias') ?? (alias && identifierAt(dataOf(alias), 'name'));
      return name && storedName(name, dialect);
    }
    case 'literal': {
      const text = String(data.value);
      return dialect.name === 'snowflake' && data.literal_type === 'string' ? `'${text}'` : text;
    }
    case 'column':
    case 'identifier':
      return identifierAt(data, 'name')?.name;
    case 'boolean':
      return String(data.value);
    case 'neg': {
      const inner = nodeAt(data, 'this');
      const name = inner && valueName(inner, dialect);
      return name === undefined ? undefined : `-${name}`;
    }
    default:
      return undefined;
  }
}

/** Every combination of one value of each list. */
const combined = (lists: readonly (readonly string[])[]): string[] =>
  lists.reduce<string[]>(
    (before, list) => (before.length ? before.flatMap((a) => list.map((b) => `${a}_${b}`)) : [...list]),
    [],
  );

function pivotName(dialect: Dialect, value: string, { alias, name }: Aggregate, count: number): string | null {
  switch (dialect.name) {
    case 'bigquery':
      return alias === undefined ? value : `${alias}_${value}`;
    case 'spark':
    case 'databricks':
      return count === 1 ? value : `${value}_${alias ?? name}`;
    case 'duckdb':
      if (alias !== undefined) return `${value}_${alias}`;
      return count === 1 ? value : null;
    default:
      return count === 1 && alias === undefined ? value : `${value}_${alias ?? name}`;
  }
}

/** `UNPIVOT`, as a clause and as DuckDB's statement. */
export function unpivoted(run: Run, data: Data, source: Source): Relation {
  const into = nodeAt(data, 'into');
  const columns = nodesAt(data, 'columns').length ? nodesAt(data, 'columns') : nodesAt(data, 'expressions');
  const isAll = columns.some((column) => kindOf(column) === 'function' || kindOf(column) === 'star');
  const sets = columns.map((column) => columnsIn(column));
  const names = sets.flat();
  const excluded = isAll ? exceptIn(columns) : undefined;
  const isTurned = (name: string): boolean =>
    excluded ? !excluded.has(fold(name)) : names.some((column) => fold(column.name) === fold(name));
  const valueNames = [
    identifierAt(data, 'value_column') ?? intoName(into, 'expressions') ?? { name: 'value' },
    ...identifiersAt(data, 'extra_value_columns'),
  ];
  const made = (name: Identifier, provenance: Provenance): Column => ({
    name: storedName(name, run.dialect),
    type: null,
    provenance,
  });
  // Of `(v, w) for n in ((a, b), (c, d))` the first gets a and c, the second b and d.
  const values = valueNames.map((name, i) => {
    const turned = valueNames.length > 1 ? sets.flatMap((set) => set.slice(i, i + 1)) : names;
    return made(name, turnedFrom(run, source, excluded ? undefined : turned, isTurned));
  });
  const nameColumn = identifierAt(data, 'name_column') ?? intoName(into, 'this') ?? { name: 'name' };
  const turnedNames = [made(nameColumn, Provenance.none)];
  const kept = source.relation.columns.filter(({ name }) => name === null || !isTurned(name));
  // BigQuery alone has the values before the names.
  const last = run.dialect.name === 'bigquery' ? [...values, ...turnedNames] : [...turnedNames, ...values];
  const { rest, effects } = source.relation;
  return new Relation([...kept, ...last], { rest, effects });
}

/** What the columns that become rows come from: those of the names, else all that are turned. */
function turnedFrom(
  run: Run,
  { relation }: Source,
  names: readonly Identifier[] | undefined,
  isTurned: (name: string) => boolean,
): Provenance {
  if (!names)
    return Provenance.union(
      relation.columns.flatMap(({ name, provenance }) => (name !== null && isTurned(name) ? [provenance] : [])),
    );
  const [rest] = relation.rest;
  return Provenance.union(
    names.flatMap(({ name }) => (relation.find(name, run.dialect) ?? rest?.column(name))?.provenance ?? []),
  );
}

/** The name that `INTO NAME … VALUE …` gives. */
function intoName(into: Node | undefined, field: 'this' | 'expressions'): Identifier | undefined {
  if (!into) return undefined;
  const data = dataOf(into);
  const node = field === 'this' ? nodeAt(data, 'this') : nodesAt(data, 'expressions')[0];
  if (!node) return undefined;
  const { this: text } = dataOf(node);
  return typeof text === 'string' ? { name: text } : identifierAt(dataOf(node), 'name');
}

/** Names that `COLUMNS(* EXCLUDE (…))` leaves out. */
function exceptIn(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (kindOf(node) === 'star') for (const { name } of identifiersAt(dataOf(node), 'except')) names.add(fold(name));
    for (const child of childrenOf(dataOf(node))) visit(child);
  };
  for (const node of nodes) visit(node);
  return names;
}
