import { join } from 'node:path';
import { graphSummary, type Manifest, removeLeftovers, writeArtifact } from '../artifacts/index.ts';
import { emit } from '../core/index.ts';
import { selectorRecord } from '../graph/index.ts';
import { type Parsed, type ParseInput, parseOrRestore, parseProject } from '../parse/index.ts';
import { artifactWritten, foundStats } from '../run/index.ts';
import { tellProblems } from './tell-problems.ts';
import type { Opening, Workspace } from './workspace.ts';

/** What parsing needs to know, from a workspace. */
export function parseInput(workspace: Workspace): ParseInput {
  const { invocation, packages, adapter, credentials, behavior, runtimeConfig, base, cache } = workspace;
  return {
    invocation,
    env: invocation.env,
    packages,
    adapter,
    credentials,
    behavior,
    runtimeConfig,
    findVar: (pkg, name) => workspace.vars(pkg).find(name),
    varNames: (pkg) => workspace.vars(pkg).names(),
    base,
    cache,
    selectors: selectorRecord(workspace.selectors),
  };
}

/**
 * Parses the workspace's project. Warnings are told at once.
 * Throws DiagnosticError with all errors of the project.
 */
export function parseWorkspace(workspace: Workspace, render: Opening['render']): Parsed {
  const { invocation } = workspace;
  const input = parseInput(workspace);
  const { maximumSeedSizeMib, partialParse, dryRun, projectBehavior } = workspace.flags;
  if (!dryRun) removeLeftovers(workspace.targetFolder);
  const settings = { maximumSeedSizeMib, projectBehavior };
  const parsed = partialParse
    ? parseOrRestore(input, { folder: workspace.targetFolder, settings, write: !dryRun })
    : parseProject(input);
  tellProblems(workspace, parsed.problems, render);
  emit(invocation, foundStats(counts(parsed.manifest)));
  return parsed;
}

/** What the project holds, in the order of dbt's line. Tests of what is switched off do not count. */
function counts(manifest: Manifest): [string, number][] {
  const nodes = new Map<string, number>();
  for (const node of Object.values(manifest.nodes))
    if (node.config.enabled) nodes.set(node.resource_type, (nodes.get(node.resource_type) ?? 0) + 1);
  return [
    ...nodes,
    ['source', Object.keys(manifest.sources).length],
    ['exposure', Object.keys(manifest.exposures).length],
    ['metric', Object.keys(manifest.metrics).length],
    ['macro', Object.keys(manifest.macros).length],
    ['group', Object.keys(manifest.groups).length],
    ['semantic_model', Object.keys(manifest.semantic_models).length],
    ['saved_query', Object.keys(manifest.saved_queries).length],
    ['unit_test', Object.keys(manifest.unit_tests).length],
  ];
}

/** Writes the manifest and, beside it, the graph in short: what a command leaves that compiles nodes. */
export function writeCompiled(workspace: Workspace, manifest: Manifest): void {
  writeManifest(workspace, manifest);
  const { flags, invocation, targetFolder } = workspace;
  if (flags.writeJson) writeArtifact(join(targetFolder, 'graph_summary.json'), graphSummary(invocation.id, manifest));
}

/** Writes `target/manifest.json`, unless `--no-write-json`. */
export function writeManifest(workspace: Workspace, manifest: Manifest): void {
  if (!workspace.flags.writeJson) return;
  const path = join(workspace.targetFolder, 'manifest.json');
  writeArtifact(path, manifest);
  emit(workspace.invocation, artifactWritten('WritableManifest', path));
}
