import type { Span } from '../core/index.ts';
import { JinjaError } from './error.ts';

/**
 * A template's text as Jinja sees it, with line ends made `\n`, and the way back to offsets of the file itself.
 * `base` is where this text starts within the (normalised) file, for macros cut out of a larger one.
 */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly base: number;
  /** Offsets in the normalised file after which one more `\r` was dropped, ascending. */
  readonly #dropped: readonly number[];

  constructor(file: string, source: string, start = 0, end = source.length) {
    this.file = file;
    if (!source.includes('\r')) {
      this.#dropped = [];
      this.base = start;
      this.text = start === 0 && end === source.length ? source : source.slice(start, end);
      return;
    }
    const dropped: number[] = [];
    for (let at = source.indexOf('\r\n'); at !== -1; at = source.indexOf('\r\n', at + 2))
      dropped.push(at - dropped.length);
    this.#dropped = dropped;
    this.base = start - countCrLf(source, start);
    this.text = source.slice(start, end).replace(/\r\n?/g, '\n');
  }

  /** Offset in the file of an offset in `text`. */
  original(offset: number): number {
    const at = this.base + offset;
    const dropped = this.#dropped;
    let low = 0;
    let high = dropped.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dropped[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  }

  /** The span in the file of a stretch of `text`. */
  span(start: number, end: number): Span {
    return { file: this.file, start: this.original(start), end: this.original(end) };
  }

  /** A syntax error at a stretch of the file itself. */
  syntaxErrorAt(message: string, start: number, end: number): JinjaError {
    return new JinjaError('TemplateSyntaxError', message, { file: this.file, start, end });
  }

  /** A syntax error at a stretch of `text`. */
  syntaxError(message: string, start: number, end: number): JinjaError {
    return new JinjaError('TemplateSyntaxError', message, this.span(start, end));
  }
}

function countCrLf(source: string, end: number): number {
  let count = 0;
  for (let at = source.indexOf('\r\n'); at !== -1 && at < end; at = source.indexOf('\r\n', at + 2)) count += 1;
  return count;
}
