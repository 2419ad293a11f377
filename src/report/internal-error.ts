import { createHash } from 'node:crypto';

/** A bug of ours, ready to be told. */
export interface InternalError {
  /** The same for the same stack, so that two reports of one bug can be recognised. */
  readonly id: string;
  readonly text: string;
  readonly stack: string;
}

/** Describes something thrown that is no diagnostic. */
export function internalError(thrown: unknown): InternalError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const stack = error.stack ?? error.message;
  const id = createHash('sha256').update(stack).digest('hex').slice(0, 8);
  const text = `internal error ${id} (a bug in xform): ${error.message}`;
  return { id, text, stack };
}
