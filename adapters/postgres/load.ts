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
  const target = await targetOf(client, rows);
  const stream = client.query(driver.from(`copy ${target} from stdin`));
  try {
    await pipeline(Readable.from(copyText(rows)), stream);
  } catch (error) {
    throw isServerError(error) ? (badCellOf(error, rows, secrets) ?? error) : error;
  }
  return rows.rows.length;
}

/**
 * The table and its columns under the names they really have: what the project does not quote, Postgres made lower case.
 * One connection sees one database: it need not be named.
 */
async function targetOf(client: Client, { relation: { schema, identifier }, columns }: BulkRows): Promise<string> {
  const { rows } = await client.query<{ nspname: string; relname: string; attname: string }>(
    `select nspname, relname, attname from pg_attribute
     join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
     where nspname in ($1::text, lower($1::text)) and relname in ($2::text, lower($2::text)) and attnum > 0 and not attisdropped
     order by nspname <> $1::text, relname <> $2::text`,
    [schema, identifier],
  );
  const table = rows[0] ?? { nspname: schema ?? '', relname: identifier ?? '' };
  const there = new Set(
    rows.flatMap((row) => (row.nspname === table.nspname && row.relname === table.relname ? [row.attname] : [])),
  );
  const actual = (name: string): string =>
    there.has(name) || !there.has(name.toLowerCase()) ? name : name.toLowerCase();
  const names = columns.map(({ name }) => quoted(actual(name)));
  return `${quoted(table.nspname)}.${quoted(table.relname)} (${names.join(', ')})`;
}

/** The rows in COPY's text format, in chunks. */
function* copyText({ columns, rows }: BulkRows): Generator<string> {
  const write = columns.map(writer);
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    let text = '';
    for (const row of rows.slice(start, start + rowsPerChunk))
      text += `${columns.map((_, at) => write[at]!(row[at] ?? null)).join('\t')}\n`;
    yield text;
  }
}

/** How the cells of a column are written. */
function writer({ dataType }: BulkRows['columns'][number]): (cell: string | null) => string {
  const escaped = (cell: string): string => cell.replace(/[\\\n\r\t]/g, (sign) => escapes[sign]!);
  const whole = integerTypes.test(dataType);
  return (cell) => {
    // dbt reads the word, and blanks alone, as no value, whatever type the user set.
    if (cell === null || /^\s*(null)?\s*$/i.test(cell)) return '\\N';
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
  const known = columns.find(({ name }) => name === column || name.toLowerCase() === column);
  const name = [relation.schema, relation.identifier].filter(Boolean).join('.');
  return new DiagnosticError(
    badCell({
      relation: name,
      row: Number(line),
      ...(known ? { column: known.name } : {}),
      error: redact(error.message, secrets),
    }),
  );
}
