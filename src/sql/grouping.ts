import { badPlace, notGrouped } from './diagnostics.ts';
import { fold } from './dialect.ts';
import { isAggregate } from './expressions.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { starOver } from './structs.ts';
import {
  type CodePoints,
  childrenOf,
  type Data,
  dataOf,
  identifierAt,
  isQuery,
  kindOf,
  type Node,
  nodeAt,
  nodesAt,
  spanWithin,
} from './syntax.ts';
import { callName } from './types/expression-type.ts';

/**
 * Reports columns that stand beside aggregates without being grouped by. Says nothing where it cannot be sure: GROUP BY ALL,
 * grouping sets, open relations, and a GROUP BY of Postgres, where the key of a table is enough.
 */
export function checkGrouping(run: Run, data: Data, scope: Scope): void {
  const group = data.group_by as Data | null | undefined;
  const expressions = nodesAt(data, 'expressions');
  const hasAggregate = expressions.some((node) => contains(node, isOwnAggregate)) || Boolean(data.having);
  if (!group && !hasAggregate) return;
  if (group?.all === true || expressions.some((node) => hasStar(node))) return;
  // What is called as an aggregate is may be a macro.
  if (expressions.some((node) => contains(node, (one) => run.ownNames.has(callName(one))))) return;
  if (scope.sources.some(({ relation }) => relation.rest.length > 0)) return;
  if (group && run.dialect.name === 'postgres' && scope.sources.some(({ relation }) => relation.isBase)) return;
  const keys = group ? nodesAt(group, 'expressions') : [];
  if (keys.some((key) => isSets(key) || isAll(key))) return;
  const grouped = new Set<string>();
  for (const key of keys) {
    const place = kindOf(key) === 'literal' ? Number(dataOf(key).value) : undefined;
    const meant = place === undefined ? key : unaliased(expressions[place - 1]);
    if (place !== undefined && Number.isInteger(place) && (!meant || contains(meant, isAggregate)))
      run.report(
        badPlace({ place, columns: expressions.length }, run.place(spanWithin(meant) ?? spanWithin(expressions))),
      );
    if (meant) grouped.add(textOf(meant, scope));
    const name =
      kindOf(key) === 'column' && !nodeAt(dataOf(key), 'table') ? identifierAt(dataOf(key), 'name') : undefined;
    const alias = name && expressions.find((node) => aliasOf(node) === fold(name.name));
    if (alias) grouped.add(textOf(unaliased(alias)!, scope));
  }
  const aliases = new Set(expressions.map(aliasOf).filter((alias) => alias !== undefined));
  for (const node of expressions) visit(unaliased(node)!);

  function isOwn(node: Node): boolean {
    const name = kindOf(node) === 'column' ? identifierAt(dataOf(node), 'name') : undefined;
    return name !== undefined && scope.owns(name.name, identifierAt(dataOf(node), 'table')?.name);
  }

  /** An aggregate over nothing but columns of the query around this one is that query's. */
  function isOwnAggregate(node: Node): boolean {
    if (!isAggregate(node)) return false;
    return !scope.outer || contains(node, isOwn) || !contains(node, (one) => kindOf(one) === 'column');
  }

  function visit(node: Node): void {
    const kind = kindOf(node);
    if (isAggregate(node) || isQuery(node) || kind === 'subquery' || kind === 'lambda' || kind === 'comprehension')
      return;
    if (grouped.has(textOf(node, scope))) return;
    if (kind === 'window_function') return;
    // What a star leaves out is no part of the expression.
    if (starOver(node)) {
      visit(nodeAt(dataOf(node), 'this')!);
      return;
    }
    if (kind !== 'column') {
      for (const child of childrenOf(dataOf(node))) visit(child);
      return;
    }
    const name = identifierAt(dataOf(node), 'name')!;
    const table = identifierAt(dataOf(node), 'table');
    const found = table ? undefined : scope.column(name.name);
    const isThere = table ? Boolean(scope.source(table.name)?.relation.find(name.name, run.dialect)) : isPlain(found);
    if (!isThere || (scope.outer && !isOwn(node)) || (!table && aliases.has(fold(name.name)))) return;
    const span = (dataOf(node).span as CodePoints | null | undefined) ?? name.span;
    run.report(notGrouped({ name: table ? `${table.name}.${name.name}` : name.name }, run.place(span)));
  }
}

const isPlain = (found: object | undefined): boolean =>
  found !== undefined && 'column' in found && !('ambiguous' in found);

/** True of ROLLUP, CUBE and GROUPING SETS, which the parser may take for functions. */
function isSets(key: Node): boolean {
  const name = kindOf(key) === 'function' ? String(dataOf(key).name) : kindOf(key);
  return ['cube', 'rollup', 'groupingsets'].includes(fold(name).replace(/[ _]/g, ''));
}

const isAll = (key: Node): boolean =>
  kindOf(key) === 'column' && fold(identifierAt(dataOf(key), 'name')?.name ?? '') === 'all';

const unaliased = (node: Node | undefined): Node | undefined =>
  node && (kindOf(node) === 'alias' || kindOf(node) === 'paren') ? unaliased(nodeAt(dataOf(node), 'this')) : node;

const aliasOf = (node: Node): string | undefined => {
  const alias = kindOf(node) === 'alias' ? identifierAt(dataOf(node), 'alias') : undefined;
  return alias && fold(alias.name);
};

/** Whether something stands in an expression, outside of queries and windows in it. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  if (isQuery(node) || kindOf(node) === 'subquery') return false;
  if (kindOf(node) === 'window_function') {
    // Not the windowed call itself, but what it is given: `sum(sum(x)) over ()`.
    const call = nodeAt(dataOf(node), 'this');
    return call ? [...childrenOf(dataOf(call))].some((child) => contains(child, test)) : false;
  }
  return test(node) || [...childrenOf(dataOf(node))].some((child) => contains(child, test));
}

const hasStar = (node: Node): boolean =>
  kindOf(node) === 'star' ||
  kindOf(node) === 'columns' ||
  (kindOf(node) === 'function' && fold(String(dataOf(node).name ?? '')) === 'columns');

/** An expression as a text to compare: without places, and with columns under the name of their source. */
function textOf(node: Node, scope: Scope): string {
  return JSON.stringify(node, (key, value) => {
    if (key === 'span' || key.endsWith('comments') || key === 'inferred_type') return undefined;
    if (
      value &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      'column' in value &&
      Object.keys(value).length === 1
    ) {
      const data = value.column as Data;
      const name = fold(identifierAt(data, 'name')?.name ?? '');
      const table = identifierAt(data, 'table');
      const owner = table
        ? fold(table.name)
        : fold(
            scope.sources.find(({ relation }) => relation.columns.some((c) => c.name && fold(c.name) === name))?.name ??
              '',
          );
      return scope.merged.has(name) ? `column ${name}` : `column ${owner}.${name}`;
    }
    if (value && typeof value === 'object' && !Array.isArray(value) && 'paren' in value)
      return (value.paren as Data).this;
    return typeof value === 'string' && key === 'name' ? fold(value) : value;
  });
}
