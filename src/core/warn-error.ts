import type { Flags } from './flags.ts';

/** What becomes of a warning under --warn-error and --warn-error-options. */
export type WarningFate = 'error' | 'warn' | 'silence';

/**
 * Decides the fate of a warning event. A name in a list is stronger than the group `Deprecations` (codes D…), and that
 * stronger than `all`; `silence` wins over `warn`, and `warn` over `error`, as in dbt.
 */
export function warningFate(
  flags: Pick<Flags, 'warnError' | 'warnErrorOptions'>,
  event: { readonly name: string; readonly code: string },
): WarningFate {
  const { name } = event;
  const { error, warn, silence } = flags.warnErrorOptions;
  const grouped = (list: readonly string[]): boolean => event.code.startsWith('D') && list.includes('Deprecations');
  if (silence.includes(name)) return 'silence';
  if (warn.includes(name)) return 'warn';
  if (error !== 'all' && error.includes(name)) return 'error';
  if (grouped(silence)) return 'silence';
  if (grouped(warn)) return 'warn';
  return flags.warnError === true || error === 'all' || grouped(error) ? 'error' : 'warn';
}
