// Builds the package: the library with its types (tsc → dist/src, dist/adapters), the command line (esbuild → dist/cli) and
// the lineage explorer's page (esbuild → dist/explorer).
// `--cli-only` leaves the library out; `--clean` empties dist first.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './tool.mjs';

const cliFolder = path.join(root, 'dist', 'cli');

/** Bundled CommonJS code asks for Node's own modules through `require`, which an ES module has to make for itself. */
const requireForBundled = [
  "import { createRequire as bundledRequire } from 'node:module';",
  'const require = bundledRequire(import.meta.url);',
].join('\n');

/** What stays outside of the bundle: packages with native code or of tens of megabytes, loaded only when a project needs them. */
function externalPackages() {
  const { peerDependencies = {} } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return ['@duckdb/node-api', '@polyglot-sql/sdk', 'pg', 'pg-copy-streams', ...Object.keys(peerDependencies)];
}

/** Bundles src/cli/main.ts, and what it writes into pages. Every dynamic import becomes a chunk of its own, so that `xform --version` reads the entry alone. */
export async function buildCli() {
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/cli/main.ts', out: 'main' },
      { in: 'src/sql/sql-worker.ts', out: 'sql-worker' },
    ],
    outdir: 'dist/cli',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: requireForBundled },
    external: externalPackages(),
    metafile: true,
    logLevel: 'warning',
  });
  removeStaleChunks(new Set(Object.keys(result.metafile.outputs).map((file) => path.resolve(root, file))));
  const entry = path.join(cliFolder, 'main.js');
  if (!readFileSync(entry, 'utf8').startsWith('#!')) {
    throw new Error('dist/cli/main.js has no first line `#!/usr/bin/env node`: put it at the top of src/cli/main.ts');
  }
  chmodSync(entry, 0o755);
  await buildExplorer();
}

/** `process` and Node's own modules are nothing that a browser has; what of the rooms would use them is not part of the page. */
const browserRooms = {
  name: 'browser-rooms',
  setup(build) {
    // Rooms re-export all they have: only what the page asks for is to come along.
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path: file, resolveDir }) =>
      file.endsWith('.css') ? undefined : { path: path.resolve(resolveDir, file), sideEffects: false },
    );
    build.onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: name, namespace: 'none', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
  },
};

/** The licences of what is bundled, as a comment: every page that is made is a copy. */
function licences(packages) {
  const texts = packages.map((name) => {
    const text = readFileSync(path.join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim();
    return `${name}\n\n${text}`;
  });
  return `/*\nContains these packages:\n\n${texts.join('\n\n')}\n*/`;
}

/** Bundles the lineage explorer: what `docs generate` puts into its page. */
async function buildExplorer() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [{ in: 'src/explore/page/main.tsx', out: 'page' }],
    outdir: 'dist/explorer',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: licences(['preact', '@preact/signals', '@preact/signals-core']) },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.platform': '"browser"' },
    plugins: [browserRooms],
    // In a file of which nothing comes along.
    logOverride: { 'empty-import-meta': 'silent' },
    logLevel: 'warning',
  });
}

/** Chunks carry a hash in their name, so each change leaves an old one behind. */
function removeStaleChunks(current) {
  const chunks = path.join(cliFolder, 'chunks');
  if (!existsSync(chunks)) return;
  for (const name of readdirSync(chunks)) {
    const file = path.join(chunks, name);
    if (!current.has(file)) rmSync(file);
  }
}

/** Emits the library and its declarations; returns tsc's exit code. */
export function buildLibrary() {
  return runTool('typescript', ['-p', 'tsconfig.json'], { command: 'tsc' });
}

async function main(args) {
  if (args.includes('--clean')) rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await buildCli();
  if (!args.includes('--cli-only')) process.exitCode = buildLibrary();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    // esbuild has shown its findings; a stack of its insides would only hide them.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
