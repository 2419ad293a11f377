import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, DiagnosticError, nearest, type Span } from '../core/index.ts';
import { type PyDict, str, type Value } from '../jinja/index.ts';
import { type DeclaredPackages, locate, projectFileName } from '../project/index.ts';
import {
  invalidPackage,
  invalidVersion,
  localInFetched,
  missingLocal,
  missingVersion,
  unknownProvider,
} from './diagnostics.ts';
import {
  type Asker,
  type GitSpec,
  type HubSpec,
  type LocalSpec,
  type PackageSpec,
  shownUrl,
  type TarballSpec,
} from './package-spec.ts';
import { type Bound, parseBound } from './version.ts';

/** The keys that each kind of entry may have, by the key that makes the kind. */
const keysOf = {
  package: ['package', 'version', 'install_prerelease', 'install-prerelease', 'name'],
  git: ['git', 'revision', 'warn-unpinned', 'warn_unpinned', 'subdirectory', 'name'],
  private: ['private', 'provider', 'revision', 'warn-unpinned', 'warn_unpinned', 'subdirectory', 'name'],
  local: ['local', 'name'],
  tarball: ['tarball', 'name'],
} as const;

type KindKey = keyof typeof keysOf;
const kindKeys = Object.keys(keysOf) as KindKey[];

/** What is known of the entry that is being read. */
interface Entry {
  readonly data: PyDict;
  readonly written: PyDict;
  readonly asker: Asker;
  /** The file, as shown. */
  readonly file: string;
  readonly at: (key?: string) => Span | undefined;
}

/** Where the root project is. */
interface Root {
  readonly root: string;
}

