import type { GraphNode, Manifest } from '../../artifacts/index.ts';
import type { AnalysedNode } from '../../compile/index.ts';
import { DiagnosticError, emit, nearest, xformVersion } from '../../core/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { printEvent } from '../../run/index.ts';
import { type EdgeKind, edgeKinds, valueKinds } from '../../sql/index.ts';
import { analyse } from '../analyse.ts';
import { ColumnGraph, type ColumnLink, type ColumnRef, columnKey, type Walk } from '../column-graph.ts';
import { idsWithColumns, writeLineage } from '../column-lineage.ts';
import { noSubject, unknownKind, unknownSubject } from '../diagnostics.ts';
import type { Workspace } from '../workspace.ts';

/** What is asked about: some columns of one node or source. */
interface Subject {
  readonly node: GraphNode;
  readonly columns: readonly string[];
}

/** `lineage`: says where columns come from and what comes of them. */
export async function lineage(workspace: Workspace, parsed: Parsed): Promise<void> {
  const { flags, invocation } = workspace;
  const { manifest } = parsed;
  if (flags.subject === null) throw new DiagnosticError(noSubject({}));
  const kinds = kindsOf(flags.kind);
  const analysed = await analyse(workspace, parsed, idsWithColumns(manifest));
  writeLineage(workspace, manifest, analysed);
  const subject = subjectOf(flags.subject, manifest, analysed);
  const hasInfluence = [...kinds].some((kind) => !valueKinds.includes(kind));
  const graph = new ColumnGraph(analysed.values(), hasInfluence);
  const both = flags.up === flags.down;
  const depth = flags.depth ?? Number.POSITIVE_INFINITY;
  const walks: Walk[] = [];
  if (both || flags.up) walks.push({ direction: 'up', depth, kinds });
  if (both || flags.down) walks.push({ direction: 'down', depth, kinds });
  const text = {
    tree: () => tree(subject, graph, walks, manifest, analysed),
    json: () => JSON.stringify(asJson(subject, graph, walks, analysed), null, 2),
    mermaid: () => mermaid(subject, graph, walks, manifest),
    openlineage: () => JSON.stringify(openLineage(workspace, subject, graph, manifest), null, 2),
  }[flags.output as 'tree' | 'json' | 'mermaid' | 'openlineage']();
  emit(invocation, printEvent(text));
}

/** The kinds to follow: where none is named, those that carry a value. */
function kindsOf(words: readonly string[]): ReadonlySet<EdgeKind> {
  if (!words.length) return new Set(valueKinds);
  const kinds = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  for (const kind of kinds) {
    if ((edgeKinds as readonly string[]).includes(kind)) continue;
    throw new DiagnosticError(unknownKind({ kind, kinds: edgeKinds, near: nearest(kind, edgeKinds) }));
  }
  return new Set(kinds as EdgeKind[]);
}

/** Names under which a node or source may be asked for. */
function namesOf(node: GraphNode): string[] {
  switch (node.resource_type) {
    case 'source':
      return [node.unique_id, `${node.source_name}.${node.name}`, `source.${node.source_name}.${node.name}`];
    default: {
      const version = 'version' in node && node.version !== null ? [`${node.name}.v${node.version}`] : [];
      return [node.unique_id, ...version, node.name, `${node.package_name}.${node.name}`];
    }
  }
}

function subjectOf(text: string, manifest: Manifest, analysed: ReadonlyMap<string, AnalysedNode>): Subject {
  const all: GraphNode[] = [
    ...Object.values(manifest.nodes).filter(({ unique_id }) => analysed.has(unique_id)),
    ...Object.values(manifest.sources),
  ];
  const byName = new Map<string, GraphNode>();
  for (const node of all) for (const name of namesOf(node)) if (!byName.has(name)) byName.set(name, node);
  const whole = byName.get(text);
  if (whole) return { node: whole, columns: columnsOf(whole, analysed) };
  const dot = text.lastIndexOf('.');
  const node = dot < 0 ? undefined : byName.get(text.slice(0, dot));
  if (!node) {
    const known = [...byName.keys()];
    throw new DiagnosticError(unknownSubject({ name: text, near: nearest(text, known) }));
  }
  const wanted = text.slice(dot + 1);
  const columns = columnsOf(node, analysed);
  const found = columns.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return { node, columns: [found] };
  if (!columns.length || node.resource_type === 'source') return { node, columns: [wanted] };
  throw new DiagnosticError(
    unknownSubject({ name: wanted, of: node.name, near: nearest(wanted, columns), known: columns }),
  );
}

