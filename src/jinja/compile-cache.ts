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
  readonly script: Script;
  /** True where the code V8 made of it is not, or no longer, in the cache. */
  readonly isCodeNew: boolean;
  readonly factories: Readonly<Record<string, Factory>>;
}

/**
 * Programs of earlier invocations, in one file of the user's own cache folder. As it holds code that will be run, it
 * lies never inside a project and is only read from a folder that no one else can write to. Writers replace the file
 * as a whole; whatever is wrong with it, it is as if it were not there.
 */
export class CompileCache {
  readonly #dir: string;
  #isOpen = false;
  #bundle: Bundle | undefined;
  readonly #added = new Map<string, string>();
  readonly #used = new Set<string>();
  /** Programs this invocation has loaded: thousands of templates differ only in where they stand. */
  readonly #programs = new Map<string, Compiled>();
  /** Keys of sources already hashed in this invocation. */
  readonly #keys = new Map<string, string>();

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** Opens the cache in `dir`, by default the user's. */
  static open(dir: string = userCacheDir()): CompileCache {
    return new CompileCache(dir);
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
    const factories = this.#factories();
    return MODES.some(
      (mode) =>
        this.#programs.has(`${key}.${mode}`) || (factories !== undefined && Object.hasOwn(factories, `${key}.${mode}`)),
    );
  }
  /** The program of that key. */
  find(key: string): Factory | undefined {
    const factories = this.#factories();
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

  /**
   * Writes what is new, together with what other processes have written meanwhile. The code V8 makes of it is written
   * by the first invocation that had to do without: to compile all of it again here would cost as much as it saves.
   */
  save(): void {
    try {
      if (this.#added.size > 0) this.#saveLines();
      else if (this.#bundle?.isCodeNew) {
        writeCode(this.#dir, this.#bundle);
        this.#bundle = { ...this.#bundle, isCodeNew: false };
      }
      this.#added.clear();
    } catch {
      // A cache that cannot be written is a cache not written: nothing depends on it.
    }
  }

  #saveLines(): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    if (!isPrivate(this.#dir)) return;
    const lines = linesOf(readText(this.#dir)?.text);
    for (const [key, text] of this.#added) lines.set(key, `${JSON.stringify(key)}:${text}`);
    let size = 0;
    for (const line of lines.values()) size += line.length;
    if (size > MAX_SIZE)
      for (const key of lines.keys()) if (!this.#used.has(key) && !this.#added.has(key)) lines.delete(key);
    writeText(this.#dir, lines);
  }

  /** What earlier invocations left, read when first asked for. */
  #factories(): Bundle['factories'] | undefined {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#bundle = readBundle(this.#dir);
    }
    return this.#bundle?.factories;
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

/** The text of the bundle, unless it is damaged or not the user's alone. */
function readText(dir: string): { text: string; hash: string } | undefined {
  try {
    if (!isPrivate(dir)) return undefined;
    const file = readFileSync(join(dir, BUNDLE), 'utf8');
    const hash = file.slice(2, 2 + HASH_LENGTH);
    const text = file.slice(2 + HASH_LENGTH + 1);
    return sha256(text) === hash ? { text, hash } : undefined;
  } catch {
    return undefined;
  }
}

function readBundle(dir: string): Bundle | undefined {
  const read = readText(dir);
  if (read === undefined) return undefined;
  try {
    const cachedData = readCode(dir, read.hash);
    const script = new Script(read.text, { filename: 'templates', ...(cachedData && { cachedData }) });
    const isCodeNew = cachedData === undefined || script.cachedDataRejected === true;
    return { hash: read.hash, script, isCodeNew, factories: script.runInThisContext() as Bundle['factories'] };
  } catch {
    return undefined;
  }
}

/** A bundle is `({` and one program a line. */
function linesOf(text: string | undefined): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of text?.split('\n').slice(1, -1) ?? [])
    lines.set(line.slice(1, line.indexOf('"', 1)), line.slice(0, -1));
  return lines;
}

function writeText(dir: string, lines: ReadonlyMap<string, string>): void {
  const text = `"use strict";({__proto__:null,\n${[...lines.values()].map((line) => `${line},\n`).join('')}})`;
  replaceFile(join(dir, BUNDLE), Buffer.from(`//${sha256(text)}\n${text}`));
}

function writeCode(dir: string, { hash, script }: Bundle): void {
  replaceFile(join(dir, CODE), Buffer.concat([Buffer.from(hash, 'latin1'), script.createCachedData()]));
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
