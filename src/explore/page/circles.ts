type Edge = readonly [from: number, to: number];

/** Larger circles than this would make a layer that nobody can overlook. */
const MOST_TOGETHER = 16;

/** What layers need: edges that lead one way only, and which boxes stand in the same layer. */
export interface Straightened {
  /** Undefined where both ends stand in one layer. */
  readonly edges: readonly (Edge | undefined)[];
  /** For each box one of those that it stands with; itself where it stands alone. */
  readonly mates: Int32Array;
}

/**
 * Makes edges free of circles: folders may read from one another both ways. The boxes of a small circle stand in one layer;
 * of a large one the edges that close it are turned round.
 */
export function straightened(size: number, edges: readonly Edge[]): Straightened {
  const circle = circles(size, edges);
  const members = new Map<number, number>();
  for (const one of circle) members.set(one, (members.get(one) ?? 0) + 1);
  const mates = circle.map((one, box) => (members.get(one)! <= MOST_TOGETHER ? one : box));
  const across = edges.map((edge) => (mates[edge[0]] === mates[edge[1]] ? undefined : edge));
  return { edges: turned(size, across), mates };
}

/** Which circle each box is part of (Tarjan's strongly connected components), without recursion. */
function circles(size: number, edges: readonly Edge[]): Int32Array {
  const out: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of edges) out[from]!.push(to);
  const found = new Int32Array(size).fill(-1);
  const number = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const open: number[] = [];
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (number[root] !== -1) continue;
    const path: [box: number, next: number][] = [[root, 0]];
    while (path.length) {
      const top = path.at(-1)!;
      const [box] = top;
      if (top[1] === 0) {
        number[box] = low[box] = count++;
        open.push(box);
      }
      const to = out[box]![top[1]++];
      if (to === undefined) {
        path.pop();
        const above = path.at(-1)?.[0];
        if (above !== undefined) low[above] = Math.min(low[above]!, low[box]!);
        if (low[box] !== number[box]) continue;
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          found[member] = box;
          if (member === box) break;
        }
      } else if (number[to] === -1) path.push([to, 0]);
      else if (found[to] === -1) low[box] = Math.min(low[box]!, number[to]!);
    }
  }
  return found;
}

/** Edges with those turned round that lead back. */
function turned(size: number, edges: readonly (Edge | undefined)[]): (Edge | undefined)[] {
  const out: number[][] = Array.from({ length: size }, () => []);
  edges.forEach((edge, i) => {
    if (edge) out[edge[0]]!.push(i);
  });
  const state = new Uint8Array(size);
  const back = new Set<number>();
  for (let root = 0; root < size; root++) {
    if (state[root]) continue;
    const stack: [box: number, next: number][] = [[root, 0]];
    state[root] = 1;
    while (stack.length) {
      const top = stack.at(-1)!;
      const i = out[top[0]]![top[1]++];
      if (i === undefined) {
        state[top[0]] = 2;
        stack.pop();
        continue;
      }
      const to = edges[i]![1];
      if (state[to] === 1) back.add(i);
      else if (state[to] === 0) {
        state[to] = 1;
        stack.push([to, 0]);
      }
    }
  }
  return edges.map((edge, i) => (edge && back.has(i) ? [edge[1], edge[0]] : edge));
}
