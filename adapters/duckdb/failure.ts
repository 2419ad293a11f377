import type { DiagnosticMaker } from '../../src/core/index.ts';
import { DiagnosticError, lineColumn, statementExcerpt } from '../../src/core/index.ts';
import type { StatementFailure } from './diagnostics.ts';
import {
  cancelled,
  constraintError,
  engineError,
  extensionError,
  nameError,
  outOfRoom,
  resourceError,
  syntaxError,
  transactionError,
  valueError,
} from './diagnostics.ts';

/** Which diagnostic stands for which of DuckDB's kinds of exception. */
const makers: Readonly<Record<string, DiagnosticMaker<StatementFailure>>> = {
  Parser: syntaxError,
  Syntax: syntaxError,
  Catalog: nameError,
  Binder: nameError,
  Conversion: valueError,
  'Out of Range': valueError,
  'Invalid Input': valueError,
  'Invalid type': valueError,
  'Mismatch Type': valueError,
  'Divide by Zero': valueError,
  Constraint: constraintError,
  TransactionContext: transactionError,
  INTERRUPT: cancelled,
  'Extension Autoloading': extensionError,
  'Missing Extension': extensionError,
  IO: resourceError,
  HTTP: resourceError,
  Permission: resourceError,
  'Out of Memory': resourceError,
};

/** Replaces secrets in text that may be printed. Very short ones are left: replacing them would garble everything else. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '*****');
  return clean;
}

/**
 * Reads what the driver threw. Our connections ask for errors as JSON, because only that form always tells the place
 * (as an offset in bytes); the text users know from DuckDB is put together again here.
 */
export function failureOf(error: unknown, sql: string, secrets: readonly string[] = []): StatementFailure {
  const raw = error instanceof Error ? error.message : String(error);
  const parsed = readJson(raw);
  if (!parsed) {
    const [, kind, sentence] = /^([A-Za-z][A-Za-z ]*?) Error: ([\s\S]*)$/.exec(raw) ?? [undefined, 'Unknown', raw];
    return {
      kind: kind!,
      error: redact(raw, secrets),
      summary: redact(raw, secrets),
      sentence: redact(sentence!, secrets),
    };
  }
  const kind = parsed.exception_type ?? 'Unknown';
  const sentence = redact(parsed.exception_message ?? raw, secrets);
  const position = offsetOf(parsed.position, sql);
  const candidates = parsed.candidates?.split(',').map((name) => name.trim());
  const summary = `${kind} Error: ${sentence}`;
  const failure = { kind, sentence, summary, ...(candidates ? { candidates } : {}) };
  if (position === undefined) return { ...failure, error: summary };
  const { line, column } = lineColumn(sql, position);
  return {
    ...failure,
    error: `${summary}\n\n${redact(statementExcerpt(sql, position, line), secrets)}`,
    position,
    line,
    column,
  };
}

/** The diagnostic for a failure. */
export function explain(failure: StatementFailure): DiagnosticError {
  const make = outOfRoom.test(failure.sentence) ? resourceError : (makers[failure.kind] ?? engineError);
  if (make !== extensionError) return new DiagnosticError(make(failure));
  const extension = /extension ["']?(\w+)/i.exec(failure.sentence)?.[1];
  return new DiagnosticError(extensionError({ ...failure, extension }));
}

function readJson(raw: string): Record<string, string> | undefined {
  const start = raw.indexOf('{"exception_type"');
  if (start < 0) return undefined;
  try {
    return JSON.parse(raw.slice(start)) as Record<string, string>;
  } catch {
    return undefined;
  }
}

/** DuckDB counts bytes of UTF-8; undefined where the place lies outside the statement (inside a view's own text). */
function offsetOf(position: string | undefined, sql: string): number | undefined {
  if (position === undefined) return undefined;
  const bytes = Number(position);
  const encoded = Buffer.from(sql, 'utf8');
  if (!Number.isInteger(bytes) || bytes < 0 || bytes > encoded.length) return undefined;
  return encoded.subarray(0, bytes).toString('utf8').length;
}
