// The Jinja room as a module, built from its TypeScript: for the developer's scripts beside this file.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Builds src/jinja into a temporary file and imports it. */
export async function jinjaRoom() {
  const outfile = join(mkdtempSync(join(tmpdir(), 'jinja-room-')), 'jinja.mjs');
  const entryPoints = [fileURLToPath(new URL('../../src/jinja/index.ts', import.meta.url))];
  await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}
