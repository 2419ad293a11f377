import type { Layers } from './layout.ts';

/** Orders the slots of all layers so that few edges cross: barycentres in sweeps, the best of them kept. */
export function orderLayers(graph: Layers): void {
  const { layers, before, behind, rank } = graph;
  const size = rank.length;
  if (size === 0) return;
  firstOrder(graph);
  const place = new Int32Array(size);
  const number = (layer: readonly number[]): void => {
    layer.forEach((slot, at) => {
      place[slot] = at;
    });
  };
  layers.forEach(number);
  // Large graphs gain little from the later sweeps and pay much for them.
  const sweeps = Math.max(4, Math.min(24, Math.round(20_000 / size)));
  let least = crossings(graph, place);
  let best = layers.map((layer) => [...layer]);
  const wish = new Float64Array(size);
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    const down = sweep % 2 === 0;
    const neighbours = down ? before : behind;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[down ? i : layers.length - 1 - i]!;
      for (const slot of layer) {
        const near = neighbours[slot]!;
        let sum = 0;
        for (const other of near) sum += place[other]!;
        wish[slot] = near.length ? sum / near.length : place[slot]!;
      }
      layer.sort((a, b) => wish[a]! - wish[b]! || place[a]! - place[b]!);
      number(layer);
    }
    const now = crossings(graph, place);
    if (now >= least) continue;
    least = now;
    best = layers.map((layer) => [...layer]);
  }
  best.forEach((layer, i) => {
    layers[i] = layer;
  });
}

/** Families together: in the order in which a walk from the first layer meets them. */
function firstOrder({ layers, behind, before, rank }: Layers): void {
  const met = new Int32Array(rank.length).fill(-1);
  let count = 0;
  const visit = (start: number): void => {
    const open = [start];
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      if (met[slot] !== -1) continue;
      met[slot] = count++;
      for (const next of [...before[slot]!, ...behind[slot]!].reverse()) if (met[next] === -1) open.push(next);
    }
  };
  for (const layer of layers) for (const slot of layer) visit(slot);
  for (const layer of layers) layer.sort((a, b) => met[a]! - met[b]!);
}

/** How many pairs of edges cross, layer by layer, counted with a tree of sums. */
function crossings({ layers, behind }: Layers, place: Int32Array): number {
  let count = 0;
  for (let i = 0; i + 1 < layers.length; i++) {
    const sums = new Int32Array(layers[i + 1]!.length + 1);
    let seen = 0;
    for (const slot of layers[i]!) {
      for (const other of behind[slot]!) {
        let upTo = 0;
        for (let at = place[other]! + 1; at > 0; at -= at & -at) upTo += sums[at]!;
        count += seen - upTo;
      }
      for (const other of behind[slot]!) {
        for (let at = place[other]! + 1; at < sums.length; at += at & -at) sums[at]! += 1;
      }
      seen += behind[slot]!.length;
    }
  }
  return count;
}
