import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { xformVersion } from '../core/index.ts';
import { PyDict, PyObject, toPlain, type Value } from '../jinja/index.ts';
import type { SourceFile } from '../project/index.ts';
import type { ParseInput } from './draft.ts';

/** One file as it was when it was parsed: name, size, time of change in nanoseconds, and digest of the content. */
type KeptFile = readonly [name: string, size: string, mtimeNs: string, digest: string];

/** All that a parsed project depends on. */
export interface ProjectKey {
  readonly id: string;
  /** Digest of versions, settings, profile and projects. */
  readonly settings: string;
  /** Variables of the environment that were read, by digest: they may be private. */
  readonly env: readonly (readonly [string, string | null])[];
  /** Flags and arguments of the command that were read, by digest. */
  readonly names: readonly (readonly [string, string])[];
  readonly files: readonly KeptFile[];
  /** When this was written, in nanoseconds: a file changed just before may have been changed again unnoticed. */
  readonly writtenNs: string;
}

/** What was read while parsing. */
export interface Watch {
  readonly input: ParseInput;
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly names: ReadonlySet<string>;
}

/** Clocks of file systems may be as coarse as this. */
const COARSE_NS = 2_000_000_000n;
/** Names that differ from command to command. Those that differ every time are taken as they were, as in dbt. */
const COMMAND_NAMES = ['flags', 'invocation_args_dict'];

const digest = (text: string): string => hash('sha256', text);
const digestOf = (value: string | undefined): string | null => (value === undefined ? null : digest(value));
const nameOf = (file: SourceFile): string => `${file.kind} ${file.package} ${file.shown}`;

/** The input with its environment, and the names that differ from command to command, under watch. */
export function watched(input: ParseInput): Watch {
  const env = new Map<string, string | undefined>();
  const names = new Set<string>();
  const watchedEnv = new Proxy(input.env, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as string | undefined;
      if (typeof name === 'string') env.set(name, value);
      return value;
    },
  });
  const base = new Map(input.base);
  for (const name of COMMAND_NAMES) {
    const value = base.get(name);
    if (value instanceof PyDict) base.set(name, new WatchedDict(value, (key) => names.add(`${name}.${key}`)));
  }
  return { input: { ...input, base, env: watchedEnv }, env, names };
}

/** A dict that tells which of its entries are read; no entry's name stands for all of them. */
class WatchedDict extends PyDict {
  readonly #onRead: (key: string) => void;
  constructor(entries: PyDict, onRead: (key: string) => void) {
    super(entries.entries());
    this.#onRead = onRead;
  }
  override get(key: Value): Value | undefined {
    this.#onRead(String(key));
    return super.get(key);
  }
  override has(key: Value): boolean {
    this.#onRead(String(key));
    return super.has(key);
  }
  override *keys(): IterableIterator<Value> {
    this.#onRead('');
    yield* super.keys();
  }
  override values(): IterableIterator<Value> {
    this.#onRead('');
    return super.values();
  }
  override *entries(): IterableIterator<[Value, Value]> {
    this.#onRead('');
    yield* super.entries();
  }
  override *iterate(): Iterable<Value> {
    this.#onRead('');
    yield* super.iterate();
  }
}

/** The key of a project that was just parsed. */
export function fingerprintOf(id: string, input: ParseInput, settings: unknown, { env, names }: Watch): ProjectKey {
  return {
    id,
    settings: settingsDigest(input, settings),
    env: [...env].map(([name, value]) => [name, digestOf(value)]),
    names: [...names].map((name) => [name, nameDigest(input, name)]),
    files: filesOf(input).map((file) => [
      nameOf(file),
      String(file.stats.size),
      String(file.stats.mtimeNs),
      contentDigest(file),
    ]),
    writtenNs: String(BigInt(Date.now()) * 1_000_000n),
  };
}

/** True where a project parsed now would come out as it did then. */
export function isCurrent(key: ProjectKey, input: ParseInput, settings: unknown): boolean {
  const files = filesOf(input);
  return (
    key.settings === settingsDigest(input, settings) &&
    key.env.every(([name, value]) => digestOf(input.env[name]) === value) &&
    key.names.every(([name, value]) => nameDigest(input, name) === value) &&
    key.files.length === files.length &&
    files.every((file, i) => isSame(file, key.files[i]!, BigInt(key.writtenNs)))
  );
}

function isSame(file: SourceFile, [name, size, mtimeNs, content]: KeptFile, writtenNs: bigint): boolean {
  if (name !== nameOf(file) || size !== String(file.stats.size)) return false;
  const isSettled = file.stats.mtimeNs + COARSE_NS < writtenNs;
  return (isSettled && mtimeNs === String(file.stats.mtimeNs)) || content === contentDigest(file);
}

const filesOf = (input: ParseInput): SourceFile[] => input.packages.flatMap((pkg) => pkg.files);

/** A seed may be large, and its checksum is all that a manifest knows of it. */
const contentDigest = (file: SourceFile): string => (file.kind === 'seed' ? file.checksum.checksum : digest(file.text));

function nameDigest(input: ParseInput, read: string): string {
  const [name = '', key = ''] = read.split('.', 2);
  const value = input.base.get(name);
  return digest(plainText((key !== '' && value instanceof PyDict ? value.get(key) : value) ?? null));
}

function settingsDigest(input: ParseInput, settings: unknown): string {
  const { adapter, credentials, packages, base } = input;
  // A new build of the same version may parse differently.
  const program = statSync(fileURLToPath(import.meta.url));
  return digest(
    plainText({
      version: [xformVersion(), import.meta.url, program.size, program.mtimeMs],
      adapter: [adapter.type, adapter.version],
      credentials: [credentials.database, credentials.schema, credentials.target],
      target: base.get('target') ?? null,
      metadata: base.get('dbt_metadata_envs') ?? null,
      packages: packages.map(({ project, internal }) => ({ project, internal })),
      settings,
    }),
  );
}

function plainText(value: unknown): string {
  return JSON.stringify({ value }, function (this: Readonly<Record<string, unknown>>, key, item: unknown) {
    const given = this[key];
    if (given instanceof PyObject) return toPlain(given);
    return typeof item === 'bigint' ? String(item) : item;
  });
}
