// Makes node_modules what package-lock.json says, and does nothing where it already is: a fresh clone needs only Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './tool.mjs';

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** Names what is missing or of another version than the lock file asks for. Optional packages may be absent: they depend on the system. */
export function outdatedPackages() {
  const wanted = readPackages(path.join(root, 'package-lock.json')) ?? {};
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([where]) => where !== '')
    .filter(([where, { version, optional }]) => {
      const there = installed[where]?.version;
      return there === undefined ? !optional : there !== version;
    })
    .map(([where]) => where.replace(/^node_modules\//, ''));
}

/** Runs npm, the very one that runs this script where there is one; returns its exit code. */
function npm(args, stdio) {
  // Asked for by name, because NODE_ENV or a user's npm configuration may leave them out.
  const all = [...args, '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const own = process.env.npm_execpath;
  const done = own?.endsWith('.js')
    ? spawnSync(process.execPath, [own, ...all], { cwd: root, stdio })
    : spawnSync(['npm', ...all].join(' '), { cwd: root, stdio, shell: true });
  return done.status ?? 1;
}

/**
 * Installs the locked dependencies where they are missing or outdated. `npm ci` refuses a lock file without the packages of
 * other systems, which is what npm writes where its registry lacks them; `npm install` takes the same versions from it.
 */
export function setUp() {
  const outdated = outdatedPackages();
  if (outdated.length === 0) return;
  console.log(`Installing dependencies (${outdated.length} missing or outdated, such as ${outdated[0]}) ...`);
  if (npm(['ci'], ['ignore', 'inherit', 'pipe']) === 0) return;
  if (npm(['install', '--no-save'], 'inherit') === 0) return;
  throw new Error(
    'npm could not install the dependencies; its own message is above. Check the network, then try again.',
  );
}
