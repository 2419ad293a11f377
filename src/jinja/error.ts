import type { Span } from '../core/index.ts';

/** What went wrong in a template, and where. `type` is the name Python's Jinja gives the kind of error. */
export class JinjaError extends Error {
  readonly type: string;
  /** The place of the error; `via` holds the macro calls that led there. */
  readonly at: Span;
  /** The name that nothing defines, as the template wrote it, where that is what went wrong. */
  readonly missing: string | undefined;
  constructor(type: string, message: string, at: Span, cause?: unknown, missing?: string) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JinjaError';
    this.type = type;
    this.at = at;
    this.missing = missing;
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

/** Thrown for what Python refuses with TypeError, ValueError and the like; the runtime adds the place. */
export class PyError extends Error {
  /** Python's class name, such as `TypeError`. */
  readonly type: string;
  /** The name that nothing defines, as the template wrote it, where one was used. */
  readonly missing: string | undefined;
  constructor(type: string, message: string, missing?: string) {
    super(message);
    this.name = type;
    this.type = type;
    this.missing = missing;
  }
}
