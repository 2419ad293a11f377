import type { Diagnostic } from '../core/index.ts';
import { duplicateCte, typeMismatch, unequalSides, unusedCte } from './diagnostics.ts';
import { fold } from './dialect.ts';
import { influences } from './expressions.ts';
import { checkGrouping } from './grouping.ts';
import { pipeRelation } from './pipes.ts';
import { pivoted, unpivoted } from './pivots.ts';
import { project } from './projections.ts';
import { Provenance } from './provenance.ts';
import { type Column, Relation, tableRelation } from './relation.ts';
import type { Run } from './run.ts';
import { type Cte, Ctes, isRead, Scope } from './scope.ts';
import { addSources, renamed } from './sources.ts';
import {
  childrenOf,
  type Data,
  dataOf,
  identifierAt,
  identifiersAt,
  kindOf,
  type Node,
  nodeAt,
  nodesAt,
  spanWithin,
} from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import { unionType } from './types/expression-type.ts';
import { isMismatch } from './types/type-system.ts';

/** The relation that a query is. */
export function relationOf(run: Run, node: Node, around: Ctes, outer: Scope | undefined): Relation {
  const data = dataOf(node);
  switch (kindOf(node)) {
    case 'select':
      return withCtes(run, data, around, outer, (ctes) => selected(run, data, ctes, outer));
    case 'union':
    case 'intersect':
    case 'except':
      return withCtes(run, data, around, outer, (ctes) => setOperation(run, node, ctes, outer));
    case 'values':
      return valuesRelation(run, data, new Scope(run.dialect, around, outer));
    case 'subquery':
    case 'paren':
      return withCtes(run, data, around, outer, (ctes) => relationOf(run, nodeAt(data, 'this')!, ctes, outer));
    case 'pipe':
      return withCtes(run, data, around, outer, (ctes) => pipeRelation(run, data, ctes, outer));
    case 'pivot':
    case 'unpivot':
      return withCtes(run, data, around, outer, (ctes) => pivotStatement(run, node, ctes, outer));
    case 'insert':
    case 'update':
    case 'delete':
      return withCtes(run, data, around, outer, (ctes) => selected(run, returned(data), ctes, outer));
    case 'table': {
      const scope = new Scope(run.dialect, around, outer);
      addSources(run, { from: { expressions: [node] } }, scope);
      return scope.sources[0]!.relation;
    }
    default: {
      const reason = `'${kindOf(node)}' is no query whose columns are known`;
      const scope = new Scope(run.dialect, around, outer);
      const all = Provenance.union([...childrenOf(data)].map((child) => run.value(child, scope).provenance));
      return new Relation([], { rest: [{ column: (name) => ({ name, type: null, provenance: all }), reason }] });
    }
  }
}

/** What a statement that writes gives as a CTE: `with d as (delete from t where … returning a)` has column a of t. */
function returned({ table, from_clause, using, where_clause, returning }: Data): Data {
  const others = (using as Data[] | null | undefined)?.map((one): Node => ({ table: one })) ?? [];
  const read = [{ table }, ...(from_clause ? nodesAt(from_clause as Data, 'expressions') : []), ...others];
  return { expressions: returning ?? [], from: { expressions: read }, where_clause };
}

function withCtes(
  run: Run,
  data: Data,
  around: Ctes,
  outer: Scope | undefined,
  work: (ctes: Ctes) => Relation,
): Relation {
  const clause = data.with as Data | null | undefined;
  if (!clause) return work(around);
  const ctes = new Ctes(around);
  const own: { readonly cte: Cte; readonly data: Data; readonly problems: Diagnostic[] }[] = [];
  const names = new Set<string>();
  for (const definition of clause.ctes as Data[]) {
    const name = identifierAt(definition, 'alias')!;
    if (names.has(fold(name.name))) run.report(duplicateCte({ name: name.name }, run.place(name.span)));
    names.add(fold(name.name));
    const cte: Cte = { name: name.name, relation: new Relation([]), users: new Set() };
    const problems: Diagnostic[] = [];
    const model = run.tables.cte(name.name);
    cte.relation = model
      ? tableRelation(model, run.types)
      : cteRelation(
          run.reporting((problem) => problems.push(problem.at ? problem : { ...problem, ...run.place(name.span) })),
          definition,
          clause.recursive === true,
          cte,
          new Ctes(ctes, cte),
          outer,
        );
    ctes.set(cte.name, cte);
    own.push({ cte, data: definition, problems });
  }
  const relation = work(ctes);
  for (const { cte, data: definition, problems } of own) {
    // DuckDB does not look at a CTE that nobody reads.
    const isPassedOver = run.dialect.name === 'duckdb' && !isRead(cte);
    for (const problem of problems)
      run.report(isPassedOver && problem.severity === 'error' ? { ...problem, severity: 'warning' } : problem);
    if (cte.users.size === 0 && !run.tables.cte(cte.name))
      run.report(unusedCte({ name: cte.name }, run.place(identifierAt(definition, 'alias')?.span)));
  }
  return relation;
}

