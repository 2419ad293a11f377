import { type Diagnostic, DiagnosticError, emit, warningFate } from '../core/index.ts';
import { problemWarning } from '../run/index.ts';
import type { Opening, Workspace } from './workspace.ts';

/**
 * Tells of warnings. Throws DiagnosticError with all errors, of which a warning may be one by --warn-error or
 * --warn-error-options.
 */
export function tellProblems(
  { flags, invocation }: Pick<Workspace, 'flags' | 'invocation'>,
  problems: readonly Diagnostic[],
  render: Opening['render'],
): void {
  const errors: Diagnostic[] = [];
  for (const problem of problems) {
    const event = problemWarning(problem, render([problem]));
    const fate = problem.severity === 'error' ? 'error' : warningFate(flags, event);
    if (fate === 'error') errors.push({ ...problem, severity: 'error' });
    else if (fate === 'warn') emit(invocation, event);
  }
  if (errors.length) throw new DiagnosticError(...errors);
}