/** Reads the entries of a packages file, which belongs to `asker`. Throws a DiagnosticError with all faults. */
export function readSpecs(declared: DeclaredPackages, asker: Asker, { root }: Root): readonly PackageSpec[] {
  const problems: Diagnostic[] = [];
  const specs: PackageSpec[] = [];
  const path = join(asker.folder, declared.file);
  const shown = relative(root, path).replaceAll(sep, '/');
  for (const [index, data] of declared.packages.entries()) {
    const at = (key?: string): Span | undefined => {
      if (asker.isFetched || !existsSync(path)) return undefined;
      return locate(readFileSync(path, 'utf8'), shown, ['packages', index, ...(key === undefined ? [] : [key])]);
    };
    const entry: Entry = {
      data,
      written: declared.unrendered[index] ?? data,
      asker,
      file: asker.isFetched ? `${declared.file} of ${asker.name}` : shown,
      at,
    };
    try {
      specs.push(readSpec(entry, root));
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  if (problems.length > 0) throw new DiagnosticError(...problems);
  return specs;
}

function readSpec(entry: Entry, root: string): PackageSpec {
  const kinds = kindKeys.filter((key) => entry.data.has(key));
  const keys = Array.from(entry.data.keys(), String);
  const [kind] = kinds;
  if (kind === undefined) {
    const near = keys.map((key) => nearest(key, kindKeys)).find((found) => found !== undefined);
    const hint = near && `did you mean '${near}'?`;
    return fail(entry, `an entry has none of ${kindKeys.map((key) => `${key}:`).join(' ')}`, undefined, hint);
  }
  if (kinds.length > 1) return fail(entry, `an entry has both ${kinds[0]}: and ${kinds[1]}:`, kinds[1]);
  for (const key of keys) {
    if ((keysOf[kind] as readonly string[]).includes(key)) continue;
    const near = nearest(key, keysOf[kind]);
    fail(
      entry,
      `an entry with ${kind}: cannot have '${key}'`,
      key,
      near ? `did you mean '${near}'?` : `remove '${key}'`,
    );
  }
  if (text(entry, kind) === '') fail(entry, `${kind}: is empty`, kind);
  switch (kind) {
    case 'package':
      return hubSpec(entry);
    case 'local':
      return localSpec(entry, root);
    case 'tarball':
      return tarballSpec(entry);
    default:
      return gitSpec(entry, kind);
  }
}

function fail(entry: Entry, reason: string, key?: string, hint?: string): never {
  throw new DiagnosticError(invalidPackage({ file: entry.file, reason, hint }, { at: entry.at(key) }));
}

/** A value that must be text; undefined where it is missing. */
function optionalText(entry: Entry, key: string): string | undefined {
  const value = entry.data.get(key) ?? null;
  if (value === null) return undefined;
  return typeof value === 'string' ? value : fail(entry, `${key}: must be text, but is ${str(value)}`, key);
}

function text(entry: Entry, key: string): string {
  return optionalText(entry, key) ?? fail(entry, `${key}: is missing`);
}

function flag(entry: Entry, ...keys: readonly string[]): boolean | undefined {
  for (const key of keys) {
    const value = entry.data.get(key) ?? null;
    if (value === null) continue;
    return typeof value === 'boolean' ? value : fail(entry, `${key}: must be true or false, but is ${str(value)}`, key);
  }
  return undefined;
}

/** Text, or a number that YAML made of it. */
function versionText(entry: Entry, key: string, value: Value): string {
  const isScalar = value !== null && typeof value !== 'boolean' && !Array.isArray(value) && !isMapping(value);
  return isScalar ? str(value) : fail(entry, `${key}: must be text, but is ${str(value)}`, key);
}

const isMapping = (value: Value): boolean => typeof value === 'object' && value !== null && 'entries' in value;

function hubSpec(entry: Entry): HubSpec {
  const name = text(entry, 'package');
  const { asker, at, file } = entry;
  if (!/^[^/\s]+\/[^/\s]+$/.test(name)) {
    fail(
      entry,
      `'${name}' is no name of a package on the hub`,
      'package',
      'write owner/name, as in dbt-labs/dbt_utils; a folder is named with local:',
    );
  }
  const version = entry.data.get('version') ?? null;
  if (version === null || version === '' || (Array.isArray(version) && version.length === 0)) {
    throw new DiagnosticError(missingVersion({ name, file }, { at: at('package') }));
  }
  const bounds: Bound[] = [];
  const wants: string[] = [];
  for (const item of Array.isArray(version) ? version : [version]) {
    for (const part of versionText(entry, 'version', item).split(',')) {
      const written = part.trim();
      const bound = parseBound(written);
      if (bound === undefined) {
        const place = { at: at('version') };
        throw new DiagnosticError(invalidVersion({ name, written, by: asker.name, hint: versionHint(written) }, place));
      }
      bounds.push(bound);
      wants.push(written);
    }
  }
  return {
    kind: 'hub',
    key: `hub:${name}`,
    shown: name,
    asker,
    at,
    name,
    bounds,
    wants: wants.join(', '),
    withPrereleases: flag(entry, 'install_prerelease', 'install-prerelease') ?? false,
  };
}

function versionHint(written: string): string | undefined {
  const short = /^(\D*)(\d+)(?:\.(\d+))?(?:\.[x*])?$/.exec(written.trim());
  if (short && /^(?:>=|<=|>|<|=)?\s*$/.test(short[1]!))
    return `write ${short[1]}${short[2]}.${short[3] ?? 0}.0 in quotes`;
  const caret = /^[~^](\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(written.trim());
  if (!caret) return undefined;
  const [major, minor, patch] = [Number(caret[1]), Number(caret[2] ?? 0), Number(caret[3] ?? 0)];
  const next = written.trim().startsWith('^') ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
  return `write [">=${major}.${minor}.${patch}", "<${next}"]`;
}

function gitSpec(entry: Entry, key: 'git' | 'private'): GitSpec {
  const isPrivate = key === 'private';
  const given = text(entry, key);
  const provider = isPrivate ? optionalText(entry, 'provider') : undefined;
  const url = isPrivate ? privateUrl(entry, given, provider ?? 'github') : given;
  const revision = entry.data.get('revision') ?? null;
  const subdirectory = optionalText(entry, 'subdirectory');
  const wanted = revision === null ? undefined : versionText(entry, 'revision', revision);
  if (url.startsWith('-') || wanted?.startsWith('-')) fail(entry, `${key}: and revision: cannot begin with -`, key);
  if (subdirectory !== undefined && (isAbsolute(subdirectory) || subdirectory.split(/[\\/]/).includes('..'))) {
    fail(entry, `subdirectory: must be a path inside the repository, but is ${subdirectory}`, 'subdirectory');
  }
  const within = subdirectory ? `/${subdirectory}` : '';
  const written = entry.written.get(key);
  return {
    kind: 'git',
    key: `${key}:${url.replace(/\.git$/, '')}${within}`,
    shown: `${shownUrl(url)}${within}`,
    asker: entry.asker,
    at: entry.at,
    url,
    written: typeof written === 'string' ? written : given,
    revision: wanted,
    subdirectory: subdirectory || undefined,
    warnUnpinned: flag(entry, 'warn-unpinned', 'warn_unpinned') ?? true,
    isPrivate,
    provider,
  };
}

/** Where a private package lies, as the keys of the user's SSH agent reach it. */
function privateUrl(entry: Entry, name: string, provider: string): string {
  if (provider === 'github' || provider === 'gitlab') return `git@${provider}.com:${name}.git`;
  const isAzure = provider === 'ado' || provider === 'azure_devops';
  if (isAzure && name.split('/').length >= 3) return `git@ssh.dev.azure.com:v3/${name}`;
  const reason = isAzure ? 'it needs the form organisation/project/repository' : 'this provider is not known';
  throw new DiagnosticError(unknownProvider({ name, provider, reason }, { at: entry.at('private') }));
}

function tarballSpec(entry: Entry): TarballSpec {
  const url = text(entry, 'tarball');
  const name = text(entry, 'name');
  if (!/^(?:https?|file):\/\//i.test(url)) {
    fail(entry, `tarball: must begin with https://, http:// or file://, but is ${shownUrl(url)}`, 'tarball');
  }
  const written = entry.written.get('tarball');
  return {
    kind: 'tarball',
    key: `tarball:${url}`,
    shown: name,
    asker: entry.asker,
    at: entry.at,
    url,
    written: typeof written === 'string' ? written : url,
    name,
  };
}

const isProject = (folder: string): boolean => existsSync(join(folder, projectFileName));

/**
 * A local path is relative to the project that names it. dbt takes it as relative to the root project, always; so that
 * counts where nothing lies at the first place.
 */
function localSpec(entry: Entry, root: string): LocalSpec {
  const given = text(entry, 'local');
  const { asker, at } = entry;
  const fromRoot = resolve(root, given);
  if (asker.isFetched) {
    const inside = relative(root, fromRoot);
    if (isAbsolute(given) || inside.split(sep)[0] === '..' || !isProject(fromRoot)) {
      throw new DiagnosticError(localInFetched({ path: given, by: asker.name }, { at: at('local') }));
    }
  }
  const own = asker.isFetched ? fromRoot : resolve(asker.folder, given);
  const folder = isProject(own) || !isProject(fromRoot) ? own : fromRoot;
  if (!isProject(folder)) {
    throw new DiagnosticError(
      missingLocal({ path: given, by: asker.name, near: nearFolder(given, folder) }, { at: at('local') }),
    );
  }
  const path = folder === fromRoot ? given : relative(root, folder).replaceAll(sep, '/');
  return { kind: 'local', key: `local:${folder}`, shown: path, asker, at, path, folder };
}

/** A project beside the one that is not there. */
function nearFolder(given: string, folder: string): string | undefined {
  const parent = dirname(folder);
  if (!existsSync(parent)) return undefined;
  const names = readdirSync(parent).filter((name) => isProject(join(parent, name)));
  const near = nearest(basename(folder), names);
  return near === undefined ? undefined : given.replace(/[^/\\]+[/\\]*$/, near);
}
