import { graphNodes } from '../artifacts/index.ts';
import { type CommandName, emit } from '../core/index.ts';
import { parseNamedSelectors, select, selectableGraph } from '../graph/index.ts';
import type { Parsed } from '../parse/index.ts';
import { defaultSelector, noNodesForSelectionCriteria } from '../run/index.ts';
import { earlierState, tellStateProblems } from './earlier-state.ts';
import type { Workspace } from './workspace.ts';

/** Types of resource that a command works on. */
const TYPES: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  build: ['model', 'seed', 'snapshot', 'test', 'unit_test', 'exposure', 'saved_query', 'function'],
  check: ['model', 'snapshot'],
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  clone: ['model', 'seed', 'snapshot'],
  'source freshness': ['source'],
  'sources pull': ['source'],
  'docs generate': ['model', 'seed', 'snapshot', 'test', 'analysis', 'source', 'function'],
  compile: ['model', 'seed', 'snapshot', 'test', 'analysis', 'unit_test', 'function'],
  show: ['model', 'seed', 'snapshot', 'test', 'analysis', 'source'],
};

const LISTED = [
  'model',
  'snapshot',
  'seed',
  'test',
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'unit_test',
  'function',
];

/** The types that `--resource-type` names, its words `default` and `all` spelt out. */
function wantedTypes(workspace: Workspace): readonly string[] | undefined {
  const { command, flags } = workspace;
  const own = command === 'list' ? LISTED : TYPES[command];
  if (command === 'list' && flags.models.length) return ['model'];
  if (!flags.resourceTypes.length) return own;
  const wanted = flags.resourceTypes.flatMap((type) =>
    type === 'all' ? [...(own ?? LISTED), 'analysis'] : type === 'default' ? (own ?? LISTED) : [type],
  );
  return own && command !== 'list' ? wanted.filter((type) => own.includes(type)) : wanted;
}

/** Unique ids that the flags select, of the types that the command works on. Tells of criteria without a match. */
export function selectNodes(workspace: Workspace, parsed: Parsed): ReadonlySet<string> {
  const { flags, invocation, project } = workspace;
  const graph = selectableGraph(
    [...graphNodes(parsed.manifest)].filter((node) => node.config.enabled !== false) as never,
  );
  const selectors = parseNamedSelectors(workspace.selectors, flags.indirectSelection);
  const previous = earlierState(workspace, parsed);
  const { selected, warnings } = select(graph, {
    select: flags.models.length ? flags.models : flags.select,
    exclude: flags.exclude,
    selector: flags.selector ?? undefined,
    selectors,
    indirectSelection: flags.indirectSelection,
    resourceTypes: wantedTypes(workspace),
    excludeResourceTypes: flags.excludeResourceTypes,
    includeEmpty: workspace.command === 'list' || workspace.command === 'docs generate',
    projectName: project.name,
    previous,
  });
  if (previous) tellStateProblems(workspace, previous.problems());
  const isSaid = [flags.models, flags.select, flags.exclude].some((said) => said.length > 0) || flags.selector !== null;
  const standard = isSaid ? undefined : [...selectors.values()].find((selector) => selector.isDefault);
  if (standard) emit(invocation, defaultSelector(standard.name));
  for (const warning of warnings) emit(invocation, noNodesForSelectionCriteria(String(warning.data.criterion)));
  return selected;
}
