import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { BulkRows } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { badCell } from './diagnostics.ts';
import { isServerError, redact } from './failure.ts';

/** pg-copy-streams, as it was imported when the first rows were loaded. */
type CopyDriver = typeof import('pg-copy-streams');

/** Rows sent at once: enough to keep the socket busy, little enough to keep memory low. */
const rowsPerChunk = 1000;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const stringTypes = /^(text|string|character|char|varchar|bpchar|name|citext)\b/i;
const integerTypes = /^(smallint|integer|bigint|int|int2|int4|int8)$/i;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Loads rows of text with COPY; Postgres itself reads the cells as the types of their columns. */
export async function loadRows(
  driver: CopyDriver,
  client: Client,
  rows: BulkRows,
  secrets: readonly string[],
): Promise<number> {
  if (rows.rows.length === 0 || rows.columns.length === 0) return 0;
  const columns = rows.columns.map(({ name }) => quoted(name)).join(', ');
  const stream = client.query(driver.from(`copy ${tableName(rows)} (${columns}) from stdin`));
  try {
    await pipeline(Readable.from(copyText(rows)), stream);
  } catch (error) {
    throw isServerError(error) ? (badCellOf(error, rows, secrets) ?? error) : error;
  }
  return rows.rows.length;
}

/** One connection sees one database: it need not be named. */
const tableName = ({ relation: { schema, identifier } }: BulkRows): string =>
  [schema, identifier]
    .filter((part) => part)
    .map((part) => quoted(part!))
    .join('.');

/** The rows in COPY's text format, in chunks. */
function* copyText({ columns, rows }: BulkRows): Generator<string> {
  const write = columns.map(({ dataType }) => writer(dataType));
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    let text = '';
    for (const row of rows.slice(start, start + rowsPerChunk))
      text += `${columns.map((_, at) => write[at]!(row[at] ?? null)).join('\t')}\n`;
    yield text;
  }
}

/** How the cells of a column are written. */
function writer(dataType: string): (cell: string | null) => string {
  const escaped = (cell: string): string => cell.replace(/[\\\n\r\t]/g, (sign) => escapes[sign]!);
  if (stringTypes.test(dataType)) return (cell) => (cell === null ? '\\N' : escaped(cell));
  const whole = integerTypes.test(dataType);
  return (cell) => {
    // In columns that hold no text, dbt reads the word as no value.
    if (cell === null || /^\s*null\s*$/i.test(cell)) return '\\N';
    return escaped(whole ? wholeNumber(cell) : cell);
  };
}

/** `1.0` and `1e3` are whole numbers to dbt; to an integer column of Postgres they are not. */
function wholeNumber(cell: string): string {
  const text = cell.trim();
  if (/^[+-]?\d+\.0*$/.test(text)) return text.slice(0, text.indexOf('.'));
  const value =
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && !/^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isSafeInteger(value) ? String(value) : cell;
}

/** COPY tells row and column in the context of its error. */
function badCellOf(
  error: Error & { where?: string; message: string },
  { relation, columns }: BulkRows,
  secrets: readonly string[],
): DiagnosticError | undefined {
  const [, line, column] = /^COPY .*?, line (\d+)(?:, column ([^:]+?))?(?::|$)/s.exec(error.where ?? '') ?? [];
  if (line === undefined) return undefined;
  const known = columns.some(({ name }) => name === column);
  const name = [relation.schema, relation.identifier].filter(Boolean).join('.');
  return new DiagnosticError(
    badCell({
      relation: name,
      row: Number(line),
      ...(known ? { column } : {}),
      error: redact(error.message, secrets),
    }),
  );
}
