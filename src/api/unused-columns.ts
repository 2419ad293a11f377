import type { Manifest } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { columnKey } from './column-graph.ts';
import { unusedColumns } from './diagnostics.ts';

/**
 * Columns that nothing reads, of models that others stand on. Says nothing of a model that an exposure, a metric or a
 * template reads, or on which something stands whose columns are not known: there somebody may read them.
 */
export function findUnusedColumns(manifest: Manifest, analysed: ReadonlyMap<string, AnalysedNode>): Diagnostic[] {
  const read = new Set<string>();
  for (const { columns, effects } of analysed.values())
    for (const edge of [...effects, ...columns.flatMap(({ edges }) => edges)]) read.add(columnKey(edge));
  for (const node of Object.values(manifest.nodes)) {
    const { attached_node: table, column_name: column } = node as { attached_node?: string; column_name?: string };
    if (table && column) read.add(columnKey({ table, column }));
  }
  const problems: Diagnostic[] = [];
  for (const { uniqueId, columns } of analysed.values()) {
    const node = manifest.nodes[uniqueId];
    const children = (manifest.child_map[uniqueId] ?? []).filter((id) => !/^(test|unit_test)\./.test(id));
    if (node?.resource_type !== 'model' || !children.length) continue;
    const isSeen = children.every((id) => isKnown(analysed.get(id)));
    if (!isSeen) continue;
    // What a star brings along nobody wrote down.
    const unused = columns.flatMap(({ name, span }) =>
      name !== null && span && !read.has(columnKey({ table: uniqueId, column: name })) ? [name] : [],
    );
    const at = { file: node.original_file_path, start: 0, end: 0 };
    if (unused.length) problems.push(unusedColumns({ node: node.name, columns: unused }, { at }));
  }
  return problems;
}

/** A node with a mistake may be meant to read something else. */
const isKnown = (node: AnalysedNode | undefined): boolean =>
  node !== undefined &&
  node.rest.length === 0 &&
  node.columns.every(({ unknown }) => unknown === undefined) &&
  !node.problems.some(({ severity }) => severity === 'error');
