import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { atOnce } from './at-once.ts';
import { chooseVersion } from './choose-version.ts';
import { contentChanged, downloadFailed, unsafeInstallPath } from './diagnostics.ts';
import { fromSubdirectory, installed, startInstall, updateAvailable, updatesAvailable, upToDate } from './events.ts';
import { type Lock, withSums, writeLock } from './lock-file.ts';
import { mostAtOnce, type PackageHost, type Said } from './package-host.ts';
import { projectNameIn, safeFolderName } from './package-project.ts';
import { type PackageSpec, shownUrl } from './package-spec.ts';
import { readSpecs } from './read-specs.ts';
import type { Sources } from './sources.ts';

/** A package in its new place, and what to say of it. */
interface Staged {
  readonly said: readonly Said[];
  /** Name of a package of which there is a newer version. */
  readonly outdated?: string;
  /** What the archive is, and the sha256 of its files. */
  readonly sum?: readonly [what: string, sha256: string];
}

/**
 * Installs what a lock file says. All packages are brought into a new folder, which takes the place of the old one when
 * it is complete: where anything fails, the old one stays. Throws a DiagnosticError.
 */
export async function installLocked(
  lock: Lock,
  installPath: string,
  host: PackageHost,
  sources: Sources,
): Promise<void> {
  const target = resolve(host.root, installPath);
  refuseUnsafe(target, installPath, host.root);
  const asker = { name: lock.declared.file, folder: host.root, isFetched: false };
  const specs = readSpecs(lock.declared, asker, host);
  mkdirSync(dirname(target), { recursive: true });
  const fresh = join(dirname(target), `.${basename(target)}-${randomUUID().slice(0, 8)}`);
  mkdirSync(fresh);
  try {
    const staged = await atOnce(mostAtOnce, specs, (spec) => stage(spec, fresh, lock, host, sources));
    replace(target, fresh);
    for (const { said } of staged) for (const line of said) host.say(line);
    const outdated = staged.flatMap((one) => one.outdated ?? []);
    if (outdated.length > 0) host.say(updatesAvailable(outdated));
    keepSums(lock, staged, host.root);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Puts one folder in the place of another, which is deleted when that is done. */
function replace(target: string, fresh: string): void {
  const old = `${fresh}-old`;
  const had = existsSync(target);
  if (had) renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (had) renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

function refuseUnsafe(target: string, shown: string, root: string): void {
  const fail = (reason: string): never => {
    throw new DiagnosticError(unsafeInstallPath({ path: shown, reason }));
  };
  const holdsRoot = relative(target, root).split(sep)[0] !== '..';
  if (holdsRoot) fail('is the project, or a folder around it');
  if (existsSync(join(target, 'dbt_project.yml'))) fail('holds a project');
}

async function stage(
  spec: PackageSpec,
  fresh: string,
  lock: Lock,
  host: PackageHost,
  sources: Sources,
): Promise<Staged> {
  switch (spec.kind) {
    case 'local': {
      const place = placeIn(fresh, projectNameIn(spec.folder, spec.shown, host.root), spec.shown);
      linkOrCopy(spec.folder, place);
      return { said: [startInstall(spec.path), installed(`<local @ ${spec.path}>`)] };
    }
    case 'hub': {
      const { version, info, latest } = await chooseVersion(host.hub, [spec], host.versionCheck);
      const { folder, sha256 } = await sources.archive(webOnly(info.tarball, spec.name), spec.name);
      projectNameIn(folder, spec.name, host.root);
      const sum = [`${spec.name}@${version}`, sha256] as const;
      verify(sum, lock);
      move(folder, placeIn(fresh, info.name, spec.name));
      const isNewest = latest === version;
      const said = [
        startInstall(spec.name),
        installed(`version ${version}`),
        isNewest ? upToDate() : updateAvailable(latest),
      ];
      return { said, sum, outdated: isNewest ? undefined : spec.name };
    }
    case 'git': {
      const { folder } = await sources.git(spec, spec.revision);
      move(folder, placeIn(fresh, projectNameIn(folder, spec.shown, host.root), spec.shown));
      const { revision = 'HEAD', subdirectory } = spec;
      const named = revision === 'HEAD' ? 'HEAD (default revision)' : `revision ${revision}`;
      const within = subdirectory === undefined ? [] : [fromSubdirectory(subdirectory)];
      return { said: [startInstall(spec.shown), installed(named), ...within] };
    }
    default: {
      const { folder, sha256 } = await sources.archive(spec.url, spec.name);
      projectNameIn(folder, spec.name, host.root);
      const sum = [spec.written, sha256] as const;
      verify(sum, lock);
      move(folder, placeIn(fresh, spec.name, spec.name));
      return { said: [startInstall(spec.name), installed(`tarball (url: ${shownUrl(spec.url)})`)], sum };
    }
  }
}

/** A hub has no business with the files of this machine. */
function webOnly(url: string, name: string): string {
  if (/^https?:\/\//i.test(url)) return url;
  throw new DiagnosticError(downloadFailed({ name, url, reason: 'the hub names an address that is not of the web' }));
}

function verify([what, found]: readonly [string, string], { sums }: Lock): void {
  const locked = sums.get(what);
  if (locked !== undefined && locked !== found)
    throw new DiagnosticError(contentChanged({ name: what, locked, found }));
}

const placeIn = (folder: string, name: string, what: string): string => join(folder, safeFolderName(name, what));

function linkOrCopy(source: string, place: string): void {
  try {
    symlinkSync(source, place, 'dir');
  } catch {
    // Where links need a privilege, as on Windows, or the file system has none.
    const real = realpathSync(source);
    const skipped = new Set(['.git', 'target', 'logs', 'dbt_packages', 'node_modules']);
    cpSync(real, place, { recursive: true, filter: (path) => !skipped.has(relative(real, path).split(sep)[0]!) });
  }
}

function move(source: string, place: string): void {
  try {
    renameSync(source, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(source, place, { recursive: true, verbatimSymlinks: true });
  }
}

/** Notes down what was installed, for the next time. */
function keepSums(lock: Lock, staged: readonly Staged[], root: string): void {
  const text = withSums(lock.text, new Map(staged.flatMap(({ sum }) => (sum === undefined ? [] : [sum]))));
  if (text !== lock.text) writeLock(root, text);
}
