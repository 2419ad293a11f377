import { type Data, dataOf, kindOf, type Node } from './syntax.ts';

const SET_OPERATIONS = new Set(['union', 'intersect', 'except']);

/** A bracket with a set operation after it: only then is there something to look for. */
export const mayNeedRepair = (sql: string): boolean => /\)\s*(?:union|intersect|except)\b/i.test(sql);

/**
 * The tree as it was meant. The parser takes `select … where a > (select 1) union all select …` for a comparison of a with
 * both queries: what comes after the bracket is put around the whole SELECT again.
 */
export function repaired<T>(tree: T): T {
  if (Array.isArray(tree)) return tree.map((item) => repaired(item)) as T;
  if (typeof tree !== 'object' || tree === null) return tree;
  const made = Object.fromEntries(Object.entries(tree).map(([field, value]) => [field, repaired(value)])) as Node;
  return (made.select && Object.keys(made).length === 1 ? withStrayOutside(made) : made) as T;
}

function withStrayOutside(select: Node): Node {
  let stray: Node | undefined;
  const data = withLast(dataOf(select), (expression) => {
    const [kept, found] = parted(expression);
    stray = found;
    return kept;
  });
  return stray ? around(stray, { select: data }) : select;
}

/** A SELECT whose last expression in the text is another. */
function withLast(data: Data, change: (expression: Node) => Node): Data {
  for (const clause of ['qualify', 'having', 'where_clause']) {
    const held = data[clause] as Data | null | undefined;
    if (held) return { ...data, [clause]: { ...held, this: change(held.this as Node) } };
  }
  const joins = (data.joins as Data[] | undefined) ?? [];
  const last = joins.at(-1);
  if (last)
    return last.on ? { ...data, joins: [...joins.slice(0, -1), { ...last, on: change(last.on as Node) }] } : data;
  const expressions = (data.expressions as Node[] | undefined) ?? [];
  if (data.from || data.group_by || expressions.length === 0) return data;
  return { ...data, expressions: [...expressions.slice(0, -1), change(expressions.at(-1)!)] };
}

/** An expression without the set operation at its end, and that. */
function parted(expression: Node): [Node, Node | undefined] {
  const data = dataOf(expression);
  if (SET_OPERATIONS.has(kindOf(expression))) {
    const first = firstSide(expression);
    return kindOf(first) === 'subquery' ? [first, expression] : [expression, undefined];
  }
  const end = ['right', 'high', ...(['not', 'neg'].includes(kindOf(expression)) ? ['this'] : [])].find(
    (field) => typeof data[field] === 'object' && data[field] !== null,
  );
  if (!end) return [expression, undefined];
  const [kept, stray] = parted(data[end] as Node);
  return stray ? [{ [kindOf(expression)]: { ...data, [end]: kept } }, stray] : [expression, undefined];
}

const firstSide = (node: Node): Node =>
  SET_OPERATIONS.has(kindOf(node)) ? firstSide(dataOf(node).left as Node) : node;

/** A chain of set operations with another first side. */
function around(operation: Node, first: Node): Node {
  if (!SET_OPERATIONS.has(kindOf(operation))) return first;
  const data = dataOf(operation);
  return { [kindOf(operation)]: { ...data, left: around(data.left as Node, first) } };
}
