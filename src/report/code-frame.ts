import { lineColumn } from '../core/index.ts';
import type { Paint } from './paint.ts';

/** A stretch of text to be shown. */
export interface FrameSpec {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The mark under the stretch. */
  readonly mark: '^' | '-';
  /** Said behind the mark. */
  readonly note?: string;
  /** Characters of a line before it is cut. */
  readonly width: number;
  readonly paint: Paint;
}

/** The lines of a frame, and the width of its line numbers. */
export interface Frame {
  readonly line: number;
  readonly column: number;
  readonly gutter: number;
  readonly lines: readonly string[];
}

const tab = '    ';

/** The line in question with one line around it, and a mark under the stretch. */
export function codeFrame(spec: FrameSpec): Frame {
  const { line, column } = lineColumn(spec.text, spec.start);
  const lines = spec.text.split(/\r?\n/);
  const current = lines[line - 1] ?? '';
  const before = [...current].slice(0, column - 1).join('');
  const rest = current.slice(before.length);
  // A stretch over several lines is marked to the end of its first one.
  const inside = [...rest.slice(0, Math.max(0, spec.end - spec.start))].join('').trimEnd();

  const last = Math.min(lines.length, line + 1);
  const gutter = String(last).length;
  const prefix = expand(before);
  const marked = Math.max(1, [...expand(inside)].length);
  const room = Math.max(40, spec.width - gutter - 6);
  const start = [...prefix].length;
  // Long lines are cut to a window that holds the mark.
  const from = start + Math.min(marked, room) > room ? Math.max(0, start - Math.floor(room / 3)) : 0;

  const bar = spec.paint('blue', '|');
  const numbered = (n: number): string => spec.paint('blue', String(n).padStart(gutter));
  const blank = ' '.repeat(gutter);
  const out = [`${blank} ${bar}`];
  for (let n = Math.max(1, line - 1); n <= last; n++) {
    const source = lines[n - 1] ?? '';
    if (n !== line && source.trim() === '') continue;
    out.push(`${numbered(n)} ${bar} ${cut(expand(source), from, room)}`.trimEnd());
    if (n !== line) continue;
    const lead = ' '.repeat(start - from + (from > 0 ? 1 : 0));
    const mark = spec.mark.repeat(Math.min(marked, room - (start - from)));
    const note = spec.note === undefined ? '' : ` ${spec.note}`;
    out.push(`${blank} ${bar} ${lead}${spec.paint(spec.mark === '^' ? 'red' : 'blue', mark + note)}`);
  }
  return { line, column, gutter, lines: out };
}

function expand(text: string): string {
  return text.replaceAll('\t', tab);
}

function cut(text: string, from: number, room: number): string {
  const chars = [...text];
  const part = chars.slice(from, from + room).join('');
  return `${from > 0 ? '…' : ''}${part}${from + room < chars.length ? '…' : ''}`;
}