/** How often a recursive CTE is looked at: what is passed from column to column takes a look for each step. */
const LOOKS = 3;

function cteRelation(
  run: Run,
  definition: Data,
  isRecursive: boolean,
  cte: Cte,
  ctes: Ctes,
  outer: Scope | undefined,
): Relation {
  const query = nodeAt(definition, 'this')!;
  const names = identifiersAt(definition, 'columns');
  const name = (relation: Relation): Relation => renamed(run, relation, names, cte.name);
  const isUnion = kindOf(query) === 'union';
  if (!isRecursive || !isUnion) return name(relationOf(run, query, ctes, outer));
  // What the first side gives is known before the second side, which reads the CTE itself, is looked at. A second look
  // carries what the recursion passes from column to column.
  const inner = new Ctes(ctes);
  const self: Cte = {
    name: cte.name,
    relation: name(relationOf(run, nodeAt(dataOf(query), 'left')!, ctes, outer)),
    users: new Set(),
  };
  inner.set(cte.name, self);
  const silent = run.reporting(() => undefined);
  for (let look = 0; look < LOOKS; look++) self.relation = name(relationOf(silent, query, inner, outer));
  return name(relationOf(run, query, inner, outer));
}

function selected(run: Run, data: Data, ctes: Ctes, outer: Scope | undefined): Relation {
  const scope = new Scope(run.dialect, ctes, outer);
  const effects: Provenance[] = [addSources(run, data, scope)];
  for (const window of (data.windows as Data[] | null) ?? []) {
    const name = identifierAt(window, 'name');
    if (!name) continue;
    const spec = window.spec as Data;
    // `window w as (partition by a), w2 as (w order by b)`
    const base = scope.windows.get(fold(identifierAt(spec, 'window_name')?.name ?? '')) ?? Provenance.none;
    const own = influences(run, spec, scope, 'order').influencing('window');
    scope.windows.set(fold(name.name), Provenance.union([base, own]));
  }
  // Everything but the select list sees the sources as they are; what may use aliases comes after it.
  const before = run.dialect.aliasesInWhere ? undefined : influences(run, data.where_clause, scope, 'filter');
  const { columns, rest } = project(run, nodesAt(data, 'expressions'), scope);
  effects.push(before ?? influences(run, data.where_clause, scope, 'filter'));
  const after = aliased(scope, columns);
  effects.push(
    influences(run, data.connect, scope, 'filter'),
    influences(run, groupKeys(data), after, 'group'),
    influences(run, data.having, after, 'filter'),
    influences(run, data.qualify, after, 'filter'),
    influences(run, data.distinct_on, after, 'group'),
  );
  if (data.limit || data.fetch || data.top || data.distinct_on)
    effects.push(influences(run, data.order_by, ordered(run, scope, columns), 'order'));
  else influences(run, data.order_by, ordered(run, scope, columns), 'order');
  checkGrouping(run, data, scope);
  return new Relation(
    columns.map((column) => settled(run, column)),
    { rest, effects: Provenance.union(effects) },
  );
}

/** A column as whoever reads the query sees it. */
function settled({ types }: Run, column: Column): Column {
  const { type } = column;
  const plain = type && types.asColumn(type);
  if (plain === type) return column;
  return { ...column, type: plain, ...(types.hasOpenLiterals && type ? { literal: type } : {}) };
}

/** What GROUP BY names; a number is a place in the select list. */
function groupKeys(data: Data): unknown {
  const group = data.group_by as Data | null | undefined;
  if (!group) return undefined;
  const expressions = nodesAt(data, 'expressions');
  return nodesAt(group, 'expressions').map((key) => {
    const place = kindOf(key) === 'literal' ? Number(dataOf(key).value) : 0;
    return expressions[place - 1] ?? key;
  });
}

/** A scope in which aliases of the select list can be named where nothing else has the name. */
function aliased(scope: Scope, columns: readonly Column[]): Scope {
  for (const column of columns)
    if (column.name !== null && !scope.aliases.has(fold(column.name))) scope.aliases.set(fold(column.name), column);
  return scope;
}

/** A scope for ORDER BY, where an alias comes before a column of the sources. */
function ordered(run: Run, scope: Scope, columns: readonly Column[]): Scope {
  const inner = new Scope(run.dialect, scope.ctes, scope);
  for (const column of columns) if (column.name !== null) inner.merged.set(fold(column.name), column);
  for (const [name, window] of scope.windows) inner.windows.set(name, window);
  return inner;
}

function setOperation(run: Run, node: Node, ctes: Ctes, outer: Scope | undefined): Relation {
  // A chain of hundreds of unions is a tree as deep: it is walked, not descended.
  const sides: Node[] = [];
  let at = node;
  const kinds: string[] = [];
  while (['union', 'intersect', 'except'].includes(kindOf(at)) && (at === node || !dataOf(at).with)) {
    sides.push(nodeAt(dataOf(at), 'right')!);
    kinds.push(kindOf(at));
    at = nodeAt(dataOf(at), 'left')!;
  }
  sides.push(at);
  const data = dataOf(node);
  const relations = sides.reverse().map((side) => relationOf(run, side, ctes, outer));
  const result =
    data.by_name === true ? unionByName(run, relations, sides) : unionByPlace(run, relations, sides, kinds.reverse());
  const scope = new Scope(run.dialect, ctes, outer);
  scope.sources.push({ name: null, qualifiers: [], relation: result });
  const order = influences(run, data.order_by, scope, 'order');
  const effects = Provenance.union([...relations.map((one) => one.effects), ...(data.limit ? [order] : [])]);
  return new Relation(result.columns, { rest: result.rest, effects });
}

