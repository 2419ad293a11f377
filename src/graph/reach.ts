import { type Adjacency, buildDag, type Dag, neighbours } from './dag.ts';

/**
 * The nodes that can be reached in at most `depth` steps (any number where undefined). A node one started from is in
 * the result only if it can be reached from another.
 */
export function reach(adjacency: Adjacency, from: Iterable<number>, depth = Infinity): Set<number> {
  const reached = new Set<number>();
  let layer: Iterable<number> = from;
  for (let step = 0; step < depth; step++) {
    const following: number[] = [];
    for (const node of layer) {
      for (const neighbour of neighbours(adjacency, node)) {
        if (reached.has(neighbour)) continue;
        reached.add(neighbour);
        following.push(neighbour);
      }
    }
    if (following.length === 0) break;
    layer = following;
  }
  return reached;
}

function reachIds(dag: Dag, adjacency: Adjacency, ids: Iterable<string>, depth?: number): Set<string> {
  const from: number[] = [];
  for (const id of ids) {
    const index = dag.indexOf.get(id);
    if (index !== undefined) from.push(index);
  }
  const found = new Set<string>();
  for (const index of reach(adjacency, from, depth)) found.add(dag.ids[index]!);
  return found;
}

/** The ids the given ids stand on, directly or through others, at most `depth` steps away. */
export function ancestors(dag: Dag, ids: Iterable<string>, depth?: number): Set<string> {
  return reachIds(dag, dag.parents, ids, depth);
}

/** The ids that stand on the given ids, directly or through others, at most `depth` steps away. */
export function descendants(dag: Dag, ids: Iterable<string>, depth?: number): Set<string> {
  return reachIds(dag, dag.children, ids, depth);
}

/**
 * The graph of only the chosen ids. Where a path between two of them leads through ids left out, they are joined
 * directly, so that the order among those that stay is the order of the whole.
 */
export function subDag(dag: Dag, chosen: ReadonlySet<string>): Dag {
  const entries: [string, string[]][] = [];
  const seen = new Int32Array(dag.ids.length).fill(-1);
  for (let node = 0; node < dag.ids.length; node++) {
    const id = dag.ids[node]!;
    if (!chosen.has(id)) continue;
    const parents: string[] = [];
    const open = [node];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const parent of neighbours(dag.parents, at)) {
        if (seen[parent] === node) continue;
        seen[parent] = node;
        if (chosen.has(dag.ids[parent]!)) parents.push(dag.ids[parent]!);
        else open.push(parent);
      }
    }
    entries.push([id, parents]);
  }
  return buildDag(entries);
}
