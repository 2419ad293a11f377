import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ExplorerAssets } from '../../src/explore/index.ts';
import { ensureBuilt } from '../architecture/loaded-files.ts';
import { root } from '../e2e/temporary-project.ts';

/** What the build has bundled for the page. */
export function builtAssets(): ExplorerAssets {
  ensureBuilt(root);
  const read = (name: string): string => readFileSync(path.join(root, 'dist', 'explorer', name), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}
