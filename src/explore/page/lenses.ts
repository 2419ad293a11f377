import type { Project } from './project.ts';
import { typeName } from './project.ts';

/** A colour by its meaning; the style sheet knows which. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle' | `hue${number}`;

/** What a lens says of a node. The mark says the same as the colour, for those who do not see it. */
export interface Reading {
  readonly key: string;
  readonly tone: Tone;
  readonly mark: string;
  /** More than the key, for the second line of a card. */
  readonly note?: string;
}

/** A way to look at the graph. */
export interface Lens {
  readonly name: string;
  /** Why there is nothing to see through it; undefined where there is. */
  readonly missing?: string;
  readonly read: (node: number) => Reading;
}

export type LensName = 'type' | 'materialization' | 'tests' | 'run' | 'freshness' | 'owner';

const GOOD = new Set(['success', 'pass', 'no-op', 'reused']);
const MARKS = { good: '✓', warn: '!', bad: '✕', idle: '–' } as const;

/** How serious a status is. */
export const toneOf = (status: string | undefined): 'good' | 'warn' | 'bad' | 'idle' =>
  status === undefined || status === 'skipped'
    ? 'idle'
    : GOOD.has(status)
      ? 'good'
      : status === 'warn' || status === 'partial success'
        ? 'warn'
        : 'bad';

const reading = (key: string, tone: keyof typeof MARKS, note?: string): Reading => ({
  key,
  tone,
  mark: MARKS[tone],
  note,
});

const HUES: Readonly<Record<string, number>> = {
  model: 0,
  source: 1,
  seed: 2,
  snapshot: 3,
  exposure: 4,
  metric: 5,
  semantic_model: 5,
  saved_query: 5,
  analysis: 6,
  function: 7,
  outside: 8,
};

/** The colour of a type of resource. */
export const hueOf = (type: string): Tone => `hue${HUES[type] ?? 8}`;

/** All lenses of a project. */
export function lensesOf(project: Project): Readonly<Record<LensName, Lens>> {
  const { nodes, data } = project;
  const stale = staleness(project);
  return {
    type: {
      name: 'Kind',
      read: (node) => ({ key: typeName(nodes[node]!.type), tone: hueOf(nodes[node]!.type), mark: '' }),
    },
    materialization: { name: 'Materialization', read: categories(project, (node) => project.materialized(node)) },
    tests: {
      name: 'Tests',
      missing: nodes.some(({ type }) => type === 'test' || type === 'unit_test') ? undefined : 'there are no tests',
      read: (node) => testReading(project, node),
    },
    run: {
      name: 'Last run',
      missing: data.run ? undefined : 'nothing has run yet: there is no run_results.json of a run',
      read: (node) => {
        const { result } = nodes[node]!;
        if (!result) return reading('not in the run', 'idle');
        return reading(result.status, toneOf(result.status), `${result.status} · ${seconds(result.seconds)}`);
      },
    },
    freshness: {
      name: 'Freshness',
      missing: data.freshnessAt === null ? 'xform source freshness has not run: there is no sources.json' : undefined,
      read: (node) => stale.get(node) ?? reading('not known', 'idle'),
    },
    owner: {
      name: 'Owner',
      missing: nodes.some(({ owner }) => owner !== undefined)
        ? undefined
        : 'no group, meta.owner or exposure names one',
      read: categories(project, (node) => nodes[node]!.owner ?? 'nobody'),
    },
  };
}

/** Values that have no order: a colour for each of the most frequent, one for all others. */
function categories(project: Project, sortOf: (node: number) => string): Lens['read'] {
  let often: string[] | undefined;
  return (node) => {
    often ??= byFrequency(project.drawn.map(sortOf));
    const value = sortOf(node);
    return { key: value, tone: value === 'nobody' ? 'idle' : `hue${Math.min(8, often.indexOf(value))}`, mark: '' };
  };
}

function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

function testReading(project: Project, node: number): Reading {
  const tests = project.tests(node);
  if (tests.length === 0) return reading('no tests', 'idle');
  const results = tests.map((test) => project.nodes[test]!.result?.status);
  const count = (tone: string): number => results.filter((status) => toneOf(status) === tone).length;
  const of = (n: number): string => `${n} of ${tests.length}`;
  if (count('bad')) return reading('failing', 'bad', `${of(count('bad'))} fail`);
  if (count('warn')) return reading('warning', 'warn', `${of(count('warn'))} warn`);
  if (results.every((status) => status === undefined)) return reading('not run', 'idle', `${tests.length} not run`);
  return reading('passing', 'good', `${of(count('good'))} pass`);
}

/** Sources as they were found, and what stands on those that are late. */
function staleness(project: Project): ReadonlyMap<number, Reading> {
  const found = new Map<number, Reading>();
  const late: number[] = [];
  for (const node of project.drawn) {
    const { freshness } = project.nodes[node]!;
    if (!freshness) continue;
    const tone = toneOf(freshness.status);
    const age = freshness.age === undefined ? '' : ` · ${duration(freshness.age)} old`;
    found.set(
      node,
      reading(
        { good: 'fresh', warn: 'late', bad: 'stale', idle: 'not known' }[tone],
        tone,
        `${freshness.status}${age}`,
      ),
    );
    if (tone === 'warn' || tone === 'bad') late.push(node);
  }
  for (let node = late.pop(); node !== undefined; node = late.pop())
    for (const child of project.children(node)) {
      if (found.has(child)) continue;
      found.set(child, reading('stands on late data', 'warn'));
      late.push(child);
    }
  return found;
}

/** Seconds as people read them. */
export const seconds = (value: number): string =>
  value < 1 ? `${Math.round(value * 1000)} ms` : value < 90 ? `${value.toFixed(1)} s` : duration(value);

/** A longer time, in its largest unit. */
export function duration(value: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, size] of units) {
    if (value < size) continue;
    const count = Math.round(value / size);
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${Math.round(value)} seconds`;
}
