import type { TestConfig } from '../artifacts/index.ts';
import { TableValue } from '../builtins/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { PyDecimal, type Value } from '../jinja/index.ts';
import { badTestResult } from './diagnostics.ts';
import type { NodeStatus } from './node-result.ts';
import { gotResults } from './session-events.ts';

/** What a data test came to. */
export interface TestOutcome {
  readonly status: NodeStatus;
  readonly failures: number;
  readonly message: string | null;
}

function asBoolean(value: Value | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (value === 'true' || value === 'True') return true;
  if (value === 'false' || value === 'False') return false;
  return undefined;
}

/**
 * Judges the one row that a test's query gives: failures, should_warn, should_error. `warnings` says whether a warning
 * of a test is wanted as an error.
 */
export function testOutcome(id: string, config: TestConfig, table: Value, warnings: 'warn' | 'error'): TestOutcome {
  const fail = (reason: string): never => {
    throw new DiagnosticError(badTestResult({ node: id, reason }));
  };
  if (!(table instanceof TableValue)) return fail('it gave no table');
  if (table.rows.length !== 1) return fail(`it gave ${table.rows.length} rows`);
  const cell = (name: string): Value | undefined =>
    table.rows[0]![table.columnNames.findIndex((column) => column.toLowerCase() === name)];
  const counted = cell('failures') ?? 0;
  // A sum of whole numbers is numeric in Postgres, and so a Decimal.
  const failures = counted instanceof PyDecimal ? counted.toFloat() : Number(counted);
  if (Number.isNaN(failures)) return fail(`failures is ${String(counted)}, not a number`);
  const warn = asBoolean(cell('should_warn'));
  const error = asBoolean(cell('should_error'));
  if (warn === undefined || error === undefined) return fail('should_warn and should_error must be true or false');
  const severity = config.severity.toUpperCase();
  if (severity === 'ERROR' && error)
    return { status: 'fail', failures, message: gotResults(failures, 'fail', config.error_if) };
  if (warn) {
    const isError = warnings === 'error';
    const message = gotResults(failures, isError ? 'fail' : 'warn', config.warn_if);
    return { status: isError ? 'fail' : 'warn', failures, message };
  }
  return { status: 'pass', failures: 0, message: null };
}
