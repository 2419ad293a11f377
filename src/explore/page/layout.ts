import { straightened } from './circles.ts';
import { orderLayers } from './layer-order.ts';
import { placeLayers } from './layer-place.ts';

/** What is to be placed: boxes by number, and edges between them. */
export interface LayoutInput {
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  /** How far below the top of a box its edges begin and end. */
  readonly ports: readonly number[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** Where everything is. */
export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** All boxes of a layer are as wide as its widest, so that they stand flush. */
  readonly widths: readonly number[];
  /** For each edge the flat stretches that it runs along between its ends: x from, x to, y. */
  readonly routes: readonly (readonly (readonly [from: number, to: number, y: number])[])[];
  readonly width: number;
  readonly height: number;
}

/** Boxes and the bends of long edges, in layers. The first are the boxes, by their number. */
export interface Layers {
  readonly rank: number[];
  readonly isBend: (slot: number) => boolean;
  /** Neighbours in the layer before and in the one behind. */
  readonly before: number[][];
  readonly behind: number[][];
  readonly layers: number[][];
}

const GAP_X = 64;
const GAP_LOOSE = 20;

/** Places boxes in layers from left to right: longest path, few crossings, straight edges. */
export function layout(input: LayoutInput): Layout {
  const size = input.widths.length;
  const { edges, mates } = straightened(size, input.edges);
  const across = edges.filter((edge) => edge !== undefined);
  const linked = new Set(input.edges.flat());
  const { layers, chains } = layered(size, across, linked, mates);
  orderLayers(layers);
  const y = placeLayers(layers, input);
  const { left, right, end } = columnsOf(layers, input);
  const x = new Float64Array(size);
  for (const box of linked) x[box] = left[layers.rank[box]!]!;
  let height = 0;
  for (const box of linked) height = Math.max(height, y[box]! + input.heights[box]!);
  const below = placeLoose(input, linked, x, y, Math.max(end, 900), height);
  const routes = edges.map((edge) => {
    if (!edge) return [];
    const [from, to] = edge;
    const bends = (chains.get(from) ?? []).slice(0, Math.max(0, layers.rank[to]! - layers.rank[from]! - 1));
    return bends.map((bend) => [left[layers.rank[bend]!]!, right[layers.rank[bend]!]!, y[bend]!] as const);
  });
  return {
    x,
    y: y.slice(0, size),
    widths: input.widths.map((own, box) =>
      linked.has(box) ? right[layers.rank[box]!]! - left[layers.rank[box]!]! : own,
    ),
    // An edge that was turned round runs along the same stretches, the other way.
    routes: input.edges.map(([from], i) =>
      edges[i]?.[0] === from ? routes[i]! : routes[i]!.map(([a, b, at]) => [b, a, at] as const).reverse(),
    ),
    width: Math.max(end, below.width),
    height: Math.max(height, below.height),
  };
}

/** Layers by longest path; edges over several layers get a bend in each, shared by all edges from one box. */
function layered(
  size: number,
  edges: readonly (readonly [number, number])[],
  linked: ReadonlySet<number>,
  mates: Int32Array,
) {
  const rank = folded(ranks(size, edges, mates), linked);
  const before: number[][] = Array.from({ length: size }, () => []);
  const behind: number[][] = Array.from({ length: size }, () => []);
  const chains = new Map<number, number[]>();
  const link = (from: number, to: number): void => {
    if (behind[from]!.includes(to)) return;
    behind[from]!.push(to);
    before[to]!.push(from);
  };
  for (const [from, to] of edges) {
    const span = rank[to]! - rank[from]!;
    const chain = chains.get(from) ?? [];
    chains.set(from, chain);
    while (chain.length < span - 1) {
      const bend = before.length;
      rank.push(rank[from]! + chain.length + 1);
      before.push([]);
      behind.push([]);
      link(chain.at(-1) ?? from, bend);
      chain.push(bend);
    }
    link(span > 1 ? chain[span - 2]! : from, to);
  }
  const layers: number[][] = [];
  for (let slot = 0; slot < rank.length; slot++) {
    if (slot < size && !linked.has(slot)) continue;
    layers[rank[slot]!] ??= [];
    layers[rank[slot]!]!.push(slot);
  }
  return { layers: { rank, before, behind, layers, isBend: (slot: number) => slot >= size } satisfies Layers, chains };
}

/** The layer of each box: behind all that lead to it. Mates count as one. */
function ranks(size: number, edges: readonly (readonly [number, number])[], mates: Int32Array): number[] {
  const rank = new Array<number>(size).fill(0);
  const out: number[][] = Array.from({ length: size }, () => []);
  const indegree = new Int32Array(size);
  for (const [from, to] of edges) {
    out[mates[from]!]!.push(mates[to]!);
    indegree[mates[to]!]! += 1;
  }
  const incoming = indegree.slice();
  const order: number[] = [];
  for (let box = 0; box < size; box++) if (!indegree[box]) order.push(box);
  for (let at = 0; at < order.length; at++)
    for (const to of out[order[at]!]!) {
      rank[to] = Math.max(rank[to]!, rank[order[at]!]! + 1);
      if (--indegree[to]! === 0) order.push(to);
    }
  // What has more going out than coming in moves up to what reads it: shorter edges.
  for (const box of order.reverse()) {
    if (out[box]!.length <= incoming[box]!) continue;
    rank[box] = Math.min(...out[box]!.map((to) => rank[to]!)) - 1;
  }
  return rank.map((_, box) => rank[mates[box]!]!);
}

/** Layers that would be too high become several, side by side: there is no edge between the boxes of one. */
function folded(rank: readonly number[], linked: ReadonlySet<number>): number[] {
  const counts: number[] = [];
  for (const box of linked) counts[rank[box]!] = (counts[rank[box]!] ?? 0) + 1;
  // Of very large graphs one sees a part at a time, and more layers would mean more bends to place.
  const most = linked.size > 1000 ? Number.POSITIVE_INFINITY : Math.max(24, Math.sqrt(linked.size) * 2.5);
  const starts: number[] = [];
  const sizes: number[] = [];
  let start = 0;
  for (const count of Array.from(counts, (one) => one ?? 0)) {
    const parts = count === 0 ? 0 : Math.max(1, Math.ceil(count / most));
    starts.push(start);
    sizes.push(Math.ceil(count / Math.max(1, parts)));
    start += parts;
  }
  const placed: number[] = [];
  return rank.map((layer, box) => {
    if (!linked.has(box)) return 0;
    const before = placed[layer] ?? 0;
    placed[layer] = before + 1;
    return starts[layer]! + Math.floor(before / sizes[layer]!);
  });
}

/** Where layers begin and end from left to right. */
function columnsOf({ layers, isBend, behind }: Layers, { widths }: LayoutInput) {
  const left: number[] = [];
  const right: number[] = [];
  let x = 0;
  for (const layer of layers) {
    const slots = layer ?? [];
    const width = Math.max(0, ...slots.map((slot) => (isBend(slot) ? 0 : widths[slot]!)));
    const crowd = slots.reduce((sum, slot) => sum + behind[slot]!.length, 0);
    left.push(x);
    right.push(x + width);
    x += width + GAP_X + Math.min(80, crowd * 1.5);
  }
  return { left, right, end: right.at(-1) ?? 0 };
}

/** Boxes without edges, in rows below the others. */
function placeLoose(
  { widths, heights }: LayoutInput,
  linked: ReadonlySet<number>,
  x: Float64Array,
  y: Float64Array,
  wide: number,
  from: number,
): { width: number; height: number } {
  if (linked.size === widths.length) return { width: 0, height: 0 };
  let [left, top, tallest, width] = [0, from === 0 ? 0 : from + 3 * GAP_LOOSE, 0, 0];
  for (let box = 0; box < widths.length; box++) {
    if (linked.has(box)) continue;
    if (left > 0 && left + widths[box]! > wide) {
      left = 0;
      top += tallest + GAP_LOOSE;
      tallest = 0;
    }
    x[box] = left;
    y[box] = top;
    left += widths[box]! + GAP_LOOSE;
    width = Math.max(width, left - GAP_LOOSE);
    tallest = Math.max(tallest, heights[box]!);
  }
  return { width, height: top + tallest };
}
