import { type Diagnostic, DiagnosticError } from '../core/index.ts';

/** Throws a diagnostic where a value is wanted. */
export function refuse(diagnostic: Diagnostic): never {
  throw new DiagnosticError(diagnostic);
}
