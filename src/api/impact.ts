import { type GraphNode, graphNodes, isRefable, type Manifest, type ManifestNode } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import { addTo } from '../core/index.ts';
import type { StateAspect } from '../graph/index.ts';
import {
  type ChangedColumn,
  type ColumnChange,
  changedColumns,
  changedSettings,
  type NodeChange,
} from './changed-columns.ts';
import { columnKey } from './column-graph.ts';
import type { EarlierProject } from './earlier-project.ts';

/** A node that somebody changed. */
export interface ChangedNode extends NodeChange {
  readonly uniqueId: string;
  readonly change: 'added' | 'removed' | 'modified';
}

/** Columns of a node that something changed reaches. */
export interface TouchedNode {
  readonly uniqueId: string;
  /** Whether it may have other rows; its columns are all touched then. */
  readonly rows: boolean;
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
  /** Whether somebody changed a node, or an aspect of it. */
  readonly isModified: (id: string, aspect?: StateAspect) => boolean;
}

/** What the changes since an earlier project touch, column by column. */
export function impactOf(now: ProjectNow, then: EarlierProject): Impact {
  const changed = changedNodes(now, then);
  const followers = (id: string) => now.manifest.child_map[id] ?? [];
  const touched = reached(
    now.analysed,
    followers,
    startsOf(changed, (change) => !['added', 'removed'].includes(change)),
  );
  // Whoever changed a node has seen what is no more: only what nobody has looked at stands on it.
  const own = new Set(changed.map(({ uniqueId }) => uniqueId));
  const before = (id: string) => (then.manifest.child_map[id] ?? []).filter((child) => !own.has(child));
  const others = new Map([...then.analysed].filter(([id]) => !own.has(id)));
  const broken = reached(
    others,
    before,
    startsOf(changed, (change) => change === 'removed'),
  );
  const nodes = inOrder(now.manifest, own).flatMap((id): TouchedNode[] => {
    const told = new Set(changed.find(({ uniqueId }) => uniqueId === id)?.columns.map(({ name }) => name));
    const columns = [...(touched.get(id)?.columns ?? [])].filter((name) => !told.has(name));
    const lost = [...(broken.get(id)?.columns ?? [])];
    const rows = touched.get(id)?.rows === true && !own.has(id);
    return rows || columns.length || lost.length ? [{ uniqueId: id, rows, columns, broken: lost }] : [];
  });
  const concerned = changed.filter(
    ({ change, rows, columns }) => change !== 'modified' || rows !== 'same' || columns.length,
  );
  const ids = new Set([...concerned, ...nodes].map(({ uniqueId }) => uniqueId));
  const columns = new Map<string, Set<string>>();
  for (const { uniqueId, columns: names } of nodes) columns.set(uniqueId, new Set(names));
  for (const { uniqueId, columns: all } of changed)
    columns.set(uniqueId, new Set([...(columns.get(uniqueId) ?? []), ...all.map(({ name }) => name)]));
  const exposures = Object.values(now.manifest.exposures).filter(({ depends_on }) =>
    depends_on.nodes.some((id) => ids.has(id)),
  );
  return {
    base: then.label,
    changed,
    touched: nodes,
    tests: testsOn(now.manifest, ids, columns),
    exposures: exposures.map(({ unique_id }) => unique_id),
    owners: ownersOf(now.manifest, [
      ...exposures,
      ...[...ids].flatMap((id) => now.manifest.nodes[id] ?? then.manifest.nodes[id] ?? []),
    ]),
  };
}

function changedNodes(now: ProjectNow, then: EarlierProject): ChangedNode[] {
  const changed: ChangedNode[] = [];
  for (const node of graphNodes(now.manifest)) {
    const { unique_id: id, resource_type: type } = node;
    if (!isRefable(type) && type !== 'source') continue;
    if (!then.manifest.nodes[id] && !then.manifest.sources[id])
      changed.push({ uniqueId: id, change: 'added', rows: 'changed', columns: [] });
    else if (now.isModified(id)) changed.push({ uniqueId: id, change: 'modified', ...changeOf(id, now, then) });
  }
  for (const { unique_id: id, resource_type: type } of Object.values(then.manifest.nodes))
    if (isRefable(type) && !now.manifest.nodes[id]) {
      const columns = then.analysed.get(id)?.columns ?? [];
      const removed = columns.flatMap(({ name }): ChangedColumn[] =>
        name === null ? [] : [{ name, change: 'removed' }],
      );
      changed.push({ uniqueId: id, change: 'removed', rows: 'changed', columns: removed });
    }
  return changed;
}

