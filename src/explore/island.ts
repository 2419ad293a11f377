import {
  type Catalog,
  type CatalogTable,
  type FreshnessReport,
  type GraphNode,
  graphNodes,
  isRefable,
  type Lineage,
  type LineageSource,
  type Manifest,
  type RunResult,
  type RunResults,
} from '../artifacts/index.ts';
import { xformVersion } from '../core/index.ts';
import { edgeKinds } from '../sql/index.ts';
import { ColumnNumbers } from './column-numbers.ts';
import type { ExplorerData, FreshnessData, NodeData, ResultData, SqlData } from './explorer-data.ts';
import { Interned } from './interned.ts';
import { ownerOf } from './owner.ts';

/** What the page is made of. All but the manifest may be missing. */
export interface Artifacts {
  readonly manifest: Manifest;
  readonly catalog?: Catalog;
  readonly lineage?: Lineage;
  readonly runResults?: RunResults;
  readonly freshness?: FreshnessReport;
}

/** The data of the page; SQL apart, since it is large and read only when somebody looks at it. */
export interface Island {
  readonly data: ExplorerData;
  readonly sql: SqlData;
}

/** Fields that some kinds of node have. */
type Fields = Partial<{
  description: string;
  tags: readonly string[];
  patch_path: string | null;
  access: string;
  group: string | null;
  version: string | number | null;
  latest_version: string | number | null;
  relation_name: string | null;
  label: string | null;
  url: string | null;
  raw_code: string;
  compiled_code: string | null;
  column_name: string | null;
  test_metadata: { readonly name: string };
  model: string;
}>;

/** Puts artifacts together into what the page shows. */
export function island(artifacts: Artifacts): Island {
  const { manifest, catalog, lineage, runResults, freshness } = artifacts;
  const all = [...graphNodes(manifest)].filter((node) => node.config.enabled !== false);
  const outside = tablesOutside(lineage, new Set(all.map((node) => node.unique_id)));
  const ids = [...all.map((node) => node.unique_id), ...outside.keys()];
  const wasAsked = catalog !== undefined && Object.keys({ ...catalog.nodes, ...catalog.sources }).length > 0;
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const strings = new Interned<string>((text) => text);
  const configs = new Interned<object>((config) => JSON.stringify(config));
  const columns = new ColumnNumbers(ids, strings);
  const results = new Map(runResults?.results.map((result) => [result.unique_id, result]));
  const origin = originOf(runResults);
  const sources = new Map(freshness?.results.map((result) => [result.unique_id, freshnessOf(result)]));
  const numbered = (parents: readonly string[]): number[] => parents.flatMap((id) => numbers.get(id) ?? []);
  const readsOutside = new Map<string, string[]>();
  for (const [name, readers] of outside)
    for (const reader of readers) readsOutside.set(reader, [...(readsOutside.get(reader) ?? []), name]);

  const nodes = all.map((node): NodeData => {
    const fields = node as Fields;
    const table = catalog?.nodes[node.unique_id] ?? catalog?.sources[node.unique_id];
    const known = lineage?.nodes[node.unique_id];
    columns.add(node.unique_id, node, table, known);
    const result = results.get(node.unique_id);
    return {
      id: node.unique_id,
      type: node.resource_type,
      name: nameOf(node),
      package: node.package_name,
      path: node.original_file_path,
      fqn: node.fqn,
      parents: numbered([...(manifest.parent_map[node.unique_id] ?? []), ...(readsOutside.get(node.unique_id) ?? [])]),
      config: configs.number(said(node.config)),
      description: fields.description || undefined,
      tags: fields.tags?.length ? fields.tags : undefined,
      patchPath: fields.patch_path ?? undefined,
      access: fields.access,
      group: fields.group ?? undefined,
      owner: ownerOf(node, manifest, table),
      version: fields.version ?? undefined,
      latestVersion: fields.latest_version ?? undefined,
      sourceName: node.resource_type === 'source' ? node.source_name : undefined,
      relation: fields.relation_name ?? undefined,
      label: node.resource_type === 'exposure' ? (fields.label ?? undefined) : undefined,
      url: fields.url ?? undefined,
      test: fields.test_metadata?.name,
      testColumn: fields.column_name ?? undefined,
      incomplete: known?.incomplete.length ? known.incomplete : undefined,
      catalog: table && factsOf(table),
      missing: wasAsked && !table && isRelation(node) ? true : undefined,
      result: result && resultOf(result, origin),
      freshness: sources.get(node.unique_id),
    };
  });
  for (const name of outside.keys())
    nodes.push({
      id: name,
      type: 'outside',
      name,
      package: '',
      path: '',
      fqn: [name],
      parents: [],
      config: configs.number({}),
    });
  const edges: number[] = [];
  const effects: number[] = [];
  for (const [id, known] of Object.entries(lineage?.nodes ?? {})) {
    const node = numbers.get(id);
    if (node === undefined) continue;
    for (const { name, from } of known.columns) {
      const to = columns.number(id, name);
      for (const source of from) edges.push(columns.number(source.table, source.column), to, bits(source.kinds));
    }
    for (const source of known.rows_from)
      effects.push(columns.number(source.table, source.column), node, bits(source.kinds));
  }
  const { renumber, columnsOf } = columns.finished();
  for (let i = 0; i < edges.length; i += 3) {
    edges[i] = renumber[edges[i]!]!;
    edges[i + 1] = renumber[edges[i + 1]!]!;
  }
  for (let i = 0; i < effects.length; i += 3) effects[i] = renumber[effects[i]!]!;
  return {
    data: {
      project: manifest.metadata.project_name ?? 'project',
      adapter: manifest.metadata.adapter_type,
      version: xformVersion(),
      generated: catalog?.metadata.generated_at ?? manifest.metadata.generated_at,
      overview: manifest.docs[`doc.${manifest.metadata.project_name}.__overview__`]?.block_contents ?? null,
      errors: catalog?.errors ?? [],
      strings: strings.all,
      configs: configs.all as ExplorerData['configs'],
      nodes: nodes.map((node, number) => ({
        ...node,
        columns: columnsOf[number]!.length ? columnsOf[number] : undefined,
      })),
      kinds: edgeKinds,
      edges,
      effects,
      selectors: Object.values(manifest.selectors),
      run: runResults
        ? {
            command: String(runResults.args.which ?? 'run'),
            generated: runResults.metadata.generated_at,
            elapsed: runResults.elapsed_time,
            origin,
          }
        : null,
      freshnessAt: freshness?.results.length ? freshness.metadata.generated_at : null,
    },
    sql: all.map((node) => sqlOf(node)),
  };
}

