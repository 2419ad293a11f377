import { hash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Compiled, ProgramKind } from './compiled.ts';

/** To be raised whenever generated code, or the library it calls, does: what older versions made is then left alone. */
export const COMPILER_VERSION = 3;
const FILE = `jinja-${COMPILER_VERSION}.txt`;
/** Beyond this many bytes programs not used by the current invocation are dropped. */
const MAX_SIZE = 64_000_000;
const SUM_LENGTH = 16;

/**
 * Programs of earlier invocations, one a line in a file of the user's own cache folder. As it holds code that will be run,
 * it lies never inside a project and is only read from a folder that no one else can write to. New programs are appended;
 * each is loaded when it is needed, so that the thousands that are not cost nothing. Whatever is wrong with a line, it is
 * as if it were not there.
 */
export class CompileCache {
  readonly #dir: string;
  /** What earlier invocations left, read when first asked for. */
  #lines: Map<string, string> | undefined;
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
    return MODES.some((mode) => this.#programs.has(`${key}.${mode}`) || this.#kept(`${key}.${mode}`) !== undefined);
  }
  /** The text of the program of that key. */
  find(key: string): string | undefined {
    const text = this.#kept(key);
    if (text !== undefined) this.#used.add(key);
    return text;
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

  /** Writes what is new. */
  save(): void {
    if (this.#added.size === 0) return;
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
      if (isPrivate(this.#dir)) this.#write([...this.#added].map(([key, text]) => lineOf(key, text)).join(''));
      this.#added.clear();
    } catch {
      // A cache that cannot be written is a cache not written: nothing depends on it.
    }
  }

  #write(added: string): void {
    const path = join(this.#dir, FILE);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    // In one piece: what several processes append at the same time does not mix.
    if (size + added.length <= MAX_SIZE) appendFileSync(path, added, { mode: 0o600 });
    else replaceFile(path, [...this.#used].map((key) => lineOf(key, this.#kept(key)!)).join('') + added);
  }

  /** A program that an earlier invocation left, unless it is damaged. */
  #kept(key: string): string | undefined {
    this.#lines ??= readLines(this.#dir);
    const line = this.#lines.get(key);
    if (line === undefined) return undefined;
    const text = line.slice(SUM_LENGTH + 1);
    return line.startsWith(checksum(text)) ? text : undefined;
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

function sha256(text: string): string {
  return hash('sha256', text);
}

const checksum = (text: string): string => sha256(text).slice(0, SUM_LENGTH);

/** A line ends where the next begins: one that was cut short spoils no other. */
const lineOf = (key: string, text: string): string => `\n${key} ${checksum(text)} ${text}`;

/** By key, what follows it: a checksum and a program. Nothing where the folder is not the user's alone. */
function readLines(dir: string): Map<string, string> {
  const lines = new Map<string, string>();
  try {
    if (!isPrivate(dir)) return lines;
    // Read as bytes and decoded at once: megabytes cost a third of what reading as text does.
    const text = readFileSync(join(dir, FILE)).toString();
    for (let start = text.indexOf('\n') + 1; start > 0; ) {
      const end = text.indexOf('\n', start);
      const space = text.indexOf(' ', start);
      lines.set(text.slice(start, space), text.slice(space + 1, end === -1 ? undefined : end));
      start = end + 1;
    }
  } catch {
    // No cache: everything is compiled anew.
  }
  return lines;
}

function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
