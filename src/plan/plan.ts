import { type GraphNode, graphNodes, type Manifest, parentsOf } from '../artifacts/index.ts';
import { addTo } from '../core/index.ts';
import { buildDag, neighbours, subDag, topologicalOrder, withTestEdges } from '../graph/index.ts';

/** What is to be done with a node. */
export type Intent = 'seed' | 'model' | 'snapshot' | 'function' | 'test' | 'unit_test' | 'note' | 'clone' | 'freshness';

/** One node to run, and what must have ended before it. */
export interface Step {
  readonly id: string;
  readonly intent: Intent;
  /** Ids of steps that must end first; where one fails or is skipped, this step is skipped. */
  readonly after: readonly string[];
}

/** Steps in an order in which each stands behind those it waits for. */
export interface Plan {
  readonly steps: readonly Step[];
}

/** How steps depend on each other beyond the graph. */
export interface PlanOptions {
  /** A node waits for the tests of what it builds on (`build`). */
  readonly testsFirst: boolean;
}

const INTENTS: Readonly<Record<string, Intent>> = {
  seed: 'seed',
  model: 'model',
  snapshot: 'snapshot',
  function: 'function',
  test: 'test',
  unit_test: 'unit_test',
  exposure: 'note',
  saved_query: 'note',
};

/** Steps that do not wait for each other, all of one intent. */
export function independentSteps(ids: Iterable<string>, intent: Intent): Plan {
  return { steps: [...ids].map((id) => ({ id, intent, after: [] })) };
}

/** Nodes that can stand in a plan: ephemeral models live in the SQL of others. */
function intentOf(node: GraphNode | undefined): Intent | undefined {
  if (!node) return undefined;
  if (node.resource_type === 'model' && node.config.materialized === 'ephemeral') return undefined;
  return INTENTS[node.resource_type];
}

/** Makes the ordered steps of a run of the selected nodes. */
export function planRun(manifest: Manifest, selected: ReadonlySet<string>, options: PlanOptions): Plan {
  const nodes = new Map<string, GraphNode>();
  for (const node of graphNodes(manifest)) nodes.set(node.unique_id, node);
  const whole = buildDag(edges(nodes, selected));
  const runs = new Set([...nodes.keys()].filter((id) => selected.has(id) && intentOf(nodes.get(id))));
  const isTest = (id: string): boolean => runs.has(id) && nodes.get(id)!.resource_type === 'test';
  const waits = (id: string): boolean => !NEVER_WAIT.has(nodes.get(id)!.resource_type);
  const dag = subDag(options.testsFirst ? withTestEdges(whole, { isTest, waits }) : whole, runs);
  const steps = topologicalOrder(dag).map((id) => ({
    id,
    intent: intentOf(nodes.get(id))!,
    after: [...neighbours(dag.parents, dag.indexOf.get(id)!)].map((parent) => dag.ids[parent]!),
  }));
  return { steps };
}

const NEVER_WAIT = new Set(['test', 'unit_test']);

/**
 * The graph as it is run: a unit test stands on what the model builds on that it tests, and before that model where the
 * model is run, too.
 */
function edges(nodes: ReadonlyMap<string, GraphNode>, selected: ReadonlySet<string>): [string, readonly string[]][] {
  const before = new Map<string, string[]>();
  for (const node of nodes.values()) {
    const [model] = node.resource_type === 'unit_test' && selected.has(node.unique_id) ? node.depends_on.nodes : [];
    if (model !== undefined && selected.has(model)) addTo(before, model, node.unique_id);
  }
  return [...nodes.values()].map((node) => {
    const tested = node.resource_type === 'unit_test' ? nodes.get(node.depends_on.nodes[0] ?? '') : undefined;
    return [node.unique_id, [...parentsOf(tested ?? node), ...(before.get(node.unique_id) ?? [])]];
  });
}
