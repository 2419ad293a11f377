import { graphNodes, type Manifest } from './manifest.ts';

/** One member of the graph: its unique id, its type, and the numbers of those that stand on it. */
interface SummaryNode {
  readonly name: string;
  readonly type: string;
  readonly succ?: readonly number[];
}

/** dbt's graph_summary.json: the shape of the graph and nothing else, with numbers in the place of unique ids. */
export interface GraphSummary {
  readonly _invocation_id: string;
  readonly linked: Readonly<Record<string, SummaryNode>>;
}

/** The graph of a manifest, in short. */
export function graphSummary(invocationId: string, manifest: Manifest): GraphSummary {
  const members = [...graphNodes(manifest)];
  const numbers = new Map(members.map((node, i) => [node.unique_id, i]));
  const linked: Record<string, SummaryNode> = {};
  for (const [i, { unique_id, resource_type }] of members.entries()) {
    const succ = (manifest.child_map[unique_id] ?? []).map((child) => numbers.get(child)!);
    linked[i] = { name: unique_id, type: resource_type, ...(succ.length ? { succ } : {}) };
  }
  return { _invocation_id: invocationId, linked };
}