function columnsOf(node: GraphNode, analysed: ReadonlyMap<string, AnalysedNode>): string[] {
  if (node.resource_type !== 'source')
    return analysed.get(node.unique_id)!.columns.flatMap(({ name }) => (name === null ? [] : [name]));
  const described = Object.keys(node.columns);
  const read = new Set<string>();
  for (const { columns, effects } of analysed.values())
    for (const { table, column } of [...columns.flatMap(({ edges }) => edges), ...effects])
      if (table === node.unique_id) read.add(column);
  const known = new Set(described.map((name) => name.toLowerCase()));
  return [...described, ...[...read].filter((name) => !known.has(name.toLowerCase()))];
}

/** How a table is called for people. */
function tableName(id: string, manifest: Manifest): string {
  const source = manifest.sources[id];
  if (source) return `${source.source_name}.${source.name}`;
  return manifest.nodes[id]?.name ?? id;
}

const columnName = ({ table, column }: ColumnRef, manifest: Manifest): string =>
  `${tableName(table, manifest)}.${column}`;

function tree(
  { node, columns }: Subject,
  graph: ColumnGraph,
  walks: readonly Walk[],
  manifest: Manifest,
  analysed: ReadonlyMap<string, AnalysedNode>,
): string {
  const lines: string[] = [];
  const unknown = new Map(analysed.get(node.unique_id)?.columns.map(({ name, unknown: why }) => [name, why]));
  for (const column of columns) {
    const start = { table: node.unique_id, column };
    const why = unknown.get(column);
    lines.push(columnName(start, manifest) + (why === undefined ? '' : `  (not all is known: ${why})`));
    for (const walk of walks)
      lines.push(...branches(start, graph, walk, manifest, '  ', new Set([columnKey(start)]), walk.depth));
  }
  const rest = analysed.get(node.unique_id)?.rest ?? [];
  for (const reason of rest) lines.push(`(there may be more columns: ${reason})`);
  return lines.length ? lines.join('\n') : `${tableName(node.unique_id, manifest)} has no columns that are known`;
}

const ARROWS = { up: '<-', down: '->' } as const;

function* branches(
  at: ColumnRef,
  graph: ColumnGraph,
  walk: Walk,
  manifest: Manifest,
  indent: string,
  above: ReadonlySet<string>,
  depth: number,
): Generator<string> {
  if (depth <= 0) return;
  for (const link of graph.at(at, walk)) {
    const next = walk.direction === 'up' ? link.from : link.to;
    yield `${indent}${ARROWS[walk.direction]} ${columnName(next, manifest)}  ${link.kinds.join(', ')}`;
    if (!above.has(columnKey(next)))
      yield* branches(next, graph, walk, manifest, `${indent}  `, new Set([...above, columnKey(next)]), depth - 1);
  }
}

const startsOf = ({ node, columns }: Subject): ColumnRef[] =>
  columns.map((column) => ({ table: node.unique_id, column }));

function asJson(
  subject: Subject,
  graph: ColumnGraph,
  walks: readonly Walk[],
  analysed: ReadonlyMap<string, AnalysedNode>,
): object {
  const known = analysed.get(subject.node.unique_id);
  return {
    unique_id: subject.node.unique_id,
    columns: subject.columns,
    incomplete: known?.rest ?? [],
    unknown: Object.fromEntries(
      (known?.columns ?? []).flatMap(({ name, unknown }) => (name !== null && unknown ? [[name, unknown]] : [])),
    ),
    edges: walks.flatMap((walk) =>
      [...graph.from(startsOf(subject), walk)].map(({ from, to, kinds }) => ({
        direction: walk.direction,
        from: { unique_id: from.table, column: from.column },
        to: { unique_id: to.table, column: to.column },
        kinds,
      })),
    ),
  };
}

