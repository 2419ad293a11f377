import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { xformVersion } from '../core/index.ts';
import type { Project, SourceFile } from '../project/index.ts';
import type { ParseInput } from './draft.ts';
import { plainText, readDigest } from './reads.ts';

/** One file as it was when it was parsed: name, size, time of change in nanoseconds, and digest of the content. */
type KeptFile = readonly [name: string, size: string, mtimeNs: string, digest: string];

/** All that a parsed project depends on. */
export interface ProjectKey {
  readonly id: string;
  /** Digest of what concerns every resource: versions, settings, names of schema and database, most of dbt_project.yml. */
  readonly settings: string;
  /** Digest of the configs of all dbt_project.yml. */
  readonly configs: string;
  /** What was asked while parsing, with the digest of what it came to. */
  readonly reads: readonly (readonly [string, string | null])[];
  readonly files: readonly KeptFile[];
  /** When this was written, in nanoseconds: a file changed just before may have been changed again unnoticed. */
  readonly writtenNs: string;
}

/** How a project differs from what was parsed. */
export interface Changes {
  /** Files that are new or have another content. */
  readonly written: readonly SourceFile[];
  /** Names (`nameOf`) of files that are gone. */
  readonly gone: readonly string[];
  /** What was asked and comes to something else now. */
  readonly reads: ReadonlySet<string>;
  readonly configs: boolean;
}

/** Clocks of file systems may be as coarse as this. */
const COARSE_NS = 2_000_000_000n;

const digest = (text: string): string => hash('sha256', text);

/** A file's name among all files of an invocation. */
export const nameOf = (file: SourceFile): string => `${file.kind} ${file.package} ${file.path}`;

/** All files of all packages. */
export const filesOf = (input: ParseInput): SourceFile[] => input.packages.flatMap((pkg) => pkg.files);

/** The key of a project that was just parsed. */
export function fingerprintOf(
  id: string,
  input: ParseInput,
  settings: unknown,
  reads: Iterable<ReadonlySet<string>>,
): ProjectKey {
  const asked = new Set<string>();
  for (const keys of reads) for (const key of keys) asked.add(key);
  return {
    id,
    settings: settingsDigest(input, settings),
    configs: configsDigest(input),
    reads: [...asked].map((key) => [key, readDigest(input, key)]),
    files: filesOf(input).map((file) => [
      nameOf(file),
      String(file.stats.size),
      String(file.stats.mtimeNs),
      contentDigest(file),
    ]),
    writtenNs: String(BigInt(Date.now()) * 1_000_000n),
  };
}

/** What has changed since; undefined where all of the project has. */
export function changesSince(key: ProjectKey, input: ParseInput, settings: unknown): Changes | undefined {
  if (key.settings !== settingsDigest(input, settings)) return undefined;
  const writtenNs = BigInt(key.writtenNs);
  const gone = new Map(key.files.map((kept) => [kept[0], kept]));
  const written: SourceFile[] = [];
  for (const file of filesOf(input)) {
    const name = nameOf(file);
    const kept = gone.get(name);
    gone.delete(name);
    if (!kept || !isSame(file, kept, writtenNs)) written.push(file);
  }
  return {
    written,
    gone: [...gone.keys()],
    reads: new Set(key.reads.flatMap(([asked, was]) => (readDigest(input, asked) === was ? [] : [asked]))),
    configs: key.configs !== configsDigest(input),
  };
}

/** What has changed, as one text to compare with another time. */
export const changesDigest = (input: ParseInput, { written, gone, reads, configs }: Changes): string =>
  digest(
    JSON.stringify([
      written.map((file) => [nameOf(file), contentDigest(file)]),
      gone,
      [...reads].map((key) => [key, readDigest(input, key)]),
      configs && configsDigest(input),
    ]),
  );

/** True where nothing has changed. */
export const isUnchanged = ({ written, gone, reads, configs }: Changes): boolean =>
  !written.length && !gone.length && !reads.size && !configs;

function isSame(file: SourceFile, [, size, mtimeNs, content]: KeptFile, writtenNs: bigint): boolean {
  if (size !== String(file.stats.size)) return false;
  const isSettled = file.stats.mtimeNs + COARSE_NS < writtenNs;
  return (isSettled && mtimeNs === String(file.stats.mtimeNs)) || content === contentDigest(file);
}

/** A seed may be large, and its checksum is all that a manifest knows of it. */
const contentDigest = (file: SourceFile): string => (file.kind === 'seed' ? file.checksum.checksum : digest(file.text));

/** What the configs of a project's dbt_project.yml say, hooks on the run among them. */
const configsOf = ({ configs, unrenderedConfigs, onRunStart, onRunEnd }: Project) => ({
  configs,
  unrenderedConfigs,
  onRunStart,
  onRunEnd,
});

const configsDigest = ({ packages }: ParseInput): string =>
  digest(plainText(packages.map(({ project }) => configsOf(project))));

/** The rest of it, but for `vars`, which are compared where they are asked for. */
function sharedPart(project: Project): object {
  const { configs: _1, unrenderedConfigs: _2, onRunStart: _3, onRunEnd: _4, vars: _5, ...rest } = project;
  return rest;
}

function settingsDigest(input: ParseInput, settings: unknown): string {
  const { adapter, credentials, packages, base } = input;
  // A new build of the same version may parse differently.
  const program = statSync(fileURLToPath(import.meta.url));
  return digest(
    plainText({
      version: [xformVersion(), import.meta.url, program.size, program.mtimeMs],
      adapter: [adapter.type, adapter.version],
      credentials: [credentials.database, credentials.schema],
      metadata: base.get('dbt_metadata_envs') ?? null,
      packages: packages.map(({ project, internal }) => ({ project: sharedPart(project), internal })),
      settings,
    }),
  );
}
