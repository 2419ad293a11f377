import type { EventDraft, NodeInfo } from './event-line.ts';
import {
  checkNodeTestFailure,
  endOfRunSummary,
  formatting,
  type RunStats,
  runResultError,
  runResultErrorNoMessage,
  runResultFailure,
  runResultWarning,
  runResultWarningMessage,
  sqlCompiledPath,
  statsLine,
  testFailureRows,
} from './session-events.ts';

/** What the end of a run needs to know of one result. `status` is as in run_results.json. */
export interface EndedNode {
  readonly status: string;
  readonly message: string | null;
  readonly resourceType: string;
  readonly name: string;
  readonly path: string;
  readonly compiledPath?: string;
  /** The relation that holds the failing rows, where they were stored. */
  readonly failuresRelation?: string;
  /** Failing rows as a table, where they were asked for. */
  readonly failureRows?: string;
  /** The message tells what is wrong in the user's files: it is shown of a node that was skipped as well. */
  readonly hasProblems?: boolean;
  readonly node?: NodeInfo;
}

const failed: ReadonlySet<string> = new Set(['error', 'fail', 'runtime error']);
const kinds: Readonly<Record<string, Exclude<keyof RunStats, 'total'>>> = {
  success: 'pass',
  pass: 'pass',
  warn: 'warn',
  skipped: 'skip',
  'no-op': 'noop',
  reused: 'reused',
};

/** Results by kind, for the last line. Whatever is not known to be well counts as an error. */
export function countResults(results: readonly EndedNode[]): RunStats {
  const stats = { pass: 0, warn: 0, error: 0, skip: 0, noop: 0, reused: 0, total: results.length };
  for (const { status } of results) stats[kinds[status] ?? 'error'] += 1;
  return stats;
}

/** The events after the last node: verdict, what failed, what warned, totals. */
export function endOfRun(results: readonly EndedNode[], interrupted = false): readonly EventDraft[] {
  // A node that says why it was skipped was skipped for trouble before it; an exposure is only a bystander.
  const errors = results.filter(({ status, message, resourceType }) => {
    return failed.has(status) || (status === 'skipped' && message && resourceType !== 'exposure');
  });
  const warnings = results.filter(({ status }) => status === 'warn');
  const partial = results.filter(({ status }) => status === 'partial success');
  const counts = { errors: errors.length, warnings: warnings.length, partialSuccesses: partial.length };
  return [
    formatting(),
    endOfRunSummary({ ...counts, interrupted }),
    ...[...errors, ...partial].flatMap((result) => failureLines(result)),
    ...warnings.flatMap((result) => warning(result)),
    formatting(),
    statsLine(countResults(results)),
  ];
}

/** What is said of a node that failed. */
export function failureLines(result: EndedNode): readonly EventDraft[] {
  const { message, node } = result;
  if (result.status === 'skipped' && !result.hasProblems) return [runResultError(message ?? '', node, 'debug')];
  const said = message ? runResultError(message, node) : runResultErrorNoMessage(result.status, node);
  return [formatting(), runResultFailure(result), said, ...places(result)];
}

function warning(result: EndedNode): readonly EventDraft[] {
  const { message, node } = result;
  const said = message ? runResultWarningMessage(message, node) : runResultErrorNoMessage(result.status, node);
  return [formatting(), runResultWarning(result), said, ...places(result)];
}

/** Where to look further. */
function places({ compiledPath, failuresRelation, failureRows, node }: EndedNode): readonly EventDraft[] {
  return [
    ...(failureRows === undefined ? [] : [testFailureRows(failureRows, node)]),
    ...(compiledPath === undefined ? [] : [formatting(), sqlCompiledPath(compiledPath, node)]),
    ...(failuresRelation === undefined ? [] : [formatting(), checkNodeTestFailure(failuresRelation, node)]),
  ];
}
