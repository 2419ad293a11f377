import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a start of the command line read: file URLs, and the sources bundled into them. */
export interface LoadedFiles {
  readonly status: number | null;
  readonly stdout: string;
  readonly urls: readonly string[];
  /** Paths of sources inside the chunks that were read, such as `src/core/span.ts`. */
  readonly sources: readonly string[];
}

const hooks = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.XFORM_LOADED_FILES, url + '\\n');
  return next(url, context);
}`;

/** Builds the command line where nobody has yet, so that this test can be run alone. */
export function ensureBuilt(root: string): string {
  const cli = path.join(root, 'dist', 'cli', 'main.js');
  if (!existsSync(cli)) {
    const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--cli-only'], {
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`The command line cannot be built:\n${built.stderr}`);
  }
  return cli;
}

/** Starts the built command line and notes every module that Node reads on the way. */
export function loadedFiles(cli: string, args: readonly string[]): LoadedFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'xform-loaded-'));
  try {
    const log = path.join(folder, 'urls.txt');
    writeFileSync(path.join(folder, 'hooks.mjs'), hooks);
    writeFileSync(
      path.join(folder, 'register.mjs'),
      "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\n",
    );
    const register = pathToFileURL(path.join(folder, 'register.mjs')).href;
    const done = spawnSync(process.execPath, ['--import', register, cli, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, XFORM_LOADED_FILES: log },
    });
    const urls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((url) => url.startsWith('file:'));
    return { status: done.status, stdout: done.stdout, urls, sources: urls.flatMap(bundledSources) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** esbuild leaves a comment with its path before every source it puts into a chunk. */
function bundledSources(url: string): string[] {
  const text = readFileSync(fileURLToPath(url), 'utf8');
  return [...text.matchAll(/^\/\/ ((?:src|adapters|node_modules)\/\S+)$/gm)].map((found) => found[1] ?? '');
}
