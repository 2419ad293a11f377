import { describe, expect, it } from 'vitest';
import { type LayoutInput, layout } from '../../src/explore/page/layout.ts';

const graph = (size: number, edges: LayoutInput['edges']): LayoutInput => ({
  widths: new Array<number>(size).fill(100),
  heights: new Array<number>(size).fill(40),
  ports: new Array<number>(size).fill(20),
  edges,
});

/** Pairs of boxes that lie over one another. */
function overlaps({ widths, heights, edges }: LayoutInput): number {
  const { x, y } = layout({ widths, heights, ports: widths.map(() => 20), edges });
  let count = 0;
  for (let a = 0; a < x.length; a++)
    for (let b = 0; b < a; b++)
      if (
        x[a]! < x[b]! + widths[b]! &&
        x[b]! < x[a]! + widths[a]! &&
        y[a]! < y[b]! + heights[b]! &&
        y[b]! < y[a]! + heights[a]!
      )
        count++;
  return count;
}

/** The same numbers every time. */
function* random(): Generator<number, never> {
  for (let seed = 7; ; seed = (seed * 48271) % 0x7fffffff) yield seed / 0x7fffffff;
}

function someGraph(size: number): LayoutInput {
  const next = random();
  const edges: [number, number][] = [];
  for (let to = 1; to < size; to++)
    for (let i = 0; i < 2; i++) {
      const from = Math.floor(next.next().value * to);
      if (!edges.some(([a, b]) => a === from && b === to)) edges.push([from, to]);
    }
  return graph(size, edges);
}

describe('layout', () => {
  it('puts boxes behind what they read from, in straight lines where it can', () => {
    const { x, y } = layout(
      graph(3, [
        [0, 1],
        [1, 2],
      ]),
    );
    expect(x[0]! < x[1]! && x[1]! < x[2]!).toBe(true);
    expect([...y]).toEqual([0, 0, 0]);
  });

  it('leads long edges between the boxes that are on their way', () => {
    const input = graph(4, [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
    ]);
    const { x, y, routes } = layout(input);
    expect(routes[3]).toHaveLength(2);
    for (const [i, [from, to, at]] of routes[3]!.entries()) {
      const box = i + 1;
      expect(x[box]! >= from && x[box]! + 100 <= to).toBe(true);
      expect(at < y[box]! || at > y[box]! + 40).toBe(true);
    }
  });

  it('makes the boxes of a layer as wide as the widest of them', () => {
    const input = graph(4, [
      [0, 2],
      [1, 2],
    ]);
    expect(layout({ ...input, widths: [80, 120, 60, 50] }).widths).toEqual([120, 120, 60, 50]);
  });

  it('uncrosses what can be uncrossed', () => {
    const { y } = layout(
      graph(6, [
        [0, 5],
        [1, 4],
        [2, 3],
      ]),
    );
    expect(y[0]).toBe(y[5]);
    expect(y[1]).toBe(y[4]);
    expect(y[2]).toBe(y[3]);
  });

  it('lets no boxes overlap', () => {
    expect(overlaps(someGraph(200))).toBe(0);
    expect(overlaps(graph(30, []))).toBe(0);
  });

  it('folds layers that would be too high', () => {
    const star = graph(
      121,
      Array.from({ length: 120 }, (_, i) => [0, i + 1] as const),
    );
    const { x, width, height } = layout(star);
    expect(new Set(x).size).toBeGreaterThan(3);
    expect(height / width).toBeLessThan(4);
    expect(overlaps(star)).toBe(0);
  });

  it('has one layer behind the other in very large graphs too', () => {
    const { x } = layout(
      graph(
        1200,
        Array.from({ length: 600 }, (_, i) => [i, i + 600] as const),
      ),
    );
    expect(new Set(x).size).toBe(2);
  });

  it('gives the same for the same', () => {
    expect(layout(someGraph(100))).toEqual(layout(someGraph(100)));
  });

  it('puts those that read from one another into one layer', () => {
    const { x } = layout(
      graph(4, [
        [0, 1],
        [1, 2],
        [2, 1],
        [2, 3],
      ]),
    );
    expect(x[1]).toBe(x[2]);
    expect(x[0]! < x[1]! && x[1]! < x[3]!).toBe(true);
  });

  it('comes to an end where a large circle is', () => {
    const ring = Array.from({ length: 40 }, (_, i) => [i, (i + 1) % 40] as const);
    expect(overlaps(graph(40, ring))).toBe(0);
  });
});
