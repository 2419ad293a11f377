import { RelationCache, runAdapter } from '../builtins/index.ts';
import type { Workbench } from '../compile/index.ts';
import { fromPlain, type Value } from '../jinja/index.ts';
import type { Parsed } from '../parse/index.ts';
import { deferral } from './earlier-state.ts';
import { sampleWindow } from './sample-window.ts';
import type { Workspace } from './workspace.ts';

/** What rendering nodes at run needs, from a workspace and its parsed project. */
export function workbench(workspace: Workspace, parsed: Parsed, selected: Iterable<string>): Workbench {
  const ids = [...selected].sort();
  let graph: Value | undefined;
  return {
    invocation: workspace.invocation,
    manifest: parsed.manifest,
    macros: parsed.macros,
    templates: parsed.templates,
    resolver: parsed.resolver,
    placeOf: parsed.placeOf,
    adapter: workspace.adapter,
    adapterOf: runAdapter(workspace.adapter.methods, workspace.adapter.sessionMethods ?? {}),
    credentials: workspace.credentials,
    behavior: workspace.behavior,
    runtimeConfig: workspace.runtimeConfig,
    quoting: workspace.project.quoting,
    queryComment: workspace.project.queryComment,
    base: workspace.base,
    findVar: (pkg, name) => workspace.vars(pkg).find(name),
    varNames: (pkg) => workspace.vars(pkg).names(),
    relations: new RelationCache(),
    inputs: {
      empty: workspace.flags.empty,
      sample: sampleWindow(workspace.flags.sample, workspace.invocation.startedAt),
    },
    selected: ids,
    deferral: deferral(workspace, parsed, ids),
    cache: workspace.cache,
    graph: () => (graph ??= graphOf(parsed)),
    targetFolder: workspace.targetFolder,
    targetPath: workspace.targetPath,
  };
}

/** Jinja's `graph`: the manifest by kind. */
function graphOf(parsed: Parsed): Value {
  const { manifest } = parsed;
  const { nodes, sources, exposures, metrics, groups, semantic_models, saved_queries, functions } = manifest;
  return fromPlain({ nodes, sources, exposures, metrics, groups, semantic_models, saved_queries, functions });
}
