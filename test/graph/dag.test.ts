import { describe, expect, it } from 'vitest';
import {
  ancestors,
  buildDag,
  type DagEntry,
  descendants,
  findCycle,
  generations,
  neighbours,
  subDag,
  topologicalOrder,
  withTestEdges,
} from '../../src/graph/index.ts';

/** `a>b` says that b stands on a. */
function graph(text: string) {
  const parents = new Map<string, string[]>();
  for (const path of text.split(' ')) {
    const ids = path.split('>');
    ids.forEach((id, index) => {
      const known = parents.get(id) ?? [];
      if (index > 0) known.push(ids[index - 1]!);
      parents.set(id, known);
    });
  }
  return buildDag(parents);
}

const edges = (dag: ReturnType<typeof graph>): string[] =>
  dag.ids.flatMap((id, node) => [...neighbours(dag.parents, node)].map((parent) => `${dag.ids[parent]}>${id}`)).sort();

describe('building', () => {
  it('leaves out parents that are no nodes, and repetitions', () => {
    const dag = buildDag([
      ['b', ['a', 'gone', 'a']],
      ['a', []],
    ]);
    expect(edges(dag)).toEqual(['a>b']);
    expect([...neighbours(dag.children, 1)]).toEqual([0]);
  });
});

describe('order', () => {
  it('goes by level, then by id', () => {
    const dag = graph('z>m>b a>b a>c');
    expect(generations(dag)).toEqual([['a', 'z'], ['c', 'm'], ['b']]);
    expect(topologicalOrder(dag)).toEqual(['a', 'z', 'c', 'm', 'b']);
  });

  it('puts a node one level below its deepest parent', () => {
    expect(generations(graph('a>b>c>d a>d'))).toEqual([['a'], ['b'], ['c'], ['d']]);
  });
});

describe('cycles', () => {
  it.each([
    ['a>b>c>a', ['a', 'b', 'c', 'a']],
    ['x>a>b>a', ['a', 'b', 'a']],
    ['a>a', ['a', 'a']],
    ['r>p>q r>q>s>q', ['q', 's', 'q']],
  ])('%s', (text, cycle) => {
    expect(findCycle(graph(text))).toEqual(cycle);
  });

  it('none in a diamond', () => {
    expect(findCycle(graph('a>b>d a>c>d'))).toBeUndefined();
  });

  it('finds one in a chain deeper than the call stack', () => {
    const size = 50_000;
    const entries: DagEntry[] = Array.from({ length: size }, (_, i) => [`n${i}`, [`n${(i + size - 1) % size}`]]);
    expect(findCycle(buildDag(entries))).toHaveLength(size + 1);
  });
});

describe('reach', () => {
  const dag = graph('a>b>c>d b>e x>d');
  it.each<[string, () => Set<string>, string]>([
    ['ancestors', () => ancestors(dag, ['d']), 'abcx'],
    ['ancestors, one step', () => ancestors(dag, ['d'], 1), 'cx'],
    ['no steps', () => ancestors(dag, ['d'], 0), ''],
    ['descendants', () => descendants(dag, ['b']), 'cde'],
    ['descendants, one step', () => descendants(dag, ['a', 'c'], 1), 'bd'],
    ['the start, where another start leads to it', () => descendants(dag, ['a', 'b']), 'bcde'],
    ['unknown ids', () => descendants(dag, ['nope']), ''],
  ])('%s', (_, found, ids) => {
    expect([...found()].sort().join('')).toBe(ids);
  });
});

describe('a part of the graph', () => {
  it('keeps the order across nodes left out', () => {
    expect(edges(subDag(graph('a>b>c>d a>d x>c'), new Set(['a', 'd', 'x'])))).toEqual(['a>d', 'x>d']);
  });

  it('does not join what only another chosen node joins', () => {
    expect(edges(subDag(graph('a>b>c'), new Set(['a', 'b', 'c'])))).toEqual(['a>b', 'b>c']);
  });
});

describe('waiting for tests', () => {
  /** Pseudo-random, the same every time. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is by everything that stands on all parents of a test, in graph %i', (seed) => {
    const next = random(seed);
    const pick = (below: number, count: number) =>
      Array.from({ length: count }, () => `m${Math.floor(next() * below)}`);
    const models: DagEntry[] = Array.from({ length: 30 }, (_, i) => [
      `m${i}`,
      i === 0 ? [] : pick(i, 1 + (i % 3 === 0 ? 1 : 0)),
    ]);
    const tests: DagEntry[] = Array.from({ length: 20 }, (_, i) => [`t${i}`, pick(30, 1 + (i % 3))]);
    const before = buildDag([...models, ...tests]);
    const isTest = (id: string) => id.startsWith('t');
    const after = withTestEdges(before, { isTest, waits: (id) => !isTest(id) });
    expect(findCycle(after)).toBeUndefined();
    for (const [model] of models) {
      const upstream = ancestors(before, [model]);
      const wanted = tests.filter(([, parents]) => parents.every((parent) => upstream.has(parent))).map(([id]) => id);
      const found = [...ancestors(after, [model])].filter(isTest);
      expect(found.sort()).toEqual(wanted.sort());
    }
  });
});
