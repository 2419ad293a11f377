/** What a node of the tree holds. */
export type Data = Readonly<Record<string, unknown>>;

/** A node of the tree as the parser hands it out: an object with one key, the kind, and what it holds under that key. */
export type Node = Readonly<Record<string, Data>>;

/** A stretch of the SQL, in Unicode code points from its start. */
export interface CodePoints {
  readonly start: number;
  readonly end: number;
}

/** A name in the SQL. */
export interface Identifier {
  readonly name: string;
  readonly quoted?: boolean;
  readonly span?: CodePoints | null;
}

export const kindOf = (node: Node): string => Object.keys(node)[0] ?? '';
export const dataOf = (node: Node): Data => (Object.values(node)[0] ?? {}) as Data;

/** A node without the comments that the parser may have wrapped around it. */
function bare(node: Node): Node {
  const inner = node.annotated?.this;
  return inner ? bare(inner as Node) : node;
}

/** The node at a field, if there is one. */
export function nodeAt(data: Data, field: string): Node | undefined {
  const value = data[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? bare(value as Node) : undefined;
}

/** The nodes of a list at a field. */
export const nodesAt = (data: Data, field: string): readonly Node[] =>
  Array.isArray(data[field]) ? (data[field] as Node[]).map(bare) : [];

export function identifierAt(data: Data, field: string): Identifier | undefined {
  const value = data[field];
  if (typeof value === 'string') return value === '' ? undefined : { name: value };
  if (typeof value !== 'object' || value === null) return undefined;
  const { name } = value as Data;
  return typeof name === 'string' && name !== '' ? (value as Identifier) : undefined;
}

export const identifiersAt = (data: Data, field: string): readonly Identifier[] =>
  Array.isArray(data[field])
    ? (data[field] as (Identifier | string)[]).map((item) => (typeof item === 'string' ? { name: item } : item))
    : [];

/** Fields that hold nothing to evaluate. */
const NOT_WALKED = new Set(['span', 'inferred_type', 'trailing_comments', 'leading_comments', 'comments', 'to']);

/** Every kind of node is written in small letters and holds an object, which sets it apart from plain structures. */
const KIND = /^[a-z][a-z0-9_]*$/;
const STRUCTURES = new Set(['this', 'expressions', 'name', 'value', 'expression', 'left', 'right', 'query', 'args']);

/** True of a node of the tree, other than of a structure that nodes hold. */
export function isNode(value: object): value is Node {
  const keys = Object.keys(value);
  return keys.length === 1 && KIND.test(keys[0]!) && !STRUCTURES.has(keys[0]!);
}

/** The nodes right below, wherever they stand in what a node holds. */
export function* childrenOf(data: unknown): Generator<Node> {
  if (Array.isArray(data)) {
    for (const item of data) yield* inside(item);
    return;
  }
  if (typeof data !== 'object' || data === null) return;
  for (const [field, value] of Object.entries(data)) if (!NOT_WALKED.has(field)) yield* inside(value);
}

function* inside(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && isNode(value)) yield bare(value);
  else yield* childrenOf(value);
}

/** Kinds of node that are a query. */
const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'values', 'pipe']);
export const isQuery = (node: Node): boolean => QUERIES.has(kindOf(node));

/** The first and last place of anything with a place inside a node; the tree knows them for names only. */
export function spanWithin(value: unknown): CodePoints | undefined {
  let start = Number.POSITIVE_INFINITY;
  let end = -1;
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return;
    if (Array.isArray(item)) {
      for (const one of item) visit(one);
      return;
    }
    for (const [field, below] of Object.entries(item)) {
      if (field !== 'span') visit(below);
      else if (below) {
        start = Math.min(start, (below as CodePoints).start);
        end = Math.max(end, (below as CodePoints).end);
      }
    }
  };
  visit(value);
  return end < 0 ? undefined : { start, end };
}

/** The parts of a chain of one operator. */
export function chainOf(node: Node, kind: string): Node[] {
  if (kindOf(node) === 'paren') return chainOf(nodeAt(dataOf(node), 'this')!, kind);
  return kindOf(node) === kind
    ? ['left', 'right'].flatMap((side) => chainOf(nodeAt(dataOf(node), side)!, kind))
    : [node];
}