const nameOf = (node: GraphNode): string =>
  node.resource_type === 'source'
    ? `${node.source_name}.${node.name}`
    : 'version' in node && node.version !== null && node.version !== undefined
      ? `${node.name}.v${node.version}`
      : node.name;

const bits = (kinds: readonly string[]): number =>
  kinds.reduce((sum, kind) => sum | (1 << (edgeKinds as readonly string[]).indexOf(kind)), 0);

/** Names that the lineage speaks of and the project does not know, each with the nodes that read it. */
function tablesOutside(lineage: Lineage | undefined, known: ReadonlySet<string>): Map<string, Set<string>> {
  const outside = new Map<string, Set<string>>();
  const look = (reader: string, sources: readonly LineageSource[]): void => {
    for (const { table } of sources) {
      if (known.has(table)) continue;
      const readers = outside.get(table) ?? new Set();
      outside.set(table, readers.add(reader));
    }
  };
  for (const [id, { columns, rows_from }] of Object.entries(lineage?.nodes ?? {})) {
    if (!known.has(id)) continue;
    for (const { from } of columns) look(id, from);
    look(id, rows_from);
  }
  return outside;
}

/** A config without what nobody has said: criteria of `config.` find nothing in it. */
function said(config: object): object {
  const isSaid = (value: unknown): boolean =>
    value !== null && value !== '' && (typeof value !== 'object' || Object.keys(value as object).length > 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => isSaid(value)));
}

function isRelation(node: GraphNode): boolean {
  if (!isRefable(node.resource_type) && node.resource_type !== 'source') return false;
  return (node.config as { materialized?: unknown }).materialized !== 'ephemeral';
}

function factsOf({ metadata, stats }: CatalogTable): [string, string][] {
  const facts: [string, string][] = [['Type', metadata.type.toLowerCase()]];
  if (metadata.owner) facts.push(['Owner', metadata.owner]);
  if (metadata.comment) facts.push(['Comment', metadata.comment]);
  for (const stat of Object.values(stats))
    if (stat.include && stat.value !== null) facts.push([stat.label, String(stat.value)]);
  return facts;
}

/** When the first result of the run began. */
function originOf(run: RunResults | undefined): number {
  const starts =
    run?.results.flatMap(({ timing }) => timing.map(({ started_at }) => Date.parse(started_at ?? ''))) ?? [];
  // Not all at once as arguments: there may be more of them than a call can have.
  const first = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? first : Date.parse(run?.metadata.generated_at ?? '') || 0;
}

function resultOf(result: RunResult, origin: number): ResultData {
  const times = result.timing.flatMap(({ started_at, completed_at }) =>
    [started_at, completed_at].map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time)),
  );
  const rows = result.adapter_response.rows_affected;
  return {
    status: result.status,
    thread: result.thread_id,
    seconds: Math.round(result.execution_time * 1000) / 1000,
    start: times.length ? Math.min(...times) - origin : undefined,
    end: times.length ? Math.max(...times) - origin : undefined,
    message: result.message ?? undefined,
    failures: result.failures || undefined,
    rows: typeof rows === 'number' && rows >= 0 ? rows : undefined,
  };
}

function freshnessOf(result: FreshnessReport['results'][number]): FreshnessData {
  if (!('max_loaded_at' in result)) return { status: result.status };
  return { status: result.status, loadedAt: result.max_loaded_at, age: result.max_loaded_at_time_ago_in_s };
}

function sqlOf(node: GraphNode): SqlData[number] {
  const { raw_code: source = '', compiled_code: compiled } = node as Fields;
  return source || compiled ? [source.trim(), compiled?.trim() ?? null] : null;
}
