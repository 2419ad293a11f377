import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import {
  type Catalog,
  catalog,
  graphNodes,
  type Manifest,
  readCatalog,
  readFreshness,
  writeArtifact,
  writeWhole,
} from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import { type ExplorerAssets, explorerPage } from '../../explore/index.ts';
import type { Parsed } from '../../parse/index.ts';
import {
  artifactWritten,
  buildingCatalog,
  catalogGenerationError,
  catalogWritten,
  note,
  writeCatalogFailure,
} from '../../run/index.ts';
import { openAnalysis } from '../analyse.ts';
import { askCatalog, type CatalogReading } from '../ask-catalog.ts';
import { idsWithColumns, lineageOf, withColumnLineage } from '../column-lineage.ts';
import { withInheritedDocs } from '../inherited-docs.ts';
import { lastRun, readIfThere } from '../last-run.ts';
import { workbench } from '../make-workbench.ts';
import { packageRoot } from '../package-root.ts';
import { writeManifest } from '../parse-workspace.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Workspace } from '../workspace.ts';
import { compile } from './compile.ts';

/**
 * `docs generate`: compiles, asks the warehouse what it has, finds out where columns come from, and writes catalog.json,
 * lineage.json and the page of all artifacts. A warehouse that cannot be connected to is left out of it: SQL is compiled
 * as for `check`, and the catalog is the one that somebody else, dbt for one, has put into the target folder.
 */
export async function docsGenerate(workspace: Workspace, parsed: Parsed): Promise<boolean> {
  const { adapter, flags, targetFolder } = workspace;
  const selected = selectNodes(workspace, parsed);
  const runResults = lastRun(targetFolder);
  let manifest: Manifest = parsed.manifest;
  if (flags.compile && !adapter.parseOnly) manifest = (await compile(workspace, parsed, selected)).manifest;
  const found = adapter.parseOnly ? foreignCatalog(workspace) : await ownCatalog(workspace, parsed, selected);
  // After the catalog, which says what columns the sources have.
  const ids = idsWithColumns(parsed.manifest);
  const { analysis, compiler, close } = openAnalysis(workspace, workbench(workspace, parsed, ids), {
    compiled: manifest,
  });
  const analysed = await analysis.nodes(ids).finally(close);
  const lineage = lineageOf(workspace, manifest, analysed);
  if (flags.compile && adapter.parseOnly)
    manifest = { ...manifest, nodes: { ...manifest.nodes, ...Object.fromEntries(compiler.compiled) } };
  if (flags.inheritDocs) manifest = withInheritedDocs(manifest, lineage);
  if (flags.writeJson) {
    writeArtifact(join(targetFolder, 'lineage.json'), lineage);
    if (flags.compile) writeManifest(workspace, withColumnLineage(manifest, lineage));
  }
  const freshness = readIfThere(join(targetFolder, 'sources.json'), readFreshness);
  const page = explorerPage({ manifest, catalog: found, lineage, runResults, freshness }, explorerAssets());
  writeWhole(join(targetFolder, 'index.html'), [page]);
  if (flags.static) writeWhole(join(targetFolder, 'static_index.html'), [page]);
  copyAssets(workspace);
  tellEnd(workspace, found);
  return adapter.parseOnly === true || found.errors === null;
}

/** What the build has bundled for the browser. */
function explorerAssets(): ExplorerAssets {
  const folder = join(packageRoot(), 'dist', 'explorer');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}

/** The catalog of the warehouse, written to the target folder. */
async function ownCatalog(workspace: Workspace, parsed: Parsed, selected: ReadonlySet<string>): Promise<Catalog> {
  const { flags, invocation } = workspace;
  const nothing: CatalogReading = { nodes: {}, sources: {}, errors: [] };
  const found = catalog(
    invocation,
    invocation.now(),
    flags.emptyCatalog ? nothing : await ask(workspace, parsed, selected),
  );
  const path = catalogPath(workspace);
  writeArtifact(path, found);
  emit(invocation, artifactWritten('CatalogArtifact', path));
  return found;
}

/** The catalog that lies in the target folder, or an empty one; nothing is written. */
function foreignCatalog(workspace: Workspace): Catalog {
  const { flags, invocation } = workspace;
  const there = flags.emptyCatalog ? undefined : readIfThere(catalogPath(workspace), readCatalog);
  return there ?? catalog(invocation, invocation.now(), { nodes: {}, sources: {}, errors: null });
}

const catalogPath = ({ targetFolder }: Workspace): string => join(targetFolder, 'catalog.json');

/** The last lines: where to look, and what is missing there. */
function tellEnd(workspace: Workspace, { errors, nodes, sources }: Catalog): void {
  const { adapter, invocation, targetFolder } = workspace;
  if (!adapter.parseOnly) {
    if (errors) emit(invocation, writeCatalogFailure(errors.length));
    emit(invocation, catalogWritten(catalogPath(workspace)));
    return;
  }
  const isEmpty = Object.keys({ ...nodes, ...sources }).length === 0;
  const source = isEmpty ? 'is empty' : `is that of ${catalogPath(workspace)}`;
  emit(invocation, note(`xform cannot connect to ${adapter.type} yet: the catalog ${source}`));
  emit(invocation, note(`Page written to ${join(targetFolder, 'index.html')}`));
}

async function ask(workspace: Workspace, parsed: Parsed, selected: ReadonlySet<string>): Promise<CatalogReading> {
  const { invocation } = workspace;
  emit(invocation, buildingCatalog());
  const pool = sessionPool(workspace);
  try {
    const wanted = [...graphNodes(parsed.manifest)].filter((node) => selected.has(node.unique_id));
    const found = await askCatalog(workbench(workspace, parsed, selected), pool, wanted);
    for (const message of found.errors) emit(invocation, catalogGenerationError(message));
    return found;
  } finally {
    await pool.close();
  }
}

/** Copies the folders of `asset-paths`, which descriptions may point to. Nothing outside of the target is written over. */
function copyAssets({ project, targetFolder }: Workspace): void {
  for (const folder of project.assetPaths) {
    const from = resolve(project.root, folder);
    const to = join(targetFolder, folder);
    const place = relative(targetFolder, to);
    if (!existsSync(from) || place === '' || place.split(sep)[0] === '..') continue;
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
}
