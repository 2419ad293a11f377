import { addTo } from '../core/index.ts';
import { buildDag, type Dag, neighbours } from './dag.ts';
import { reach } from './reach.ts';

/** Which nodes take part in waiting for tests. */
export interface TestWaiting {
  /** Data tests: what others wait for. */
  readonly isTest: (id: string) => boolean;
  /** Nodes that wait: all that are built. */
  readonly waits: (id: string) => boolean;
}

/**
 * Makes what is built wait for the tests of what it is built from: a node waits for every test all of whose parents it
 * stands on. Only the first nodes below the test get an edge; those further down wait through them. A node that does
 * not stand on all parents of a test does not wait for it, so no cycle can come of it.
 */
export function withTestEdges(dag: Dag, { isTest, waits }: TestWaiting): Dag {
  const added = new Map<number, number[]>();
  const frontiers = new Map<string, readonly number[]>();
  for (let test = 0; test < dag.ids.length; test++) {
    if (!isTest(dag.ids[test]!)) continue;
    const parents = neighbours(dag.parents, test);
    if (parents.length === 0) continue;
    const key = parents.slice().sort().join();
    let frontier = frontiers.get(key);
    if (frontier === undefined) {
      frontier = firstBelow(dag, parents, waits);
      frontiers.set(key, frontier);
    }
    for (const node of frontier) addTo(added, node, test);
  }
  return buildDag(
    dag.ids.map((id, node) => [
      id,
      [...neighbours(dag.parents, node), ...(added.get(node) ?? [])].map((parent) => dag.ids[parent]!),
    ]),
  );
}

/** The nodes that wait and stand on all the parents, and that no other such node stands before on every way. */
function firstBelow(dag: Dag, parents: Int32Array, waits: (id: string) => boolean): readonly number[] {
  if (parents.length === 1) return [...neighbours(dag.children, parents[0]!)].filter((node) => waits(dag.ids[node]!));
  let below = reach(dag.children, [parents[0]!]);
  for (const parent of parents.subarray(1)) {
    const others = reach(dag.children, [parent]);
    below = new Set([...below].filter((node) => others.has(node)));
  }
  const waiting = (node: number): boolean => below.has(node) && waits(dag.ids[node]!);
  return [...below].filter((node) => waiting(node) && !neighbours(dag.parents, node).some(waiting));
}