function changeOf(id: string, { manifest, analysed, isModified }: ProjectNow, then: EarlierProject): NodeChange {
  const [node, before] = [manifest.nodes[id], then.manifest.nodes[id]];
  if (!node || !before) {
    if (!isModified(id, 'relation')) return { rows: 'same', columns: [] };
    return { rows: 'changed', reason: 'it is another table', columns: [] };
  }
  const settings = isModified(id, 'configs') ? changedSettings(node, before) : [];
  const isSeed = node.resource_type === 'seed';
  const other = ((): Pick<NodeChange, 'rows' | 'reason'> | undefined => {
    if (isSeed && isModified(id, 'body')) return { rows: 'changed', reason: 'its file has changed' };
    if (settings.length) return { rows: 'unknown', reason: `it is configured in another way: ${settings.join(', ')}` };
    return isSeed ? { rows: 'same' } : undefined;
  })();
  return changedColumns(analysed.get(id), then.analysed.get(id), other);
}

/** A column; the rows of a table where it has no name. */
interface Touched {
  readonly table: string;
  readonly column: string | null;
}

/** Where to set out from: columns that are not what they were, and tables with other rows. */
const startsOf = (changed: readonly ChangedNode[], isWanted: (change: ColumnChange) => boolean): Touched[] =>
  changed.flatMap(({ uniqueId: table, change, rows, columns }): Touched[] => {
    const named = columns.filter((one) => isWanted(one.change)).map(({ name }) => ({ table, column: name }));
    const hasRows = isWanted(change === 'removed' ? 'removed' : 'rows') && change !== 'added' && rows !== 'same';
    return hasRows ? [...named, { table, column: null }] : named;
  });

/** What stands on columns and on the rows of tables, by node; of a node with other rows all columns. */
function reached(
  analysed: ReadonlyMap<string, AnalysedNode>,
  followers: (id: string) => readonly string[],
  start: readonly Touched[],
): Map<string, { rows: boolean; readonly columns: Set<string> }> {
  const links = new Map<string, Touched[]>();
  for (const { uniqueId: table, columns, effects } of analysed.values()) {
    for (const { name, edges } of columns)
      for (const edge of name === null ? [] : edges) addTo(links, columnKey(edge), { table, column: name });
    for (const edge of effects) addTo(links, columnKey(edge), { table, column: null });
  }
  // Of what is not understood nothing tells which columns it reads.
  const isOpen = (id: string): boolean => {
    const node = analysed.get(id);
    return node !== undefined && node.columns.length === 0 && node.rest.length > 0;
  };
  const found = new Map<string, { rows: boolean; readonly columns: Set<string> }>();
  const seen = new Set<string>();
  const front: Touched[] = [];
  const add = (touched: Touched, isStart = false): void => {
    const key = columnKey({ ...touched, column: touched.column ?? '' });
    if (seen.has(key)) return;
    seen.add(key);
    front.push(touched);
    if (isStart) return;
    const node = found.get(touched.table) ?? { rows: false, columns: new Set() };
    found.set(touched.table, node);
    if (touched.column === null) node.rows = true;
    else node.columns.add(touched.column);
  };
  for (const one of start) add(one, true);
  for (const { table, column } of front) {
    const children = followers(table).filter((id) => analysed.has(id));
    if (column !== null) {
      for (const to of links.get(columnKey({ table, column })) ?? []) add(to);
      for (const child of children) if (isOpen(child)) add({ table: child, column: null });
      continue;
    }
    for (const { name } of analysed.get(table)?.columns ?? []) if (name !== null) add({ table, column: name });
    for (const child of children) add({ table: child, column: null });
  }
  return found;
}

/** Everything that stands on what has changed, parents first as far as the manifest has them so. */
function inOrder({ child_map }: Manifest, changed: Iterable<string>): string[] {
  const found = new Set(changed);
  for (const id of found) for (const child of child_map[id] ?? []) found.add(child);
  return [...found];
}

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
