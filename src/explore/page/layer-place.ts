import type { Layers, LayoutInput } from './layout.ts';

const GAP = 22;
const GAP_BEND = 14;
const ROUNDS = 8;

/** The tops of boxes and the heights of bends: each as near to its neighbours as the order of its layer allows. */
export function placeLayers(graph: Layers, { heights, ports }: LayoutInput): Float64Array {
  const { layers, before, behind, isBend, rank } = graph;
  const above = (slot: number): number => (isBend(slot) ? 0 : ports[slot]!);
  const below = (slot: number): number => (isBend(slot) ? 0 : heights[slot]! - ports[slot]!);
  // How far the ports of a layer are at least from the first one's.
  const offsets = layers.map((layer) => {
    let at = 0;
    return layer.map((slot, i) => {
      const last = layer[i - 1];
      if (last !== undefined) at += below(last) + (isBend(slot) || isBend(last) ? GAP_BEND : GAP) + above(slot);
      return at;
    });
  });
  const port = new Float64Array(rank.length);
  layers.forEach((layer, l) => {
    const middle = (offsets[l]!.at(-1) ?? 0) / 2;
    layer.forEach((slot, i) => {
      port[slot] = offsets[l]![i]! - middle;
    });
  });
  for (let round = 0; round < ROUNDS; round++) {
    const ways = round === ROUNDS - 1 ? [before, behind] : [round % 2 === 0 ? before : behind];
    for (let i = 0; i < layers.length; i++) {
      const l = round % 2 === 0 ? i : layers.length - 1 - i;
      settle(layers[l]!, offsets[l]!, ways, port, isBend);
    }
  }
  let top = Number.POSITIVE_INFINITY;
  for (const layer of layers) for (const slot of layer) top = Math.min(top, port[slot]! - above(slot));
  const y = new Float64Array(rank.length);
  for (const layer of layers) for (const slot of layer) y[slot] = port[slot]! - above(slot) - top;
  return y;
}

/** Moves a layer to where its neighbours are: the least squares that keep order and distances (pooling of violators). */
function settle(
  layer: readonly number[],
  offsets: readonly number[],
  ways: readonly (readonly number[][])[],
  port: Float64Array,
  isBend: (slot: number) => boolean,
): void {
  const pools: { sum: number; weight: number; size: number }[] = [];
  layer.forEach((slot, i) => {
    let [sum, weight] = [0, 0];
    for (const way of ways)
      for (const other of way[slot]!) {
        // Long edges should run straight before anything else does.
        const pull = isBend(slot) && isBend(other) ? 6 : isBend(slot) ? 2 : 1;
        sum += pull * port[other]!;
        weight += pull;
      }
    if (weight === 0) [sum, weight] = [port[slot]! * 0.05, 0.05];
    let pool = { sum: sum - weight * offsets[i]!, weight, size: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, size: last.size + pool.size };
    }
    pools.push(pool);
  });
  let i = 0;
  for (const { sum, weight, size } of pools)
    for (let end = i + size; i < end; i++) port[layer[i]!] = sum / weight + offsets[i]!;
}
