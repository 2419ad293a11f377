import { join } from 'node:path';
import { type Lineage, lineageArtifact, type Manifest, writeArtifact } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import type { Workspace } from './workspace.ts';

const WITH_COLUMNS: readonly string[] = ['model', 'seed', 'snapshot', 'analysis'];

/** Unique ids of all nodes of a project that have columns. */
export const idsWithColumns = (manifest: Manifest): string[] =>
  Object.values(manifest.nodes).flatMap((node) => (WITH_COLUMNS.includes(node.resource_type) ? [node.unique_id] : []));

/** What an analysis says of columns, as an artifact. */
export function lineageOf(
  { invocation }: Workspace,
  { metadata }: Manifest,
  analysed: ReadonlyMap<string, AnalysedNode>,
): Lineage {
  const nodes = [...analysed.values()].map(({ uniqueId, columns, rest, effects }) => [
    uniqueId,
    {
      columns: columns.flatMap(({ name, type, edges, unknown }) =>
        name === null ? [] : [{ name, type, from: edges, ...(unknown === undefined ? {} : { unknown }) }],
      ),
      rows_from: effects,
      incomplete: rest,
    },
  ]);
  return lineageArtifact(invocation, invocation.now(), metadata, Object.fromEntries(nodes));
}

/** Writes lineage.json, where all models and snapshots were analysed and artifacts are wanted: half of it would mislead. */
export function writeLineage(
  workspace: Workspace,
  manifest: Manifest,
  analysed: ReadonlyMap<string, AnalysedNode>,
): void {
  const isWhole = Object.values(manifest.nodes).every(
    ({ unique_id, resource_type }) => !['model', 'snapshot'].includes(resource_type) || analysed.has(unique_id),
  );
  if (!workspace.flags.writeJson || !isWhole) return;
  writeArtifact(join(workspace.targetFolder, 'lineage.json'), lineageOf(workspace, manifest, analysed));
}

/**
 * The manifest with the lineage in the `meta` of its nodes. dbt's schema lets nothing new stand in a node or a column, but
 * anything in `meta`; the `meta` of a node is compared by no state, while that of its config is what the user wrote.
 */
export function withColumnLineage(manifest: Manifest, lineage: Lineage): Manifest {
  const nodes = Object.entries(manifest.nodes).map(([id, node]) => {
    const known = lineage.nodes[id];
    if (!known?.columns.some(({ from }) => from.length > 0)) return [id, node];
    const column_lineage = Object.fromEntries(known.columns.map(({ name, from }) => [name, from]));
    return [id, { ...node, meta: { ...node.meta, xform: { column_lineage } } }];
  });
  return { ...manifest, nodes: Object.fromEntries(nodes) };
}
