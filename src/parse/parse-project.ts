import { createHash } from 'node:crypto';
import { type Manifest, manifestMetadata, withEdgeMaps } from '../artifacts/index.ts';
import { type MacroIndex, parseAdapter } from '../builtins/index.ts';
import type { Diagnostic, Span } from '../core/index.ts';
import type { Template } from '../jinja/index.ts';
import { ConfigTree, configSections, type Project } from '../project/index.ts';
import { checkCalls } from './calls.ts';
import { checkAccess, checkCycles, checkNames, checkRelations } from './checks.ts';
import { readDocs } from './docs.ts';
import type { Draft, Package, ParseInput } from './draft.ts';
import { addExposures } from './exposures.ts';
import { checkFunctions, linkFunctions } from './functions.ts';
import { addGroups } from './groups.ts';
import { describeMacros, type MacroTable, readMacros } from './macros.ts';
import { checkMicrobatch } from './microbatch.ts';
import { addNodeTests } from './node-tests.ts';
import { type KeptEntry, type ReadPatches, readPatches } from './patches.ts';
import { spanOf } from './places.ts';
import { inferPrimaryKeys } from './primary-keys.ts';
import { Reads, watched } from './reads.ts';
import { RelationNamer } from './relation-names.ts';
import { dependencies, Resolver } from './resolve.ts';
import { addMetrics, addSavedQueries, addSemanticModels, linkMetrics } from './semantic.ts';
import { addSources } from './sources.ts';
import { addSqlNodes } from './sql-nodes.ts';
import { addUnitTests } from './unit-tests.ts';
import { checkUnusedConfig } from './unused-config.ts';

/** Compiled templates of nodes, by unique id. */
export interface Templates {
  get(uniqueId: string): Template | undefined;
}

/** A parsed project: the manifest, and what later rooms need besides. */
export interface Parsed {
  readonly manifest: Manifest;
  readonly macros: MacroIndex;
  readonly templates: Templates;
  readonly resolver: Resolver;
  /** Errors and warnings; with an error among them the project must not be run. */
  readonly problems: readonly Diagnostic[];
  /** Where a resource is defined. */
  placeOf(uniqueId: string): Span | undefined;
}

/** The passes over a draft, in order. Each reads what those before it added. */
const PASSES: readonly ((draft: Draft, namer: RelationNamer) => void)[] = [
  describeMacros,
  addGroups,
  addSqlNodes,
  linkFunctions,
  addSources,
  addNodeTests,
  inferPrimaryKeys,
  addExposures,
  addSemanticModels,
  addMetrics,
  addSavedQueries,
  addUnitTests,
  checkNames,
  checkCalls,
  checkFunctions,
  resolveReferences,
  linkMetrics,
  checkRelations,
  checkAccess,
  checkMicrobatch,
  checkCycles,
  checkUnusedConfig,
];

/** A parsed project with what the next parse needs to do less. */
export interface Parse extends Parsed {
  readonly reads: Reads;
  /** Names of resources, and of properties files (`nameOf`), that something is wrong with. */
  readonly troubled: ReadonlySet<string>;
  /** The entries that were read, by `nameOf` their file. */
  readonly entries: ReadonlyMap<string, readonly KeptEntry[]>;
}

/** Parses a project into a manifest. Problems are collected, not thrown. */
export function parseProject(input: ParseInput): Parse {
  const reads = new Reads();
  const seen = watched(input, reads);
  const macros = readMacros(seen, reads);
  const docs = readDocs(seen);
  const described = readPatches(seen, reads);
  const problems = [...macros.problems, ...docs.problems, ...described.problems];
  const draft = newDraft(seen, reads, { macros, docs: docs.docs, described, problems });
  const parse = finish(draft, described);
  reads.close();
  return parse;
}

/** What a draft begins with. */
export interface DraftParts {
  readonly macros: Pick<MacroTable, 'index' | 'nodes' | 'places'>;
  readonly docs: Draft['docs'];
  readonly described: ReadPatches;
  readonly problems: Draft['problems'];
}

/** A draft with no resources yet. */
export function newDraft(input: ParseInput, reads: Reads, { macros, docs, described, problems }: DraftParts): Draft {
  return {
    input,
    root: input.packages[0] as Package,
    problems,
    macros: macros.index,
    macroNodes: macros.nodes,
    docs,
    groups: new Map(),
    nodes: new Map(),
    functions: new Map(),
    sources: new Map(),
    exposures: new Map(),
    metrics: new Map(),
    semanticModels: new Map(),
    savedQueries: new Map(),
    unitTests: new Map(),
    disabled: new Map(),
    patches: described.patches,
    places: macros.places,
    recordings: new Map(),
    templates: new Map(),
    adapterFor: parseAdapter(
      input.adapter.type,
      input.adapter.dialect,
      input.adapter.methods,
      input.credentials,
      input.behavior,
    ),
    reads,
    troubled: new Set(described.troubled),
    configTrees: configTrees(input, (project) => project.configs),
    unrenderedTrees: configTrees(input, (project) => project.unrenderedConfigs),
  };
}

