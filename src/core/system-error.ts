import type { Diagnostic } from './diagnostic.ts';
import { systemRefusal } from './diagnostics.ts';

/** An error of the operating system, as Node throws it. */
export type SystemError = Error & { readonly code: string; readonly syscall: string; readonly path?: string };

/** Whether the operating system refused something: no right, no room, no such file. That is no bug. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** What to tell of such an error where nobody knows better what was being done; undefined for any other error. */
export function systemProblem(error: unknown): Diagnostic | undefined {
  return isSystemError(error) ? systemRefusal({ code: error.code, error: error.message }) : undefined;
}
