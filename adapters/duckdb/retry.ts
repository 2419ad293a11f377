import type { StatementFailure } from './diagnostics.ts';

/** Waits before each repeat of a statement that met a conflict, in milliseconds: about three seconds in all. */
export const conflictDelays: readonly number[] = [
  2, 5, 10, 20, 40, 80, 120, 160, 200, 250, 250, 300, 300, 400, 400, 500,
];

/** True where another transaction changed the same thing at the same time. */
export const isConflict = (failure: StatementFailure): boolean =>
  failure.kind === 'TransactionContext' && /conflict/i.test(failure.sentence);

/** True where the profile's `retryable_exceptions` names this kind; it uses the class names of Python's driver. */
export function isRetryable(kind: string, exceptions: readonly string[]): boolean {
  const name = kind === 'TransactionContext' ? 'TransactionException' : `${kind.replace(/\s+/g, '')}Exception`;
  return exceptions.includes(name);
}

/** Waits a while. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