function unionByPlace(
  run: Run,
  relations: readonly Relation[],
  sides: readonly Node[],
  kinds: readonly string[],
): Relation {
  const [first] = relations as [Relation];
  const rest = relations.flatMap((relation) => relation.rest);
  if (rest.length === 0)
    for (const [i, relation] of relations.entries())
      if (relation.columns.length !== first.columns.length) {
        const sizes = { left: first.columns.length, right: relation.columns.length };
        const operation = (kinds[i - 1] ?? 'union').toUpperCase();
        run.report(unequalSides({ operation, ...sizes }, run.place(spanWithin(sides[i]))));
      }
  const columns = first.columns.map((column, i): Column => {
    const all = relations.map((relation) => relation.columns[i]).filter((one) => one !== undefined);
    return {
      ...column,
      literal: undefined,
      fields: undefined,
      provenance: Provenance.union(all.map(({ provenance }) => provenance)),
      type: all.length === relations.length ? metType(run, all, sides) : null,
      unknown: column.unknown ?? (rest.length && all.length < relations.length ? rest[0]!.reason : undefined),
    };
  });
  return new Relation(columns, { rest });
}

function unionByName(run: Run, relations: readonly Relation[], sides: readonly Node[]): Relation {
  const columns = new Map<string, Column[]>();
  for (const relation of relations)
    for (const column of relation.columns) {
      const key = fold(column.name ?? '');
      columns.set(key, [...(columns.get(key) ?? []), column]);
    }
  const merged = [...columns.values()].map((all): Column => {
    return {
      ...all[0]!,
      literal: undefined,
      fields: undefined,
      provenance: Provenance.union(all.map(({ provenance }) => provenance)),
      type: metType(run, all, sides),
    };
  });
  return new Relation(merged, { rest: relations.flatMap((relation) => relation.rest) });
}

/** The one type of the columns of several sides. */
function metType(run: Run, columns: readonly Column[], sides: readonly Node[]): DataType | null {
  const met = unionType(
    run.types,
    columns.map(({ literal, type }) => literal ?? type),
  );
  if (!isMismatch(met)) return met;
  run.report(typeMismatch({ reason: met.mismatch }, run.place(spanWithin(sides.at(-1)))));
  return null;
}

/** `VALUES (…), (…)`. */
function valuesRelation(run: Run, data: Data, scope: Scope): Relation {
  const rows = (data.expressions as Data[] | undefined) ?? [];
  const cells = rows.map((row) => nodesAt(row, 'expressions').map((node) => run.value(node, scope)));
  const names = valueNames(run.dialect.name);
  const columns = (cells[0] ?? []).map(
    (_, i): Column => ({
      name: names(i),
      type: valuesType(
        run,
        cells.map((row) => row[i]?.type ?? null),
      ),
      provenance: Provenance.union(cells.map((row) => row[i]?.provenance ?? Provenance.none)),
    }),
  );
  const relation = new Relation(columns);
  const alias = identifierAt(data, 'alias')?.name ?? 'values';
  return renamed(run, relation, identifiersAt(data, 'column_aliases'), alias);
}

/** The type of a column of VALUES, where all rows have one that goes together. */
function valuesType(run: Run, types: readonly (DataType | null)[]): DataType | null {
  const met = run.types.common(types, 'union');
  return met && !isMismatch(met) ? run.types.asColumn(met) : null;
}

/** What a dialect calls the columns of VALUES. */
function valueNames(dialect: string): (index: number) => string | null {
  switch (dialect) {
    case 'duckdb':
    case 'spark':
    case 'databricks':
      return (i) => `col${dialect === 'duckdb' ? i : i + 1}`;
    case 'snowflake':
      return (i) => `COLUMN${i + 1}`;
    case 'trino':
    case 'bigquery':
      return () => null;
    default:
      return (i) => `column${i + 1}`;
  }
}

/** DuckDB's PIVOT and UNPIVOT as statements. */
function pivotStatement(run: Run, node: Node, ctes: Ctes, outer: Scope | undefined): Relation {
  const data = dataOf(node);
  const scope = new Scope(run.dialect, ctes, outer);
  addSources(run, { from: { expressions: [nodeAt(data, 'this')!] } }, scope);
  const [source] = scope.sources;
  if (!source) return new Relation([]);
  const isUnpivot = kindOf(node) === 'unpivot' || data.unpivot === true;
  const inner = new Scope(run.dialect, ctes, outer);
  return isUnpivot ? unpivoted(run, data, source) : pivoted(run, data, source, inner);
}
