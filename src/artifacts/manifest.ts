import type { DocNode } from './doc.ts';
import type { ExposureNode } from './exposure.ts';
import type { GroupNode } from './group.ts';
import type { MacroNode } from './macro.ts';
import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata, artifactTime } from './metadata.ts';
import type { MetricNode } from './metric.ts';
import type { FunctionNode, ManifestNode } from './node.ts';
import type { Quoting } from './parts.ts';
import type { SavedQueryNode } from './saved-query.ts';
import type { SemanticModelNode } from './semantic-model.ts';
import type { SourceNode } from './source.ts';
import type { UnitTestNode } from './unit-test.ts';

/** What a manifest says of itself. */
export interface ManifestMetadata extends ArtifactMetadata {
  readonly project_name: string | null;
  /** md5 of the project's name. */
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly send_anonymous_usage_stats: boolean | null;
  readonly adapter_type: string | null;
  readonly quoting: Quoting | null;
  readonly run_started_at: string | null;
}

/** Things by unique id. */
export type ById<Thing> = Readonly<Record<string, Thing>>;

/** Everything of a manifest that can be a member of the graph. */
export type GraphNode =
  | ManifestNode
  | SourceNode
  | ExposureNode
  | FunctionNode
  | MetricNode
  | SemanticModelNode
  | SavedQueryNode
  | UnitTestNode;

/** A parsed project: dbt's manifest.json, version 12. */
export interface Manifest {
  readonly metadata: ManifestMetadata;
  readonly nodes: ById<ManifestNode>;
  readonly sources: ById<SourceNode>;
  readonly macros: ById<MacroNode>;
  readonly docs: ById<DocNode>;
  readonly exposures: ById<ExposureNode>;
  readonly metrics: ById<MetricNode>;
  readonly groups: ById<GroupNode>;
  /** Named selectors by name, as written in selectors.yml. */
  readonly selectors: Readonly<Record<string, unknown>>;
  /** Switched-off things by unique id; several files may claim one id. */
  readonly disabled: ById<readonly GraphNode[]>;
  readonly parent_map: ById<readonly string[]>;
  readonly child_map: ById<readonly string[]>;
  readonly group_map: Readonly<Record<string, readonly string[]>>;
  readonly saved_queries: ById<SavedQueryNode>;
  readonly semantic_models: ById<SemanticModelNode>;
  readonly unit_tests: ById<UnitTestNode>;
  readonly functions: ById<FunctionNode>;
}

/** What a manifest's metadata says of the project. */
export type ManifestSubject = Pick<ManifestMetadata, 'project_name' | 'project_id' | 'adapter_type' | 'quoting'>;

/** The metadata block of a manifest. */
export function manifestMetadata(
  origin: ArtifactOrigin,
  generatedAt: Date,
  subject: ManifestSubject,
): ManifestMetadata {
  return {
    ...artifactMetadata('manifest', origin, generatedAt),
    project_name: subject.project_name,
    project_id: subject.project_id,
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: subject.adapter_type,
    quoting: subject.quoting,
    run_started_at: artifactTime(origin.startedAt).replace('Z', '+00:00'),
  };
}

/** The members of the graph, in the order in which dbt lists them in `parent_map`. */
export function* graphNodes(manifest: Omit<Manifest, 'metadata' | EdgeMap>): Generator<GraphNode> {
  yield* Object.values(manifest.nodes);
  yield* Object.values(manifest.sources);
  yield* Object.values(manifest.exposures);
  yield* Object.values(manifest.functions);
  yield* Object.values(manifest.metrics);
  yield* Object.values(manifest.semantic_models);
  yield* Object.values(manifest.saved_queries);
  yield* Object.values(manifest.unit_tests);
}

/** The unique ids a member of the graph stands on. */
export function parentsOf(node: GraphNode): readonly string[] {
  if (node.resource_type === 'source' || node.resource_type === 'seed') return [];
  return node.depends_on.nodes;
}

type EdgeMap = 'parent_map' | 'child_map' | 'group_map';

/** Adds the maps that follow from the nodes: parents, children, members of groups. Lists are sorted, as dbt's are. */
export function withEdgeMaps<Rest extends Omit<Manifest, EdgeMap>>(manifest: Rest): Rest & Pick<Manifest, EdgeMap> {
  const parent_map: Record<string, string[]> = {};
  const child_map: Record<string, string[]> = {};
  for (const node of graphNodes(manifest)) child_map[node.unique_id] = [];
  for (const node of graphNodes(manifest)) {
    const parents = parentsOf(node);
    parent_map[node.unique_id] = [...parents].sort();
    for (const parent of parents) child_map[parent]?.push(node.unique_id);
  }
  for (const children of Object.values(child_map)) children.sort();
  // Where dbt writes them: before these four.
  const { saved_queries, semantic_models, unit_tests, functions, ...first } = manifest;
  const last = { saved_queries, semantic_models, unit_tests, functions };
  const maps = { parent_map, child_map, group_map: groupMap(manifest) };
  return { ...first, ...maps, ...last } as unknown as Rest & typeof maps;
}

function groupMap(manifest: Omit<Manifest, EdgeMap>): Record<string, string[]> {
  const map: Record<string, string[]> = {};
  for (const group of Object.values(manifest.groups)) map[group.name] = [];
  const groupable = [manifest.nodes, manifest.saved_queries, manifest.semantic_models, manifest.metrics];
  for (const members of groupable) {
    for (const node of Object.values(members)) if (node.group !== null) map[node.group]?.push(node.unique_id);
  }
  return map;
}

/** A manifest of nothing. */
export function emptyManifest(metadata: ManifestMetadata): Manifest {
  return {
    metadata,
    nodes: {},
    sources: {},
    macros: {},
    docs: {},
    exposures: {},
    metrics: {},
    groups: {},
    selectors: {},
    disabled: {},
    parent_map: {},
    child_map: {},
    group_map: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: {},
    functions: {},
  };
}
