import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { catalog, graphNodes, type Manifest, readFreshness, writeArtifact, writeWhole } from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import { type ExplorerAssets, explorerPage } from '../../explore/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { artifactWritten, buildingCatalog, catalogWritten, writeCatalogFailure } from '../../run/index.ts';
import { analyse } from '../analyse.ts';
import { idsWithColumns, lineageOf, withColumnLineage } from '../column-lineage.ts';
import { withInheritedDocs } from '../inherited-docs.ts';
import { lastRun, readIfThere } from '../last-run.ts';
import { workbench } from '../make-workbench.ts';
import { packageRoot } from '../package-root.ts';
import { writeManifest } from '../parse-workspace.ts';
import { type CatalogReading, readCatalog } from '../read-catalog.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Workspace } from '../workspace.ts';
import { compile } from './compile.ts';

/**
 * `docs generate`: compiles, asks the warehouse what it has, finds out where columns come from, and writes catalog.json,
 * lineage.json and the page of all artifacts.
 */
export async function docsGenerate(workspace: Workspace, parsed: Parsed): Promise<boolean> {
  const { flags, invocation, targetFolder } = workspace;
  const selected = selectNodes(workspace, parsed);
  const runResults = lastRun(targetFolder);
  let manifest: Manifest = parsed.manifest;
  if (flags.compile) manifest = (await compile(workspace, parsed, selected)).manifest;
  const found = flags.emptyCatalog ? { nodes: {}, sources: {}, errors: [] } : await ask(workspace, parsed, selected);
  const artifact = catalog(invocation, invocation.now(), found);
  const path = join(targetFolder, 'catalog.json');
  writeArtifact(path, artifact);
  emit(invocation, artifactWritten('CatalogArtifact', path));
  // After the catalog, which says what columns the sources have.
  const analysed = await analyse(workspace, parsed, idsWithColumns(parsed.manifest), { compiled: manifest });
  const lineage = lineageOf(workspace, manifest, analysed);
  if (flags.inheritDocs) manifest = withInheritedDocs(manifest, lineage);
  if (flags.writeJson) {
    writeArtifact(join(targetFolder, 'lineage.json'), lineage);
    if (flags.compile) writeManifest(workspace, withColumnLineage(manifest, lineage));
  }
  const freshness = readIfThere(join(targetFolder, 'sources.json'), readFreshness);
  const page = explorerPage({ manifest, catalog: artifact, lineage, runResults, freshness }, explorerAssets());
  writeWhole(join(targetFolder, 'index.html'), [page]);
  if (flags.static) writeWhole(join(targetFolder, 'static_index.html'), [page]);
  copyAssets(workspace);
  if (found.errors.length) emit(invocation, writeCatalogFailure(found.errors.length));
  emit(invocation, catalogWritten(path));
  return found.errors.length === 0;
}

/** What the build has bundled for the browser. */
function explorerAssets(): ExplorerAssets {
  const folder = join(packageRoot(), 'dist', 'explorer');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}

async function ask(workspace: Workspace, parsed: Parsed, selected: ReadonlySet<string>): Promise<CatalogReading> {
  emit(workspace.invocation, buildingCatalog());
  const pool = sessionPool(workspace);
  try {
    const wanted = [...graphNodes(parsed.manifest)].filter((node) => selected.has(node.unique_id));
    return await readCatalog(workbench(workspace, parsed, selected), pool, wanted);
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
