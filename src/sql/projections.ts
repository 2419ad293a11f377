import { nearest } from '../core/index.ts';
import { columnsCall, eachColumn } from './columns-call.ts';
import { unknownColumn, unknownSource, unknownStar } from './diagnostics.ts';
import { type Dialect, fold, storedName } from './dialect.ts';
import type { Provenance } from './provenance.ts';
import type { Column, Rest } from './relation.ts';
import type { Run, Value } from './run.ts';
import type { Scope, Source } from './scope.ts';
import { stacked } from './stack.ts';
import { fieldOf, starOver } from './structs.ts';
import {
  type CodePoints,
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

/** The columns of a select list. */
export interface Projection {
  readonly columns: readonly Column[];
  readonly rest: readonly Rest[];
}

/** Evaluates a select list; aliases are seen by what comes after them. */
export function project(run: Run, expressions: readonly Node[], scope: Scope): Projection {
  const columns: Column[] = [];
  const rest: Rest[] = [];
  for (const node of expressions) {
    const found = projected(run, node, scope);
    columns.push(...found.columns);
    rest.push(...found.rest);
    if (!run.dialect.lateralAliases || kindOf(node) !== 'alias') continue;
    for (const column of found.columns) if (column.name !== null) scope.aliases.set(fold(column.name), column);
  }
  return { columns, rest };
}

function projected(run: Run, node: Node, scope: Scope): Projection {
  const data = dataOf(node);
  if (kindOf(node) === 'star') return starColumns(run, data, scope);
  const call = columnsCall(node);
  if (call)
    return eachColumn(run, node, call, scope, (star) =>
      star
        ? starColumns(run, dataOf(star), scope)
        : { columns: allColumns(run, scope), rest: scope.sources.flatMap(({ relation }) => relation.rest) },
    );
  const star = starOver(node);
  if (star) return fieldsIn(run, run.value(nodeAt(data, 'this')!, scope), star, scope);
  const names = kindOf(node) === 'alias' ? identifiersAt(data, 'column_aliases') : [];
  const stack = stacked(run, kindOf(node) === 'alias' ? nodeAt(data, 'this')! : node, scope);
  if (stack) {
    const column = (provenance: Provenance, i: number): Column => {
      const name = names[i] ? storedName(names[i], run.dialect) : `col${i}`;
      return { name, type: null, provenance, span: names[i]?.span ?? undefined };
    };
    return { columns: stack.map(column), rest: [] };
  }
  const value = run.value(node, scope);
  if (names.length > 0) {
    const columns = names.map((name) => ({
      ...value,
      name: storedName(name, run.dialect),
      type: null,
      span: name.span ?? undefined,
    }));
    return { columns, rest: [] };
  }
  const struct = unnestedStruct(run, node, scope);
  if (struct) return fieldsIn(run, struct, {}, scope);
  const span = spanWithin(node);
  return { columns: [{ ...value, name: nameOf(run.dialect, node), span }], rest: [] };
}

/** The fields of a value, each as a column; `star` says what is left out of them and replaced. */
function fieldsIn(run: Run, { provenance, type, fields }: Value, star: Data, scope: Scope): Projection {
  if (fields) return { columns: changed(run, star, fields.columns, scope), rest: fields.rest };
  const from = provenance.derived();
  if (type?.fields?.every(({ name }) => name !== '')) {
    const columns = type.fields.map((field) => ({ ...field, provenance: from }));
    return { columns: changed(run, star, columns, scope), rest: [] };
  }
  const column = (name: string): Column => ({ name, type: null, provenance: from });
  return { columns: [], rest: [{ column, reason: 'the fields of a value are not known' }] };
}

/** The struct whose fields DuckDB's `unnest` makes columns; undefined where it unpacks a list. */
function unnestedStruct(run: Run, node: Node, scope: Scope): Value | undefined {
  const call = kindOf(node) === 'alias' ? nodeAt(dataOf(node), 'this')! : node;
  if (run.dialect.name !== 'duckdb' || fold(String(dataOf(call).name ?? '')) !== 'unnest') return undefined;
  const [given, ...settings] = nodesAt(dataOf(call), 'args');
  const value = given && run.value(given, scope);
  if (!value) return undefined;
  // `recursive := true` unpacks whatever it finds.
  if (settings.length > 0) return { ...value, type: null };
  return value.type?.fields ? value : undefined;
}

/** What the warehouse calls an expression; null where that is a text of its own. */
export function nameOf(dialect: Dialect, node: Node): string | null {
  const data = dataOf(node);
  switch (kindOf(node)) {
    case 'alias': {
      const alias = identifierAt(data, 'alias');
      return alias ? storedName(alias, dialect) : null;
    }
    case 'column': {
      const name = identifierAt(data, 'name');
      return name ? storedName(name, dialect) : null;
    }
    case 'dot': {
      const field = identifierAt(data, 'field');
      return field ? storedName(field, dialect) : null;
    }
    case 'cast':
    case 'paren': {
      const inner = nodeAt(data, 'this');
      const isPlain = dialect.name === 'postgres' || dialect.name === 'redshift' || kindOf(node) === 'paren';
      return inner && isPlain && ['column', 'dot', 'paren'].includes(kindOf(inner)) ? nameOf(dialect, inner) : null;
    }
    default:
      return null;
  }
}

/** `*` and `t.*`, with what they leave out, replace and rename. */
function starColumns(run: Run, data: Data, scope: Scope): Projection {
  const table = identifierAt(data, 'table');
  const source = table && scope.source(table.name);
  if (table && !source) return starOfField(run, table.name, data, scope);
  const all = source ? [source] : scope.sources;
  const known = all.flatMap(({ relation }) => relation.columns.flatMap(({ name }) => (name === null ? [] : [name])));
  const rest = all.flatMap(({ relation }) => relation.rest);
  const [open] = all.filter(({ relation }) => relation.isBase && relation.rest.length > 0);
  if (open) run.report(unknownStar({ reason: open.relation.rest[0]!.reason }, run.place(starPlace(data, open))));
  if (rest.length === 0) checkNames(run, [...identifiersAt(data, 'except')], known, table?.name);
  return { columns: changed(run, data, source ? source.relation.columns : allColumns(run, scope), scope), rest };
}

/** Columns without those that a star leaves out, and with what it replaces and renames. */
function changed(run: Run, data: Data, columns: readonly Column[], scope: Scope): Column[] {
  const except = new Set(identifiersAt(data, 'except').map(({ name }) => fold(name)));
  const rename = new Map(
    ((data.rename as [{ name: string }, { name: string }][] | null) ?? []).map(([from, to]) => [fold(from.name), to]),
  );
  const replaced = new Map<string, Column>();
  for (const alias of (data.replace as Data[] | null) ?? []) {
    const name = identifierAt(alias, 'alias');
    const inner = nodeAt(alias, 'this');
    if (name && inner)
      replaced.set(fold(name.name), { ...run.value(inner, scope), name: storedName(name, run.dialect) });
  }
  return columns.flatMap((column) => {
    if (column.name === null) return [column];
    const key = fold(column.name);
    if (except.has(key)) return [];
    const to = rename.get(key);
    return [replaced.get(key) ?? (to ? { ...column, name: storedName(to, run.dialect) } : column)];
  });
}

/** The star itself has no place: the name before it does, or that of the table. */
const starPlace = (data: Data, { span }: Source): CodePoints | null | undefined =>
  identifierAt(data, 'table')?.span ?? span;

function checkNames(
  run: Run,
  names: readonly { readonly name: string; readonly span?: unknown }[],
  known: readonly string[],
  source: string | undefined,
): void {
  const all = new Set(known.map(fold));
  for (const { name, span } of names) {
    if (all.has(fold(name)) || run.dialect.name !== 'duckdb') continue;
    run.report(unknownColumn({ name, source, near: nearest(name, known), known }, run.place(span as never)));
  }
}

/** Everything that `*` stands for, columns of USING once. */
function allColumns(run: Run, scope: Scope): Column[] {
  const columns: Column[] = run.dialect.usingFirst ? [...scope.merged.values()] : [];
  const seen = new Set<string>();
  for (const { relation } of scope.sources)
    for (const column of relation.columns) {
      const key = column.name === null ? undefined : fold(column.name);
      const merged = key === undefined ? undefined : scope.merged.get(key);
      if (!merged) columns.push(column);
      else if (!run.dialect.usingFirst && !seen.has(key!)) columns.push(merged);
      if (merged) seen.add(key!);
    }
  return columns;
}

/** `s.*` where s is a value with fields, or a field of such a value. */
function starOfField(run: Run, path: string, data: Data, scope: Scope): Projection {
  const [name, ...others] = path.split('.') as [string, ...string[]];
  const source = others.length > 0 ? scope.source(name) : undefined;
  const found = source ? scope.columnOf(source, others.shift()!) : scope.column(name);
  if ('column' in found) {
    const value = others.reduce((whole: Value, field) => fieldOf(run, whole, field), found.column);
    return fieldsIn(run, value, data, scope);
  }
  const known = [...scope.sourceNames()];
  const span = identifierAt(data, 'table')?.span;
  run.report(unknownSource({ name, near: nearest(name, known), known }, run.place(span)));
  return { columns: [], rest: [] };
}
