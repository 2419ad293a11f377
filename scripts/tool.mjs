// Runs a development tool of node_modules with this Node, without a shell, so that it works the same on every system.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The JavaScript file behind a package's command, as its package.json declares it. */
export function toolFile(packageName, command = packageName.split('/').at(-1)) {
  const folder = path.join(root, 'node_modules', packageName);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) throw new Error(`${packageName} is not installed: run \`npm ci\` in ${root}`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const file = typeof bin === 'string' ? bin : bin[command];
  return path.join(folder, file);
}

/** Runs a tool to its end with its output shown; returns its exit code. */
export function runTool(packageName, args, { command, env, stdio = 'inherit' } = {}) {
  const file = toolFile(packageName, command);
  const done = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio,
    env: { ...process.env, ...env },
  });
  if (done.error) throw done.error;
  return done.status ?? 1;
}
