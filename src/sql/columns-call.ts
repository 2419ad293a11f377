import { fold } from './dialect.ts';
import type { Projection } from './projections.ts';
import { Provenance } from './provenance.ts';
import type { Column } from './relation.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { childrenOf, dataOf, identifierAt, isQuery, kindOf, type Node, nodeAt, nodesAt } from './syntax.ts';

/** DuckDB's `COLUMNS(…)` inside of an expression. */
export function columnsCall(node: Node): Node | undefined {
  if (isCall(node)) return node;
  if (kindOf(node) === 'subquery' || isQuery(node)) return undefined;
  for (const child of childrenOf(dataOf(node))) {
    const found = columnsCall(child);
    if (found) return found;
  }
  return undefined;
}

const isCall = (node: Node): boolean =>
  kindOf(node) === 'columns' || (kindOf(node) === 'function' && fold(String(dataOf(node).name ?? '')) === 'columns');

/** What a star or all of the sources have to choose from. */
type Choice = (star: Node | undefined) => Projection;

/** What `COLUMNS(…)` picks: names, each with what a pattern has found in it; undefined where that is found out when it runs. */
function picked(
  call: Node,
  all: Choice,
): (Projection & { readonly parts: (name: string) => readonly string[] }) | undefined {
  const data = dataOf(call);
  const argument = nodesAt(data, 'args')[0] ?? nodeAt(data, 'this');
  const whole = (name: string): readonly string[] => [name];
  if (!argument || kindOf(argument) === 'star') return { ...all(argument), parts: whole };
  const { columns, rest } = all(undefined);
  if (kindOf(argument) === 'array_func') {
    const names = nodesAt(dataOf(argument), 'expressions').map((one) => fold(String(dataOf(one).value)));
    const found = names.flatMap((name) =>
      columns.filter((column) => column.name !== null && fold(column.name) === name),
    );
    return { columns: found, rest, parts: whole };
  }
  const pattern = kindOf(argument) === 'literal' ? patternOf(String(dataOf(argument).value)) : undefined;
  if (!pattern) return undefined;
  const parts = (name: string): readonly string[] => pattern.exec(name) ?? [];
  return { columns: columns.filter(({ name }) => name !== null && pattern.test(name)), rest, parts };
}

/**
 * An expression with `COLUMNS(…)` in it, once for each column that it names; with `*COLUMNS(…)`, which stands for several
 * arguments, once for all.
 */
export function eachColumn(run: Run, node: Node, call: Node, scope: Scope, all: Choice): Projection {
  const found = picked(call, all);
  if (!found) {
    const { columns } = all(undefined);
    const reason = 'the columns that COLUMNS(…) picks are known when it runs';
    const provenance = Provenance.union(columns.map((column) => column.provenance)).derived();
    return { columns: [], rest: [{ column: (name) => ({ name, type: null, provenance }), reason }] };
  }
  const alias = kindOf(node) === 'alias' ? identifierAt(dataOf(node), 'alias')?.name : undefined;
  const valueWith = (column: Column) => {
    const inner = scope.within([]);
    inner.merged.set(PICKED, column);
    return run.value(replaced(node, isCall, PICK), inner);
  };
  if (dataOf(call).unpack) {
    const provenance = Provenance.union(found.columns.map((column) => column.provenance));
    return { columns: [{ ...valueWith({ name: null, type: null, provenance }), name: alias ?? null }], rest: [] };
  }
  const columns = found.columns.map((column): Column => {
    const parts = column.name === null ? [] : found.parts(column.name);
    const name = alias === undefined ? column.name : alias.replace(/\\(\d)/g, (_, part) => parts[Number(part)] ?? '');
    return { ...(call === node ? column : valueWith(column)), name };
  });
  return { columns, rest: found.rest };
}

/** The name of the column that is picked, while an expression is looked at with it in the place of `COLUMNS(…)`. */
const PICKED = 'columns(…)';
const PICK: Node = { column: { name: { name: PICKED } } };

/** A tree with something else in the place of some of its nodes. */
function replaced<T>(tree: T, isMeant: (node: Node) => boolean, by: Node): T {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((item) => replaced(item, isMeant, by)) as T;
  if (Object.keys(tree).length === 1 && isMeant(tree as Node)) return by as T;
  return Object.fromEntries(Object.entries(tree).map(([field, value]) => [field, replaced(value, isMeant, by)])) as T;
}

/** A pattern of names; undefined where it is none that can be read here. */
function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
