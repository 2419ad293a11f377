import { type GraphNode, graphNodes, type Manifest, type ManifestNode } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import { edgeKinds } from '../sql/index.ts';
import { ColumnGraph, type ColumnRef, columnKey } from './column-graph.ts';
import type { EarlierProject } from './earlier-project.ts';

/** What became of a column. `lineage`: it comes from other columns, or in another way; `definition`: its values may be others. */
export type ColumnChange = 'added' | 'removed' | 'type' | 'lineage' | 'definition';

/** One column that is not what it was. */
export interface ChangedColumn {
  readonly name: string;
  readonly change: ColumnChange;
  /** For a type: what it was and what it is. */
  readonly from?: string;
  readonly to?: string;
}

/** A node that somebody changed. */
export interface ChangedNode {
  readonly uniqueId: string;
  readonly change: 'added' | 'removed' | 'modified';
  readonly columns: readonly ChangedColumn[];
}

/** Columns of a node that something changed reaches. */
export interface TouchedNode {
  readonly uniqueId: string;
  readonly columns: readonly string[];
  /** Those that stand on what is no more. */
  readonly broken: readonly string[];
}

/** What changes touch, near and far. Everything is named by unique ids. */
export interface Impact {
  readonly base: string;
  readonly changed: readonly ChangedNode[];
  readonly touched: readonly TouchedNode[];
  readonly tests: readonly string[];
  readonly exposures: readonly string[];
  /** Names or addresses of those whom it concerns. */
  readonly owners: readonly string[];
}

/** A project as it is now. */
export interface ProjectNow {
  readonly manifest: Manifest;
  readonly analysed: ReadonlyMap<string, AnalysedNode>;
  /** Whether somebody changed a node that was there before. */
  readonly isModified: (id: string) => boolean;
}

/** What the changes since an earlier project touch, column by column. */
export function impactOf(now: ProjectNow, then: EarlierProject): Impact {
  const changed = changedNodes(now, then);
  const gone = changed.flatMap(({ uniqueId, columns }) =>
    columns.flatMap(({ name, change }) => (change === 'removed' ? [{ table: uniqueId, column: name }] : [])),
  );
  const other = changed.flatMap(({ uniqueId, columns }) =>
    columns.flatMap(({ name, change }) =>
      change === 'removed' || change === 'added' ? [] : [{ table: uniqueId, column: name }],
    ),
  );
  const touched = reached(new ColumnGraph(now.analysed.values(), true), other);
  const broken = reached(new ColumnGraph(then.analysed.values(), true), gone);
  const own = new Set(changed.map(({ uniqueId }) => uniqueId));
  const nodes = followers(now.manifest, changed).flatMap((id): TouchedNode[] => {
    if (own.has(id)) return [];
    const columns = touched.get(id) ?? new Set();
    const lost = broken.get(id) ?? new Set();
    return columns.size || lost.size ? [{ uniqueId: id, columns: [...columns], broken: [...lost] }] : [];
  });
  const ids = new Set([...own, ...nodes.map(({ uniqueId }) => uniqueId)]);
  const exposures = Object.values(now.manifest.exposures).filter(({ depends_on }) =>
    depends_on.nodes.some((id) => ids.has(id)),
  );
  return {
    base: then.label,
    changed,
    touched: nodes,
    tests: testsOn(now.manifest, ids, new Map([...touched, ...changedNames(changed)])),
    exposures: exposures.map(({ unique_id }) => unique_id),
    owners: ownersOf(now.manifest, [
      ...exposures,
      ...[...ids].flatMap((id) => now.manifest.nodes[id] ?? then.manifest.nodes[id] ?? []),
    ]),
  };
}

function changedNodes(now: ProjectNow, then: EarlierProject): ChangedNode[] {
  const changed: ChangedNode[] = [];
  for (const { unique_id: id, resource_type: type } of graphNodes(now.manifest)) {
    if (!['model', 'seed', 'snapshot', 'source'].includes(type)) continue;
    if (!then.manifest.nodes[id] && !then.manifest.sources[id])
      changed.push({ uniqueId: id, change: 'added', columns: [] });
    else if (now.isModified(id)) {
      const columns = changedColumns(now.analysed.get(id), then.analysed.get(id));
      changed.push({ uniqueId: id, change: 'modified', columns });
    }
  }
  for (const { unique_id: id, resource_type: type } of Object.values(then.manifest.nodes))
    if (['model', 'seed', 'snapshot'].includes(type) && !now.manifest.nodes[id]) {
      const columns = then.analysed.get(id)?.columns ?? [];
      const removed = columns.flatMap(({ name }): ChangedColumn[] =>
        name === null ? [] : [{ name, change: 'removed' }],
      );
      changed.push({ uniqueId: id, change: 'removed', columns: removed });
    }
  return changed;
}

