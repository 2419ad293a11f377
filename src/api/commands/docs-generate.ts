import { cpSync, existsSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { catalog, graphNodes, type Manifest, writeArtifact, writeWhole } from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import { docsPage } from '../../explore/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { artifactWritten, buildingCatalog, catalogWritten, SessionPool, writeCatalogFailure } from '../../run/index.ts';
import { workbench } from '../make-workbench.ts';
import { type CatalogReading, readCatalog } from '../read-catalog.ts';
import { selectNodes } from '../select-nodes.ts';
import { openWarehouse } from '../warehouse.ts';
import type { Workspace } from '../workspace.ts';
import { compile } from './compile.ts';

/** `docs generate`: compiles, asks the warehouse what it has, and writes catalog.json and the page of both artifacts. */
export async function docsGenerate(workspace: Workspace, parsed: Parsed): Promise<boolean> {
  const { flags, invocation, targetFolder } = workspace;
  const selected = selectNodes(workspace, parsed);
  let manifest: Manifest = parsed.manifest;
  if (flags.compile) manifest = (await compile(workspace, parsed, selected)).manifest;
  const found = flags.emptyCatalog ? { nodes: {}, sources: {}, errors: [] } : await ask(workspace, parsed, selected);
  const artifact = catalog(invocation, invocation.now(), found);
  const path = join(targetFolder, 'catalog.json');
  writeArtifact(path, artifact);
  emit(invocation, artifactWritten('CatalogArtifact', path));
  const page = docsPage(manifest, artifact);
  writeWhole(join(targetFolder, 'index.html'), [page]);
  if (flags.static) writeWhole(join(targetFolder, 'static_index.html'), [page]);
  copyAssets(workspace);
  if (found.errors.length) emit(invocation, writeCatalogFailure(found.errors.length));
  emit(invocation, catalogWritten(path));
  return found.errors.length === 0;
}

async function ask(workspace: Workspace, parsed: Parsed, selected: ReadonlySet<string>): Promise<CatalogReading> {
  emit(workspace.invocation, buildingCatalog());
  const warehouse = openWarehouse(workspace);
  const pool = new SessionPool(warehouse.get, workspace.invocation);
  try {
    const wanted = [...graphNodes(parsed.manifest)].filter((node) => selected.has(node.unique_id));
    return await readCatalog(workbench(workspace, parsed, selected), pool, wanted);
  } finally {
    await pool.close();
    await warehouse.close();
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
