import { hash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Compiled, Factory, ProgramKind } from './compiled.ts';

/** To be raised whenever generated code, or the library it calls, does: what older versions made is then left alone. */
export const COMPILER_VERSION = 2;
const BUNDLE = `jinja-${COMPILER_VERSION}.js`;
const CODE = `jinja-${COMPILER_VERSION}.v8`;
/** Beyond this many characters programs not used by the current invocation are dropped. */
const MAX_SIZE = 64_000_000;
const HASH_LENGTH = 64;

/** A bundle as read: its programs as text, and as one loaded script. */
interface Bundle {
  readonly hash: string;
  readonly lines: ReadonlyMap<string, string>;
  readonly script: Script;
  readonly factories: Readonly<Record<string, Factory>>;
}

/**
 * Programs of earlier invocations, in one file of the user's own cache folder. As it holds code that will be run, it
 * lies never inside a project and is only read from a folder that no one else can write to. Writers replace the file
 * as a whole; whatever is wrong with it, it is as if it were not there.
 */
export class CompileCache {
  readonly #dir: string;
  #bundle: Bundle | undefined;
  readonly #added = new Map<string, string>();
  readonly #used = new Set<string>();
  /** Programs this invocation has loaded: thousands of templates differ only in where they stand. */
  readonly #programs = new Map<string, Compiled>();
  /** Keys of sources already hashed in this invocation. */
  readonly #keys = new Map<string, string>();

  private constructor(dir: string, bundle: Bundle | undefined) {
    this.#dir = dir;
    this.#bundle = bundle;
  }

  /** Opens the cache in `dir`, by default the user's. */
  static open(dir: string = userCacheDir()): CompileCache {
    return new CompileCache(dir, readBundle(dir));
  }

  /** The key of a source text, whatever it is compiled to. */
  key(kind: ProgramKind, source: string): string {
    let hash = this.#keys.get(source);
    if (hash === undefined) {
      hash = sha256(source);
      this.#keys.set(source, hash);
    }
    return `${kind}.${hash}`;
  }
  /** True where a program made of the source is known, so that the source is known to be valid. */
  has(kind: ProgramKind, source: string): boolean {
    const key = this.key(kind, source);
    const factories = this.#bundle?.factories;
    return MODES.some(
      (mode) =>
        this.#programs.has(`${key}.${mode}`) || (factories !== undefined && Object.hasOwn(factories, `${key}.${mode}`)),
    );
  }
  /** The program of that key. */
  find(key: string): Factory | undefined {
    const factories = this.#bundle?.factories;
    if (factories === undefined || !Object.hasOwn(factories, key)) return undefined;
    this.#used.add(key);
    return factories[key];
  }
  /** The program of that key, where this invocation has loaded it before. */
  loaded(key: string): Compiled | undefined {
    return this.#programs.get(key);
  }
  /** Keeps a loaded program for this invocation. */
  keep(key: string, program: Compiled): Compiled {
    this.#programs.set(key, program);
    return program;
  }
  /** Keeps a program for later invocations. */
  add(key: string, text: string): void {
    this.#added.set(key, text);
  }

  /** Writes what is new, together with what other processes have written meanwhile. */
  save(): void {
    if (this.#added.size === 0) return;
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
      if (!isPrivate(this.#dir)) return;
      const lines = new Map(readBundle(this.#dir)?.lines);
      for (const [key, text] of this.#added) lines.set(key, `${JSON.stringify(key)}:${text}`);
      let size = 0;
      for (const line of lines.values()) size += line.length;
      if (size > MAX_SIZE)
        for (const key of lines.keys()) if (!this.#used.has(key) && !this.#added.has(key)) lines.delete(key);
      this.#bundle = writeBundle(this.#dir, lines);
      this.#added.clear();
    } catch {
      // A cache that cannot be written is a cache not written: nothing depends on it.
    }
  }
}

const MODES = ['plain', 'waits', 'parts'] as const;

/** The folder for what can be made anew at any time. */
export function userCacheDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'xform', 'cache');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'xform');
}

/** True for a folder that is the user's and that nobody else can write to. */
function isPrivate(dir: string): boolean {
  if (process.platform === 'win32') return true;
  const { uid, mode } = statSync(dir);
  if (uid !== process.getuid?.()) return false;
  if ((mode & 0o077) !== 0) chmodSync(dir, 0o700);
  return (mode & 0o022) === 0;
}

function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/** Code V8 made of a bundle, unless it belongs to another one: V8 itself compares only the length of the source. */
function readCode(dir: string, hash: string): Buffer | undefined {
  try {
    const file = readFileSync(join(dir, CODE));
    return file.toString('latin1', 0, HASH_LENGTH) === hash ? file.subarray(HASH_LENGTH) : undefined;
  } catch {
    return undefined;
  }
}

function readBundle(dir: string): Bundle | undefined {
  try {
    if (!isPrivate(dir)) return undefined;
    const file = readFileSync(join(dir, BUNDLE), 'utf8');
    const hash = file.slice(2, 2 + HASH_LENGTH);
    const text = file.slice(2 + HASH_LENGTH + 1);
    if (sha256(text) !== hash) return undefined;
    return loadBundle(text, hash, readCode(dir, hash));
  } catch {
    return undefined;
  }
}

/** A bundle is `({` and one program a line. */
function loadBundle(text: string, hash: string, cachedData: Buffer | undefined): Bundle {
  const script = new Script(text, { filename: 'templates', ...(cachedData && { cachedData }) });
  const factories = script.runInThisContext() as Bundle['factories'];
  const lines = new Map<string, string>();
  for (const line of text.split('\n').slice(1, -1)) lines.set(line.slice(1, line.indexOf('"', 1)), line.slice(0, -1));
  return { hash, lines, script, factories };
}

function writeBundle(dir: string, lines: ReadonlyMap<string, string>): Bundle {
  const text = `"use strict";({__proto__:null,\n${[...lines.values()].map((line) => `${line},\n`).join('')}})`;
  const hash = sha256(text);
  const bundle = loadBundle(text, hash, undefined);
  replaceFile(join(dir, BUNDLE), Buffer.from(`//${hash}\n${text}`));
  replaceFile(join(dir, CODE), Buffer.concat([Buffer.from(hash, 'latin1'), bundle.script.createCachedData()]));
  return bundle;
}

function replaceFile(path: string, content: Buffer): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
