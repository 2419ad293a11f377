import type { Span } from '../core/index.ts';
import { SourceText } from './source-text.ts';

/**
 * A compiled stretch of a file at run time: turns the numbers in generated code back into places. `places` holds pairs
 * of start and end; text that was copied as it stands has its end stored as `-1 - end`.
 */
export class Unit {
  readonly file: string;
  readonly places: readonly number[];
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #text: SourceText | undefined;

  constructor(file: string, source: string, places: readonly number[], start = 0, end = source.length) {
    this.file = file;
    this.places = places;
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  /** The span of a place. */
  span(place: number): Span {
    const end = this.places[2 * place + 1] ?? 0;
    return this.#between(this.places[2 * place] ?? 0, end < 0 ? -1 - end : end);
  }
  /** The span of what stands `offset` into the output of a place: a character of copied text, or all of an expression. */
  spanWithin(place: number, offset: number): Span {
    const start = this.places[2 * place] ?? 0;
    const end = this.places[2 * place + 1] ?? 0;
    if (end >= 0) return this.#between(start, end);
    const at = Math.min(start + offset, -2 - end);
    return this.#between(at, at + 1);
  }
  #between(start: number, end: number): Span {
    this.#text ??= new SourceText(this.file, this.#source, this.#start, this.#end);
    return this.#text.span(start, end);
  }
}
