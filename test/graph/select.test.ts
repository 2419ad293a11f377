import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/core/index.ts';
import {
  type IndirectSelection,
  parseNamedSelectors,
  type RawNamedSelector,
  type SelectableNode,
  type SelectOptions,
  select,
  selectableGraph,
} from '../../src/graph/index.ts';

interface Recorded {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly selector?: string;
  readonly indirectSelection?: IndirectSelection;
  readonly resourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
  readonly selected?: readonly string[];
  readonly unmatched?: readonly string[];
  readonly error?: string;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;

/** A small project, and what `dbt ls` 1.12.6 answers for it. */
const project = read<{ nodes: readonly SelectableNode[]; selectors: readonly RawNamedSelector[] }>('./shop.json');
const answers = read<readonly Recorded[]>('./shop-answers.json');

const graph = selectableGraph(project.nodes);

/** What `ls` lists where no type is named: everything but analyses and hooks. */
const LISTED = project.nodes
  .map((node) => node.resource_type)
  .filter((type) => type !== 'analysis' && type !== 'operation');

function typesOf(types: readonly string[] | undefined): readonly string[] {
  if (types === undefined || types.includes('default')) return LISTED;
  return types.includes('all') ? [...LISTED, 'analysis'] : types;
}

function ask(question: Recorded, more: Partial<SelectOptions> = {}) {
  return select(graph, {
    ...question,
    resourceTypes: typesOf(question.resourceTypes),
    selectors: parseNamedSelectors(project.selectors, question.indirectSelection ?? 'eager'),
    includeEmpty: true,
    projectName: 'shop',
    ...more,
  });
}

const title = ({ selected, unmatched, error, ...question }: Recorded): string =>
  Object.entries(question)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' | ') : value}`)
    .join(', ') || 'nothing said';

describe('selects what dbt selects', () => {
  const good = answers.filter((answer) => answer.selected !== undefined);
  it.each(good.map((answer) => [title(answer), answer] as const))('%s', (_, answer) => {
    const { selected, warnings } = ask(answer);
    expect([...selected].sort()).toEqual([...answer.selected!].sort());
    expect(warnings.map((warning) => warning.data.criterion)).toEqual(answer.unmatched ?? []);
  });
});

describe('refuses what dbt refuses', () => {
  const bad = answers.filter((answer) => answer.error !== undefined);
  it.each(bad.map((answer) => [title(answer), answer] as const))('%s', (_, answer) => {
    expect(() => ask(answer)).toThrow(DiagnosticError);
  });
});
