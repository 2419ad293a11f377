import type { Span } from '../core/index.ts';

/** What went wrong in a template, and where. `type` is the name Python's Jinja gives the kind of error. */
export class JinjaError extends Error {
  readonly type: string;
  /** The place of the error; `via` holds the macro calls that led there. */
  readonly at: Span;
  constructor(type: string, message: string, at: Span, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JinjaError';
    this.type = type;
    this.at = at;
  }
}

/** Places of errors that are not ours to wrap; held weakly, so nothing is kept longer than the error itself. */
const places = new WeakMap<object, Span>();

/** Remembers where in a template an error arose; the first (innermost) place counts. */
export function noteErrorPlace(error: unknown, at: () => Span): void {
  if (typeof error === 'object' && error !== null && !places.has(error)) places.set(error, at());
}

/** Where in a template an error arose, whoever threw it. */
export function errorPlace(error: unknown): Span | undefined {
  if (error instanceof JinjaError) return error.at;
  return typeof error === 'object' && error !== null ? places.get(error) : undefined;
}
