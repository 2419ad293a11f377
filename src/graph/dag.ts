/** Neighbours of all nodes in two arrays: those of node `i` are `targets[starts[i]] … targets[starts[i + 1] - 1]`. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

/** A graph of ids. Nodes are numbered in the order given; all walking is done on numbers. */
export interface Dag {
  readonly ids: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly parents: Adjacency;
  readonly children: Adjacency;
}

/** An id and the ids it stands on. */
export type DagEntry = readonly [id: string, parents: readonly string[]];

/** Builds a graph. Parents that are no nodes themselves (disabled, foreign) are left out, as are repetitions. */
export function buildDag(entries: Iterable<DagEntry>): Dag {
  const list = [...entries];
  const ids = list.map(([id]) => id);
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const parentLists = list.map(([, parents]) => {
    const found = new Set<number>();
    for (const parent of parents) {
      const index = indexOf.get(parent);
      if (index !== undefined) found.add(index);
    }
    return [...found];
  });
  return { ids, indexOf, ...adjacencies(parentLists) };
}

function adjacencies(parentLists: readonly (readonly number[])[]): Pick<Dag, 'parents' | 'children'> {
  const size = parentLists.length;
  const parents = packed(size, parentLists);
  const childStarts = new Int32Array(size + 1);
  for (const parent of parents.targets) childStarts[parent + 1]! += 1;
  for (let i = 0; i < size; i++) childStarts[i + 1]! += childStarts[i]!;
  const next = childStarts.slice();
  const children = new Int32Array(parents.targets.length);
  for (let node = 0; node < size; node++) {
    for (const parent of parentLists[node]!) children[next[parent]!++] = node;
  }
  return { parents, children: { starts: childStarts, targets: children } };
}

function packed(size: number, lists: readonly (readonly number[])[]): Adjacency {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) starts[i + 1] = starts[i]! + lists[i]!.length;
  const targets = new Int32Array(starts[size]!);
  for (let i = 0; i < size; i++) targets.set(lists[i]!, starts[i]!);
  return { starts, targets };
}

/** The neighbours of one node. */
export function neighbours(adjacency: Adjacency, node: number): Int32Array {
  return adjacency.targets.subarray(adjacency.starts[node]!, adjacency.starts[node + 1]!);
}
