import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { readDeclaredPackages } from '../project/index.ts';
import { type Addition, addPackage } from './add-package.ts';
import { definitionHash } from './definition-hash.ts';
import { interrupted } from './diagnostics.ts';
import { lockUpdating, noPackagesFound } from './events.ts';
import { installLocked } from './install.ts';
import { lockFileName, lockText, readLock, withSums, writeLock } from './lock-file.ts';
import type { PackageHost } from './package-host.ts';
import { readSpecs } from './read-specs.ts';
import { resolvePackages } from './resolve.ts';
import { openSources, type Sources } from './sources.ts';

/** What `deps` is to do. */
export interface DependencyOrder {
  /** Where packages go, as the project names it. */
  readonly installPath: string;
  /** Take the newest versions allowed, whatever is locked. */
  readonly upgrade: boolean;
  /** Settle versions only. */
  readonly lockOnly: boolean;
  readonly add?: Addition;
}

/** Settles the versions of all packages of a project, where that is to be done, and installs them. Throws a DiagnosticError. */
export async function installDependencies(order: DependencyOrder, host: PackageHost): Promise<void> {
  const sources = openSources(host);
  try {
    if (order.add === undefined) await install(order, host, sources);
    else await addAndInstall(order.add, order, host, sources);
  } catch (error) {
    if (host.signal.aborted && !(error instanceof DiagnosticError)) throw new DiagnosticError(interrupted({}));
    throw error;
  } finally {
    sources.close();
  }
}

/** A package that cannot be had is not left in the packages file. */
async function addAndInstall(
  addition: Addition,
  order: DependencyOrder,
  host: PackageHost,
  sources: Sources,
): Promise<void> {
  const declared = readDeclaredPackages(host.root, host.render);
  const path = join(host.root, declared.file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const said = addPackage(host.root, declared, addition);
  try {
    await settle(order.upgrade, host, sources);
  } catch (error) {
    if (before === undefined) rmSync(path);
    else writeFileSync(path, before);
    throw error;
  }
  for (const line of said) host.say(line);
  await install({ ...order, upgrade: false }, host, sources);
}

async function install(
  { upgrade, lockOnly, installPath }: DependencyOrder,
  host: PackageHost,
  sources: Sources,
): Promise<void> {
  const count = await settle(upgrade, host, sources);
  if (lockOnly) return;
  const lock = readLock(host.root, host.render);
  if (count > 0 && lock !== undefined) return installLocked(lock, installPath, host, sources);
  const folder = join(host.root, installPath);
  // Nothing is declared any more: what was installed would be loaded all the same.
  if (lock !== undefined && existsSync(folder)) await installLocked(lock, installPath, host, sources);
  else mkdirSync(folder, { recursive: true });
}

/** Brings the lock file up to date with what is declared. Says how many packages are declared. */
async function settle(upgrade: boolean, host: PackageHost, sources: Sources): Promise<number> {
  const { root, render } = host;
  const declared = readDeclaredPackages(root, render);
  const asker = { name: declared.file, folder: root, isFetched: false };
  const specs = readSpecs(declared, asker, host);
  const hash = definitionHash(declared);
  const path = join(root, lockFileName);
  if (specs.length === 0) {
    host.say(noPackagesFound(declared.file));
    if (existsSync(path)) writeLock(root, lockText([], hash));
    return 0;
  }
  const old = upgrade ? undefined : readLock(root, render);
  if (old?.hash === hash) return specs.length;
  const text = lockText(await resolvePackages(specs, host, sources), hash);
  writeLock(root, withSums(text, old?.sums ?? new Map()));
  host.say(lockUpdating(path));
  return specs.length;
}
