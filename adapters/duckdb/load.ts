import type { DuckDBConnection } from '@duckdb/node-api';
import type { BulkRows } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import type { Driver } from './cell.ts';
import { badCell } from './diagnostics.ts';
import { failureOf } from './failure.ts';

/** Rows of one data chunk: DuckDB's vector size. */
const chunkSize = 2048;
/** After this many chunks other work of the process gets a turn. */
const chunksPerTurn = 16;

const staging = 'temp.main.xform_bulk_rows';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What loading needs beside the connection. */
export interface LoadHost {
  readonly driver: Driver;
  connect(): Promise<DuckDBConnection>;
}

/**
 * Loads rows of text: appended into a temporary table of text columns, then cast in one INSERT. Casting in SQL gives
 * DuckDB's own reading of dates, numbers and booleans, and lets a bad cell be found by row and column.
 */
export async function loadRows(host: LoadHost, connection: DuckDBConnection, rows: BulkRows): Promise<number> {
  if (rows.rows.length === 0 || rows.columns.length === 0) return 0;
  try {
    await stage(host.driver, connection, rows);
    const columns = rows.columns.map((column) => quoted(column.name)).join(', ');
    const casts = rows.columns.map((column, at) => `CAST(c${at} AS ${column.dataType})`).join(', ');
    try {
      await connection.run(
        `INSERT INTO ${relationName(rows)} (${columns}) SELECT ${casts} FROM ${staging} ORDER BY rowid`,
      );
    } catch (error) {
      throw (await findBadCell(host, rows).catch(() => undefined)) ?? withoutPlace(error);
    }
    return rows.rows.length;
  } finally {
    // In a spoilt transaction nothing runs any more; its rollback removes the table.
    await connection.run(`DROP TABLE IF EXISTS ${staging}`).catch(() => undefined);
  }
}

const relationName = ({ relation }: BulkRows): string =>
  [relation.database, relation.schema, relation.identifier]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .map((part) => quoted(part!))
    .join('.');

/** Appends the rows, as text, to a new temporary table. */
async function stage(driver: Driver, connection: DuckDBConnection, { columns, rows }: BulkRows): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE xform_bulk_rows (${columns.map((_, at) => `c${at} VARCHAR`).join(', ')})`,
  );
  const types = columns.map(() => driver.VARCHAR);
  const appender = await connection.createAppender('xform_bulk_rows', 'main', 'temp');
  try {
    for (let start = 0, chunks = 0; start < rows.length; start += chunkSize, chunks++) {
      const part = rows.slice(start, start + chunkSize);
      const chunk = driver.DuckDBDataChunk.create(types);
      chunk.setColumns(columns.map((_, at) => part.map((row) => row[at] ?? null)));
      appender.appendDataChunk(chunk);
      if (chunks % chunksPerTurn === chunksPerTurn - 1) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    appender.closeSync();
  }
}

/**
 * The first cell, by row, that its type refuses. Undefined where the cells are not what failed. The failed INSERT may
 * have spoilt its transaction, so the rows are looked at on a connection of their own.
 */
async function findBadCell(host: LoadHost, rows: BulkRows): Promise<DiagnosticError | undefined> {
  let found: { row: number; at: number } | undefined;
  const connection = await host.connect();
  try {
    await stage(host.driver, connection, rows);
    for (const [at, column] of rows.columns.entries()) {
      const refused = `c${at} IS NOT NULL AND TRY_CAST(c${at} AS ${column.dataType}) IS NULL`;
      const row = (
        await connection.runAndReadAll(`SELECT min(rowid) FROM ${staging} WHERE ${refused}`)
      ).getRows()[0]?.[0];
      if (typeof row === 'bigint' && (found === undefined || Number(row) < found.row)) found = { row: Number(row), at };
    }
  } finally {
    connection.closeSync();
  }
  if (!found) return undefined;
  const column = rows.columns[found.at]!;
  return new DiagnosticError(
    badCell({
      relation: [rows.relation.schema, rows.relation.identifier].filter(Boolean).join('.'),
      row: found.row + 1,
      column: column.name,
      value: rows.rows[found.row]![found.at] ?? '',
      dataType: column.dataType,
    }),
  );
}

/** The INSERT is not the user's text: a place in it would point nowhere. */
function withoutPlace(error: unknown): Error {
  const { kind, sentence } = failureOf(error, '');
  return new Error(`${kind} Error: ${sentence}`);
}
