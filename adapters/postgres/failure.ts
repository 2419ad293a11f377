import { type Diagnostic, DiagnosticError, lineColumn, statementExcerpt } from '../../src/core/index.ts';
import type { StatementFailure } from './diagnostics.ts';
import {
  cancelled,
  constraintError,
  engineError,
  nameError,
  permissionError,
  resourceError,
  syntaxError,
  transactionError,
  valueError,
} from './diagnostics.ts';

/** The fields of an error message of the server, as the driver hands them on. */
export interface ServerError {
  readonly message: string;
  readonly severity?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** 1-based, in characters. */
  readonly position?: string;
  /** The query that a function ran when the error is in there. */
  readonly internalQuery?: string;
  readonly where?: string;
}

/** True where the server said it, rather than the driver or the network. */
export const isServerError = (error: unknown): error is Error & ServerError =>
  error instanceof Error && typeof (error as { severity?: unknown }).severity === 'string';

/** Replaces secrets in text that may be printed. Very short ones are left: replacing them would garble everything else. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '*****');
  return clean;
}

/** What an error of the server says of a statement, laid out as psql does. */
export function failureOf(error: ServerError, sql: string, secrets: readonly string[] = []): StatementFailure {
  const position = offsetOf(error.position, sql);
  const { line, column } = position === undefined ? {} : lineColumn(sql, position);
  const more: string[] = [];
  if (error.detail) more.push(`DETAIL:  ${error.detail}`);
  if (error.hint) more.push(`HINT:  ${error.hint}`);
  if (error.internalQuery) more.push(`QUERY:  ${error.internalQuery}`);
  if (error.where) more.push(`CONTEXT:  ${error.where}`);
  const place = position === undefined ? [] : [statementExcerpt(sql, position, line!)];
  return {
    error: redact([error.message, ...place, ...more].join('\n'), secrets),
    summary: redact([error.message, ...more].join('\n'), secrets),
    sentence: redact(error.message, secrets),
    ...(error.code ? { sqlState: error.code } : {}),
    ...(position === undefined ? {} : { position, line, column }),
  };
}

/** The error to throw for a failure. */
export function explain(failure: StatementFailure, user: string): DiagnosticError {
  return new DiagnosticError(diagnosed(failure, user));
}

/** Which diagnostic stands for which SQLSTATE. */
function diagnosed(failure: StatementFailure, role: string): Diagnostic {
  const state = failure.sqlState ?? '';
  if (state === '42601' || state === '42P02' || state === '0A000') return syntaxError(failure);
  if (state === '42501') return permissionError({ ...failure, role });
  if (state === '57014') return cancelled(failure);
  if (state === '55P03') return transactionError(failure);
  switch (state.slice(0, 2)) {
    case '42':
    case '3F':
    case '3D':
    case '2B':
      return nameError(failure);
    case '22':
    case '21':
      return valueError(failure);
    case '23':
    case '44':
      return constraintError(failure);
    case '25':
    case '40':
      return transactionError(failure);
    case '53':
    case '54':
    case '58':
      return resourceError(failure);
    default:
      return engineError(failure);
  }
}

/** Postgres counts characters; undefined where the place lies outside the statement. */
function offsetOf(position: string | undefined, sql: string): number | undefined {
  if (position === undefined) return undefined;
  let characters = Number(position) - 1;
  if (!Number.isInteger(characters) || characters < 0) return undefined;
  // Only where a character takes two units does the count differ.
  let at = 0;
  for (; characters > 0 && at < sql.length; characters--) at += sql.codePointAt(at)! > 0xffff ? 2 : 1;
  return characters > 0 ? undefined : at;
}
