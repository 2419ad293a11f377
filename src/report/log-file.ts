import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventSink, LogFormat, LogLevel } from '../core/index.ts';
import { coloredMessage } from './colored-message.ts';
import { passes } from './level.ts';
import { debugLine, jsonLine, type LogOrigin, textLine, withoutColors } from './log-line.ts';
import { painter } from './paint.ts';
import type { Scrub } from './scrub.ts';

/** What is logged, and where. */
export interface LogFileSpec {
  /** Absolute path of `dbt.log`. */
  readonly path: string;
  readonly format: LogFormat;
  readonly level: LogLevel;
  /** Size at which the file is rolled over; 0 for never. */
  readonly maxBytes: number;
  readonly colors: boolean;
  readonly logCacheEvents: boolean;
  readonly scrub: Scrub;
  readonly origin: LogOrigin;
}

/** A log file in use. */
export interface LogFile {
  readonly sink: EventSink;
  /** Writes out what is still held back. */
  readonly flush: () => void;
}

/** Older files that are kept: dbt.log.1 … dbt.log.5. */
const kept = 5;
/** A line a write would cost more than the line. */
const heldBack = 64 * 1024;
/** `clean` may be about to delete the log folder; its events must not bring it back. */
const neverLogged: ReadonlySet<string> = new Set(['Z012', 'Z013', 'Z014', 'Z015']);

/** Opens the log file. A folder that cannot be written stops logging, never the run. */
export function logFile(spec: LogFileSpec): LogFile {
  const paint = painter(spec.colors);
  let pending: string[] = [];
  let pendingLength = 0;
  let size = existsSync(spec.path) ? statSync(spec.path).size : 0;
  let broken = false;

  const flush = (): void => {
    if (pending.length === 0 || broken) return;
    const text = pending.join('');
    pending = [];
    pendingLength = 0;
    const bytes = Buffer.byteLength(text);
    try {
      if (spec.maxBytes > 0 && size > 0 && size + bytes > spec.maxBytes) {
        rollOver(spec.path);
        size = 0;
      }
      mkdirSync(dirname(spec.path), { recursive: true });
      appendFileSync(spec.path, text);
      size += bytes;
    } catch {
      broken = true;
    }
  };
  return {
    flush,
    sink(event) {
      if (neverLogged.has(event.code) || !passes(event, spec.level, false, spec.logCacheEvents)) return;
      let line: string;
      if (spec.format === 'json') line = spec.scrub(jsonLine(event, spec.origin));
      else {
        const scrubbed = spec.scrub(event.message);
        const message = spec.colors ? coloredMessage(event, scrubbed, paint) : withoutColors(scrubbed);
        line = spec.format === 'text' ? textLine(event, message) : debugLine(event, message, spec.origin);
      }
      pending.push(`${line}\n`);
      pendingLength += line.length + 1;
      if (event.level === 'error' || pendingLength > Math.min(heldBack, spec.maxBytes || heldBack)) flush();
    },
  };
}

function rollOver(path: string): void {
  for (let n = kept - 1; n >= 0; n--) {
    const from = n === 0 ? path : `${path}.${n}`;
    if (existsSync(from)) renameSync(from, `${path}.${n + 1}`);
  }
}
