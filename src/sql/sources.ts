import { nearest } from '../core/index.ts';
import { unequalNames, unknownColumn } from './diagnostics.ts';
import { fold, storedName } from './dialect.ts';
import { influences } from './expressions.ts';
import { INPUT } from './pipe-stages.ts';
import { pivoted, unpivoted } from './pivots.ts';
import { Provenance } from './provenance.ts';
import { type Column, Relation, unpacked } from './relation.ts';
import type { Run } from './run.ts';
import { Scope, type Source } from './scope.ts';
import { stacked } from './stack.ts';
import {
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
import { called, calledUnnest, isCall, opaque, unpackedBy } from './table-functions.ts';

/** Puts the relations of FROM, JOIN and LATERAL VIEW into the scope; returns what decides on the rows so far. */
export function addSources(run: Run, select: Data, scope: Scope): Provenance {
  const effects: Provenance[] = [];
  const from = select.from as Data | null | undefined;
  for (const node of from ? nodesAt(from, 'expressions') : []) {
    const source = sourceOf(run, node, scope);
    scope.sources.push(source);
    effects.push(source.relation.effects);
  }
  effects.push(addJoins(run, (select.joins as Data[] | undefined) ?? [], scope));
  for (const view of (select.lateral_views as Data[] | undefined) ?? []) {
    const names = identifiersAt(view, 'column_aliases').map((name) => storedName(name, run.dialect));
    const stack = stacked(run, nodeAt(view, 'this')!, scope);
    const relation = stack
      ? new Relation(stack.map((provenance, i) => ({ name: names[i] ?? `col${i}`, type: null, provenance })))
      : unpackedBy(run, view.this, names, scope);
    scope.sources.push({ name: identifierAt(view, 'table_alias')?.name ?? null, qualifiers: [], relation });
  }
  return Provenance.union(effects);
}

function addJoins(run: Run, joins: readonly Data[], scope: Scope): Provenance {
  const effects: Provenance[] = [];
  for (const join of joins) {
    const node = nodeAt(join, 'this');
    if (!node) continue;
    const before = [...scope.sources];
    const source = sourceOf(run, node, scope);
    const kind = String(join.kind ?? '');
    scope.sources.push(source);
    effects.push(source.relation.effects);
    const using = identifiersAt(join, 'using');
    const names = using.map(({ name }) => name);
    for (const name of using) checkUsing(run, name, before, source, scope);
    if (kind.startsWith('Natural')) names.push(...sharedNames(run, before, source));
    if (/semi|anti/i.test(kind)) {
      effects.push(lookedInto(run, join, names, before, source, scope));
      continue;
    }
    for (const name of names) effects.push(merge(run, name, before, source, scope));
    effects.push(influences(run, [join.on, join.match_condition], scope, 'join'));
  }
  return Provenance.union(effects);
}

/** A semi or anti join: the right side decides on rows and gives no column. */
function lookedInto(
  run: Run,
  join: Data,
  names: readonly string[],
  before: readonly Source[],
  right: Source,
  scope: Scope,
): Provenance {
  scope.sources.pop();
  const inner = scope.within([]);
  inner.sources.push(...before, right);
  const compared = names.flatMap((name) => [...before, right].map(({ relation }) => columnIn(run, relation, name)));
  return Provenance.union([
    influences(run, join.on, inner, 'join'),
    ...compared.flatMap((column) => (column ? [column.provenance.influencing('join')] : [])),
  ]);
}

/** Reports a name in USING that one of the sides does not have. */
function checkUsing(
  run: Run,
  { name, span }: Identifier,
  before: readonly Source[],
  right: Source,
  scope: Scope,
): void {
  const isMissing = (sides: readonly Source[]): boolean =>
    sides.every(({ relation }) => !relation.find(name, run.dialect) && !relation.mayHave(name, run.dialect));
  const isLeft = !scope.merged.has(fold(name)) && isMissing(before);
  if (!isLeft && !isMissing([right])) return;
  const sides = isLeft ? before : [right];
  const known = sides.flatMap(({ relation }) => relation.columns.flatMap((column) => column.name ?? []));
  const source = sides.length === 1 ? (sides[0]!.name ?? undefined) : undefined;
  run.report(unknownColumn({ name, source, near: nearest(name, known), known }, run.place(span)));
}

/** Makes one column of the two that USING names. */
function merge(run: Run, name: string, before: readonly Source[], right: Source, scope: Scope): Provenance {
  const key = fold(name);
  const known = scope.merged.get(key);
  const left =
    known ?? before.map(({ relation }) => columnIn(run, relation, name)).find((found) => found !== undefined);
  const columns = [left, columnIn(run, right.relation, name)].filter((column) => column !== undefined);
  const provenance = Provenance.union(columns.map((column) => column.provenance));
  const unknown = columns.find((column) => column.unknown)?.unknown;
  scope.merged.set(key, { name: columns[0]?.name ?? name, type: columns[0]?.type ?? null, provenance, unknown });
  return provenance.influencing('join');
}

function columnIn(run: Run, relation: Relation, name: string): Column | undefined {
  return relation.find(name, run.dialect) ?? (relation.rest.length === 1 ? relation.rest[0]!.column(name) : undefined);
}

/** Names that both sides of a NATURAL join have. */
function sharedNames(run: Run, before: readonly Source[], { relation }: Source): string[] {
  return relation.columns.flatMap(({ name }) =>
    name !== null && before.some((left) => left.relation.find(name, run.dialect)) ? [name] : [],
  );
}

/** One item of a FROM clause. What it says is seen by those after it, where they are lateral. */
function sourceOf(run: Run, node: Node, scope: Scope): Source {
  const kind = kindOf(node);
  const data = dataOf(node);
  switch (kind) {
    case 'table':
      return tableSource(run, data, scope);
    case 'column':
      return tableSource(run, { name: data.name, schema: data.table }, scope);
    case 'subquery': {
      const query = nodeAt(data, 'this')!;
      const isJoin = kindOf(query) === 'joined_table' || kindOf(query) === 'table';
      const inner = isJoin ? sourceOf(run, query, scope).relation : run.query(query, scope.ctes, scope);
      return named(run, data, inner);
    }
    case 'paren': {
      const inner = nodeAt(data, 'this')!;
      return sourceOf(run, inner, scope);
    }
    case 'alias': {
      const inner = nodeAt(data, 'this')!;
      const names = identifiersAt(data, 'column_aliases');
      const alias = identifierAt(data, 'alias');
      if (isCall(inner)) return called(run, { node: inner, alias, names }, scope);
      return named(run, data, sourceOf(run, inner, scope).relation);
    }
    case 'unnest': {
      const alias = identifierAt(data, 'alias');
      const offset = identifierAt(data, 'offset_alias');
      const names = [alias, offset].flatMap((one) => one ?? []);
      const relation = calledUnnest(run, { node, alias, names }, scope);
      return { name: alias?.name ?? (relation.rest.length ? null : kind), qualifiers: [], relation };
    }
    case 'lateral': {
      const names = identifiersAt(data, 'column_aliases');
      const inner = nodeAt(data, 'this')!;
      const alias = identifierAt(data, 'alias');
      const isQueryIn = kindOf(inner) === 'subquery' || kindOf(inner) === 'select';
      if (isQueryIn) return { ...named(run, data, run.query(inner, scope.ctes, scope)), name: alias?.name ?? null };
      return called(run, { node: inner, alias, names }, scope);
    }
    case 'at_index':
      return placed(run, data, scope);
    case 'pivot': {
      const inner = sourceOf(run, nodeAt(data, 'this')!, scope);
      const relation = data.unpivot === true ? unpivoted(run, data, inner) : pivoted(run, data, inner, scope);
      return named(run, data, relation);
    }
    case 'unpivot':
      return named(run, data, unpivoted(run, data, sourceOf(run, nodeAt(data, 'this')!, scope)));
    case 'match_recognize':
      return named(run, data, matched(run, data, scope));
    case 'joined_table':
      return joined(run, data, scope);
    case 'values':
    case 'select':
    case 'union':
    case 'intersect':
    case 'except':
    case 'pipe':
      return named(run, data, run.query(node, scope.ctes, scope));
    default:
      if (isCall(node)) return called(run, { node, alias: undefined, names: [] }, scope);
      return { name: identifierAt(data, 'alias')?.name ?? null, qualifiers: [], relation: opaque(run, node, scope) };
  }
}

/** Redshift's `t.items as item at place`: a value of a table before it, unpacked. */
function placed(run: Run, data: Data, scope: Scope): Source {
  const item = nodeAt(data, 'this')!;
  const value = kindOf(item) === 'alias' ? nodeAt(dataOf(item), 'this')! : item;
  const alias = identifierAt(dataOf(item), 'alias');
  // The parser has the path as one name.
  const path = (identifierAt(dataOf(value), 'name')?.name ?? '').split('.');
  const source = scope.source(path[0]!);
  const found = source && path.length > 1 ? scope.columnOf(source, path[1]!) : scope.column(path.at(-1)!);
  const from = 'column' in found ? found.column : { provenance: Provenance.none };
  const place = nodeAt(data, 'expression');
  const names = [alias, place && identifierAt(dataOf(place), 'name')].flatMap((one) =>
    one ? [storedName(one, run.dialect)] : [],
  );
  const relation = unpacked(from, names, 'what a value is unpacked to is not known');
  return { name: alias?.name ?? path.at(-1)!, qualifiers: [], relation };
}

/** `a join b` in brackets: one relation of both. */
function joined(run: Run, data: Data, scope: Scope): Source {
  const inner = scope.within([]);
  const left = nodeAt(data, 'left');
  if (left) inner.sources.push(sourceOf(run, left, scope));
  const joins = addJoins(run, (data.joins as Data[] | undefined) ?? [], inner);
  const alias = identifierAt(data, 'alias');
  const effects = Provenance.union([joins, ...inner.sources.map(({ relation }) => relation.effects)]);
  if (!alias) {
    // Without an alias the tables inside keep their names: all but the last are put beside it.
    for (const [name, column] of inner.merged) scope.merged.set(name, column);
    scope.sources.push(...inner.sources.slice(0, -1));
    const last = inner.sources.at(-1)!;
    const { columns, rest } = last.relation;
    return { ...last, relation: new Relation(columns, { rest, effects }) };
  }
  const columns = [...inner.merged.values()];
  for (const { relation } of inner.sources)
    for (const column of relation.columns) if (!inner.merged.has(fold(column.name ?? ''))) columns.push(column);
  const rest = inner.sources.flatMap(({ relation }) => relation.rest);
  return { name: alias.name, qualifiers: [], relation: new Relation(columns, { rest, effects }) };
}

/** `MATCH_RECOGNIZE`: the columns of the partition and the measures, and all others where every row of a match is kept. */
function matched(run: Run, data: Data, outer: Scope): Relation {
  const source = sourceOf(run, nodeAt(data, 'this')!, outer);
  const scope = outer.within([]);
  // Measures and conditions may name a row of the pattern: `last(up.price)`.
  const names = ((data.define as [Identifier, Node][] | null) ?? []).map(([{ name }]) => name);
  const patterns = outer.within([]);
  patterns.sources.push(...names.map((name): Source => ({ name, qualifiers: [], relation: source.relation })));
  scope.sources.push(source);
  // A bare name is looked up among the columns first; only then is a row of the pattern meant.
  const inner = new Scope(run.dialect, outer.ctes, patterns);
  inner.sources.push(source);
  const partition = nodesAt(data, 'partition_by').flatMap((node): Column[] => {
    const name = kindOf(node) === 'column' ? identifierAt(dataOf(node), 'name') : undefined;
    return name ? [{ ...run.value(node, scope), name: storedName(name, run.dialect) }] : [];
  });
  const measures = ((data.measures as Data[] | null) ?? []).map((measure): Column => {
    const alias = nodeAt(measure, 'this')!;
    const name = identifierAt(dataOf(alias), 'alias');
    const { provenance } = run.value(nodeAt(dataOf(alias), 'this') ?? alias, inner);
    return { name: name ? storedName(name, run.dialect) : null, type: null, provenance: provenance.derived() };
  });
  const isEveryRow = /all/i.test(String(data.rows ?? ''));
  const kept = isEveryRow ? source.relation.columns : partition;
  const effects = Provenance.union([
    source.relation.effects,
    influences(run, data.partition_by, scope, 'group'),
    influences(run, data.order_by, scope, 'order'),
    influences(
      run,
      (data.define as unknown[] | null)?.map((pair) => (pair as unknown[])[1]),
      inner,
      'filter',
    ),
  ]);
  return new Relation([...kept, ...measures], { rest: isEveryRow ? source.relation.rest : [], effects });
}

/** A relation under its alias, with the column names that come with it. */
function named(run: Run, data: Data, relation: Relation): Source {
  const alias = identifierAt(data, 'alias');
  const names = [...identifiersAt(data, 'column_aliases'), ...identifiersAt(data, 'alias_columns')];
  return { name: alias?.name ?? null, qualifiers: [], relation: renamed(run, relation, names, alias?.name ?? '') };
}

/** A relation whose first columns have other names. */
export function renamed(run: Run, relation: Relation, names: readonly Identifier[], of: string): Relation {
  if (names.length === 0) return relation;
  const { rest, effects, columns } = relation;
  if (rest.length === 0 && names.length > columns.length) {
    const data = { name: of, names: names.length, columns: columns.length };
    run.report(unequalNames(data, run.place(names[0]!.span)));
  }
  const given = names.map((name, i): Column => {
    const column = columns[i];
    const as = storedName(name, run.dialect);
    if (column) return { ...column, name: as };
    const unknown = rest[0]?.reason;
    return { name: as, type: null, provenance: rest[0]?.column(as).provenance ?? Provenance.none, unknown };
  });
  return new Relation([...given, ...columns.slice(names.length)], { rest, effects });
}

function tableSource(run: Run, data: Data, scope: Scope): Source {
  const name = identifierAt(data, 'name');
  if (!name) return { name: null, qualifiers: [], relation: opaque(run, { table: data }, scope) };
  const alias = identifierAt(data, 'alias');
  const schema = identifierAt(data, 'schema');
  const catalog = identifierAt(data, 'catalog');
  const aliases = identifiersAt(data, 'column_aliases');
  // Redshift, BigQuery and others unpack a column by naming it as if it were a table: `from t, t.items as i`.
  const owner = schema && !catalog && run.dialect.fields ? scope.source(schema.name) : undefined;
  if (owner) {
    const found = scope.columnOf(owner, name.name);
    const value = 'column' in found ? found.column : { provenance: Provenance.none };
    const names = [alias ?? name].map((one) => storedName(one, run.dialect));
    const relation = unpacked(value, names, 'what a value is unpacked to is not known');
    return { name: (alias ?? name).name, qualifiers: [], relation };
  }
  const cte = schema ? undefined : scope.ctes.find(name.name);
  if (cte && cte !== scope.ctes.owner) cte.users.add(scope.ctes.owner);
  const parts = [catalog, schema, name].flatMap((part) => (part ? splitName(run, part) : []));
  const relation = cte ? cte.relation : run.base(parts, name.span ?? undefined, scope.ctes);
  return {
    // The input of a stage has no name that anybody could write.
    name: alias?.name ?? (name.name === INPUT ? null : parts.at(-1)!),
    qualifiers: alias ? [] : parts.slice(0, -1),
    relation: renamed(run, relation, aliases, alias?.name ?? name.name),
    span: name.span,
  };
}

/** BigQuery quotes a name of several parts as one. */
const splitName = (run: Run, { name, quoted }: Identifier): string[] =>
  quoted && run.dialect.name === 'bigquery' ? name.split('.') : [name];
