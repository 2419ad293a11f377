import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiagnosticError, isSystemError } from '../core/index.ts';
import { unwritableArtifact } from './diagnostics.ts';
import { jsonText } from './json-text.ts';

/** Text is handed to the file in pieces of about this many characters. */
const PIECE = 1 << 20;

/** How to write. */
export interface WriteOptions {
  /** What JSON cannot give back as it was is an error (a TypeError), not rounded. */
  readonly exact?: boolean;
}

/**
 * Writes an artifact. Readers see the old file or the new one, never a half: it is written beside its place and moved
 * there. No string ever holds the whole of it, so a manifest may be larger than the longest string.
 */
export function writeArtifact(path: string, artifact: object, options: WriteOptions = {}): void {
  writeWhole(path, jsonPieces(artifact, options));
}

/** Writes a text in the same way. */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'wx');
    try {
      try {
        writePieces(file, pieces);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** Writes to a path in whatever way. Throws DiagnosticError where the system refuses. */
export function writing(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new DiagnosticError(unwritableArtifact({ path, problem: error.message }));
  }
}

function writePieces(file: number, pieces: Iterable<string>): void {
  let waiting = '';
  const flush = (): void => {
    const bytes = Buffer.from(waiting, 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    waiting = '';
  };
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length >= PIECE) flush();
  }
  flush();
}

/** The JSON of an object, member by member two levels deep: that is one node of a manifest, one result of a run. */
export function* jsonPieces(artifact: object, { exact }: WriteOptions = {}): Generator<string> {
  yield* members(artifact, function* (section) {
    if (typeof section === 'object' && section !== null) {
      yield* members(section, function* (item) {
        yield (exact ? JSON.stringify(item) : jsonText(item)) ?? 'null';
      });
    } else yield jsonText(section)!;
  });
}

function* members(container: object, write: (value: unknown) => Generator<string>): Generator<string> {
  const list = Array.isArray(container);
  yield list ? '[' : '{';
  let first = true;
  for (const [key, value] of Object.entries(container)) {
    if (value === undefined && !list) continue;
    yield `${first ? '' : ', '}${list ? '' : `${JSON.stringify(key)}: `}`;
    first = false;
    yield* write(value);
  }
  yield list ? ']' : '}';
}
