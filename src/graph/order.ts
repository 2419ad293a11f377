import { type Dag, neighbours } from './dag.ts';

/** A cycle as ids, the first repeated at the end, or undefined where there is none. */
export function findCycle(dag: Dag): readonly string[] | undefined {
  const size = dag.ids.length;
  const state = new Uint8Array(size); // 0 unseen, 1 on the path, 2 done
  const { starts, targets } = dag.children;
  const next = starts.slice(0, size);
  for (let root = 0; root < size; root++) {
    if (state[root] !== 0) continue;
    const path = [root];
    state[root] = 1;
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (next[node]! === starts[node + 1]!) {
        state[node] = 2;
        path.pop();
        continue;
      }
      const child = targets[next[node]!++]!;
      if (state[child] === 1) return [...path.slice(path.indexOf(child)), child].map((index) => dag.ids[index]!);
      if (state[child] === 0) {
        state[child] = 1;
        path.push(child);
      }
    }
  }
  return undefined;
}

/** The level of every node: 0 where it has no parents, else one more than its highest parent. */
export function levels(dag: Dag): Int32Array {
  const size = dag.ids.length;
  const level = new Int32Array(size);
  const missing = new Int32Array(size);
  let ready: number[] = [];
  for (let node = 0; node < size; node++) {
    missing[node] = dag.parents.starts[node + 1]! - dag.parents.starts[node]!;
    if (missing[node] === 0) ready.push(node);
  }
  for (let depth = 0; ready.length > 0; depth++) {
    const following: number[] = [];
    for (const node of ready) {
      level[node] = depth;
      for (const child of neighbours(dag.children, node)) if (--missing[child]! === 0) following.push(child);
    }
    ready = following;
  }
  return level;
}

/** Ids by level, each level sorted by id: what could run side by side, in the order dbt's queue takes it. */
export function generations(dag: Dag): readonly (readonly string[])[] {
  const result: string[][] = [];
  levels(dag).forEach((level, node) => {
    while (result.length <= level) result.push([]);
    result[level]!.push(dag.ids[node]!);
  });
  for (const generation of result) generation.sort();
  return result;
}

/** All ids, parents before children; ties by level and then by id, as dbt's queue breaks them. */
export function topologicalOrder(dag: Dag): readonly string[] {
  return generations(dag).flat();
}