/** Does the passes over a draft. */
export function finish(draft: Draft, { entries }: Pick<ReadPatches, 'entries'>): Parse {
  const namer = new RelationNamer(draft);
  for (const pass of PASSES) pass(draft, namer);
  return {
    manifest: manifestOf(draft),
    macros: draft.macros,
    templates: draft.templates,
    resolver: new Resolver(draft),
    problems: draft.problems,
    placeOf: (id) => spanOf(draft.places.get(id)),
    reads: draft.reads,
    troubled: draft.troubled,
    entries,
  };
}

/** The config sections of all projects, read once. */
function configTrees(input: ParseInput, sections: (project: Project) => Project['configs']): Draft['configTrees'] {
  const trees = new Map<string, ReadonlyMap<string, ConfigTree>>();
  for (const { project } of input.packages) {
    trees.set(
      project.name,
      new Map(configSections.map((section) => [section, new ConfigTree(sections(project)[section])])),
    );
  }
  return trees;
}

/** Turns the names that `ref` and `source` were given into unique ids. */
function resolveReferences(draft: Draft): void {
  const resolver = new Resolver(draft);
  const placeOf = (id: string) => () => spanOf(draft.places.get(id));
  for (const node of draft.nodes.values()) {
    if (node.resource_type === 'seed') continue;
    const { nodes, complete } = dependencies(draft, resolver, node, placeOf(node.unique_id));
    if (complete && !nodes.length) continue;
    // A test of something that is not there stays in the manifest, switched off.
    const config = complete ? node.config : { ...node.config, enabled: false };
    draft.nodes.set(node.unique_id, { ...node, config, depends_on: { ...node.depends_on, nodes } } as typeof node);
  }
  for (const fn of draft.functions.values()) {
    const { nodes } = dependencies(draft, resolver, fn, placeOf(fn.unique_id));
    draft.functions.set(fn.unique_id, { ...fn, depends_on: { ...fn.depends_on, nodes } });
  }
  for (const exposure of draft.exposures.values()) {
    const { nodes } = dependencies(draft, resolver, exposure, placeOf(exposure.unique_id));
    const metrics = [...draft.metrics.values()]
      .filter((m) => exposure.metrics.some(([name]) => name === m.name))
      .map((m) => m.unique_id);
    draft.exposures.set(exposure.unique_id, { ...exposure, depends_on: { macros: [], nodes: [...nodes, ...metrics] } });
  }
  for (const model of draft.semanticModels.values()) {
    const { nodes } = dependencies(draft, resolver, { ...model, sources: [] }, placeOf(model.unique_id));
    const node = draft.nodes.get(nodes[0] ?? '');
    const node_relation = node
      ? { alias: node.alias, schema_name: node.schema, database: node.database, relation_name: node.relation_name }
      : null;
    draft.semanticModels.set(model.unique_id, { ...model, depends_on: { macros: [], nodes }, node_relation });
  }
}

/** The manifest's `metadata`. */
export function metadataOf(input: ParseInput): Manifest['metadata'] {
  const { project } = input.packages[0] as Package;
  return manifestMetadata(input.invocation, input.invocation.now(), {
    project_name: project.name,
    project_id: createHash('md5').update(project.name).digest('hex'),
    adapter_type: input.adapter.type,
    quoting: { ...input.adapter.dialect.quote, column: null, ...project.quoting },
  });
}

function manifestOf(draft: Draft): Manifest {
  const { input } = draft;
  const record = <Node>(map: ReadonlyMap<string, Node>): Record<string, Node> => Object.fromEntries(map);
  return withEdgeMaps({
    metadata: metadataOf(input),
    nodes: record(draft.nodes),
    sources: record(draft.sources),
    macros: record(draft.macroNodes),
    docs: record(draft.docs),
    exposures: record(draft.exposures),
    metrics: record(draft.metrics),
    groups: record(draft.groups),
    selectors: input.selectors,
    disabled: record(draft.disabled) as never,
    saved_queries: record(draft.savedQueries),
    semantic_models: record(draft.semanticModels),
    unit_tests: record(draft.unitTests),
    functions: record(draft.functions),
  });
}