/**
 * Columns of a changed node that are not what they were. Where nothing tells them apart though its SQL is another, the
 * values of any may be.
 */
function changedColumns(now: AnalysedNode | undefined, then: AnalysedNode | undefined): ChangedColumn[] {
  const before = columnsOf(then);
  const after = columnsOf(now);
  const changes: ChangedColumn[] = [];
  for (const [key, { name }] of before) if (!after.has(key)) changes.push({ name: name!, change: 'removed' });
  for (const [key, column] of after) {
    const old = before.get(key);
    const name = column.name!;
    if (!old) changes.push({ name, change: then ? 'added' : 'definition' });
    else if (old.type !== null && column.type !== null && old.type !== column.type)
      changes.push({ name, change: 'type', from: old.type, to: column.type });
    else if (!isSameList(old.edges, column.edges)) changes.push({ name, change: 'lineage' });
  }
  if (changes.length && isSameList(now?.effects ?? [], then?.effects ?? [])) return changes;
  const told = new Set(changes.map(({ name }) => name));
  const rest = [...after.values()].filter(({ name }) => !told.has(name!));
  return [...changes, ...rest.map(({ name }): ChangedColumn => ({ name: name!, change: 'definition' }))];
}

const columnsOf = (node: AnalysedNode | undefined) =>
  new Map(
    (node?.columns ?? []).flatMap((column) => (column.name === null ? [] : [[column.name.toLowerCase(), column]])),
  );

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  const texts = (list: readonly unknown[]): string => JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
  return texts(a) === texts(b);
};

/** Columns that stand on some others, by node. */
function reached(graph: ColumnGraph, start: readonly ColumnRef[]): Map<string, Set<string>> {
  const kinds = new Set(edgeKinds);
  const from = new Set(start.map(columnKey));
  const found = new Map<string, Set<string>>();
  for (const { to } of graph.from(start, { direction: 'down', depth: Number.POSITIVE_INFINITY, kinds })) {
    if (from.has(columnKey(to))) continue;
    const columns = found.get(to.table) ?? new Set();
    found.set(to.table, columns.add(to.column));
  }
  return found;
}

/** Everything that stands on what has changed, parents first as far as the manifest has them so. */
function followers({ child_map }: Manifest, changed: readonly ChangedNode[]): string[] {
  const found = new Set(changed.map(({ uniqueId }) => uniqueId));
  for (const id of found) for (const child of child_map[id] ?? []) found.add(child);
  return [...found];
}

const changedNames = (changed: readonly ChangedNode[]): [string, Set<string>][] =>
  changed.map(({ uniqueId, columns }) => [uniqueId, new Set(columns.map(({ name }) => name))]);

/** Tests of columns that are touched, and tests of whole nodes. */
function testsOn(
  { nodes, unit_tests }: Manifest,
  ids: ReadonlySet<string>,
  columns: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const found = Object.values(nodes).flatMap((node): string[] => {
    if (node.resource_type !== 'test' || !node.depends_on.nodes.some((id) => ids.has(id))) return [];
    const { attached_node: on, column_name: column } = node as ManifestNode & {
      attached_node?: string | null;
      column_name?: string | null;
    };
    const touched = on ? columns.get(on) : undefined;
    const isElsewhere = column && touched && ![...touched].some((name) => name.toLowerCase() === column.toLowerCase());
    return isElsewhere ? [] : [node.unique_id];
  });
  const units = Object.values(unit_tests).filter(({ depends_on }) => depends_on.nodes.some((id) => ids.has(id)));
  return [...found, ...units.map(({ unique_id }) => unique_id)];
}

/** Who is named as the owner of something. */
function ownersOf({ groups }: Manifest, members: readonly GraphNode[]): string[] {
  const owners = new Set<string>();
  for (const member of members) {
    const { owner, group, config } = member as {
      owner?: { name?: unknown; email?: unknown };
      group?: string | null;
      config?: { meta?: Record<string, unknown> };
    };
    const ofGroup = Object.values(groups).find(({ name }) => name === group)?.owner;
    for (const one of [owner?.name ?? owner?.email, ofGroup?.name ?? ofGroup?.email, config?.meta?.owner])
      if (typeof one === 'string' && one !== '') owners.add(one);
  }
  return [...owners].sort();
}
