import type { MacroFrame, Span } from '../core/index.ts';
import { type Frame, type Trace, withVia } from './frame.ts';

/** From rendered text back to templates, through macros and call blocks. */
export class SourceMap {
  readonly #trace: Trace;
  readonly #length: number;

  constructor(trace: Trace, length: number) {
    this.#trace = trace;
    this.#length = length;
  }

  /** Where the character at `offset` of the rendered text was written; undefined outside of the text. */
  locate(offset: number): Span | undefined {
    if (offset < 0 || offset > this.#length || this.#trace.points.length === 0) return undefined;
    const path: { frame: Frame; at: Span }[] = [];
    let trace: Trace | undefined = this.#trace;
    let within = offset;
    while (trace !== undefined) {
      const piece = pieceAt(trace.points, within);
      if (piece < 0) break;
      const { frame } = trace;
      within -= trace.points[2 * piece]!;
      path.push({ frame, at: frame.unit.spanWithin(trace.points[2 * piece + 1]!, within) });
      trace = trace.nestedAt(piece);
    }
    const last = path.at(-1);
    if (last === undefined) return undefined;
    const rendered = { start: offset, end: Math.min(offset + 1, this.#length) };
    return { ...spanOf(path), rendered };
  }
}

/** The piece that `offset` lies in: the last one that starts at or before it, empty ones aside. */
function pieceAt(points: readonly number[], offset: number): number {
  let low = 0;
  let high = points.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[2 * middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function spanOf(path: readonly { frame: Frame; at: Span }[]): Span {
  let lexical: { frame: Frame; at: Span }[] = [];
  for (const step of path) {
    // A call block belongs to what it is written in: what it was passed to is no part of the way to it.
    let owner = step.frame;
    while (owner.definedIn !== null) owner = owner.definedIn;
    const known = lexical.findIndex((other) => other.frame === owner);
    if (known >= 0) lexical = lexical.slice(0, known);
    lexical.push({ frame: owner, at: step.at });
  }
  const via: MacroFrame[] = [];
  let origin: Span | undefined;
  for (const { frame, at } of lexical) {
    if (frame.macro === undefined) origin = at;
    else via.push({ macro: frame.macro, file: at.file, start: at.start, end: at.end });
  }
  return withVia(lexical.at(-1)!.at, via, origin);
}
