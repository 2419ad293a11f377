// The engine DuckDB: a database is a file.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { timed } from './project.mjs';

/** Databases by name; views name the database they were made in, so all files have one name. */
export async function duckdb() {
  const folder = mkdtempSync(join(tmpdir(), 'kill-proof-duckdb-'));
  const fileOf = (name) => join(folder, name, 'shop.duckdb');
  for (const name of ['base', 'undisturbed', 'victim']) mkdirSync(dirname(fileOf(name)));
  return {
    output: { type: 'duckdb', path: "{{ env_var('KILL_DB') }}" },
    /** What stands for a database in the environment of a build. */
    address: fileOf,
    copy: async (from, to) => {
      for (const end of ['', '.wal']) rmSync(fileOf(to) + end, { force: true });
      copyFileSync(fileOf(from), fileOf(to));
    },
    contents: (name) => contents(fileOf(name)),
    /** The file is free as soon as the process is gone. */
    orphans: async () => 0,
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Rows and hash of every relation, without the columns that hold the time of the run. */
async function contents(file) {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const read = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  const found = {};
  const relations = await read(
    "select table_schema, table_name from information_schema.tables where table_type in ('BASE TABLE', 'VIEW') order by 1, 2",
  );
  for (const [schema, name] of relations) {
    const columns = (
      await read(
        `select column_name from information_schema.columns where table_schema = '${schema}' and table_name = '${name}' order by ordinal_position`,
      )
    ).map(([c]) => c);
    const shown = columns.filter((c) => !timed.has(c)).map((c) => `"${c}"::varchar`);
    if (columns.includes('dbt_valid_to')) shown.push('(dbt_valid_to is null)::varchar');
    const [[rows, hash]] = await read(
      `select count(*), sum(hash(concat_ws('|', ${shown.join(', ')}))::hugeint) from "${schema}"."${name}"`,
    );
    found[`${schema}.${name}`] = `${rows} rows, ${hash}`;
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}