/** A flowchart of Mermaid, a box for each table. */
function mermaid(subject: Subject, graph: ColumnGraph, walks: readonly Walk[], manifest: Manifest): string {
  const links = walks.flatMap((walk) => [...graph.from(startsOf(subject), walk)]);
  const tables = new Map<string, Map<string, string>>();
  const idOf = ({ table, column }: ColumnRef): string => {
    const columns = tables.get(table) ?? new Map<string, string>();
    tables.set(table, columns);
    const key = column.toLowerCase();
    const id = columns.get(key) ?? `c${[...tables.values()].reduce((sum, { size }) => sum + size, 0)}`;
    columns.set(key, id);
    return id;
  };
  const labels = new Map<string, string>();
  const arrows = links.map(({ from, to, kinds }) => {
    const [a, b] = [idOf(from), idOf(to)];
    labels.set(a, from.column).set(b, to.column);
    return `  ${a} -- ${kinds.join(', ')} --> ${b}`;
  });
  for (const start of startsOf(subject)) labels.set(idOf(start), start.column);
  const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  const boxes = [...tables].flatMap(([table, columns], i) => [
    `  subgraph t${i} [${quoted(tableName(table, manifest))}]`,
    ...[...columns.values()].map((id) => `    ${id}[${quoted(labels.get(id)!)}]`),
    '  end',
  ]);
  return ['flowchart LR', ...boxes, ...new Set(arrows)].join('\n');
}

const TRANSFORMATIONS: Readonly<Record<EdgeKind, readonly [type: string, subtype: string]>> = {
  copy: ['DIRECT', 'IDENTITY'],
  derive: ['DIRECT', 'TRANSFORMATION'],
  aggregate: ['DIRECT', 'AGGREGATION'],
  filter: ['INDIRECT', 'FILTER'],
  join: ['INDIRECT', 'JOIN'],
  group: ['INDIRECT', 'GROUP_BY'],
  order: ['INDIRECT', 'SORT'],
  window: ['INDIRECT', 'WINDOW'],
};

/** The dataset with OpenLineage's facet columnLineage 1-2-0 (openlineage.io/spec/facets). */
function openLineage(workspace: Workspace, { node, columns }: Subject, graph: ColumnGraph, manifest: Manifest): object {
  const namespace = `${workspace.adapter.type}://${workspace.profile.target}`;
  const all: Walk = { direction: 'up', depth: 1, kinds: new Set(edgeKinds) };
  const field = ({ from, kinds }: ColumnLink) => ({
    ...dataset(from.table, namespace, manifest),
    field: from.column,
    transformations: kinds.map((kind) => ({
      type: TRANSFORMATIONS[kind][0],
      subtype: TRANSFORMATIONS[kind][1],
      description: '',
      masking: false,
    })),
  });
  return {
    ...dataset(node.unique_id, namespace, manifest),
    facets: {
      columnLineage: {
        _producer: `xform/${xformVersion()}`,
        _schemaURL: 'https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json',
        fields: Object.fromEntries(
          columns.map((column) => [
            column,
            { inputFields: [...graph.at({ table: node.unique_id, column }, all)].map((link) => field(link)) },
          ]),
        ),
      },
    },
  };
}

function dataset(id: string, namespace: string, manifest: Manifest): { namespace: string; name: string } {
  const source = manifest.sources[id];
  const node = manifest.nodes[id];
  const parts = source
    ? [source.database, source.schema, source.identifier]
    : node
      ? [node.database, node.schema, node.alias]
      : [id];
  return { namespace, name: parts.filter((part) => part).join('.') };
}
