import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import type { DialectName } from '../../../src/sql/index.ts';
import { postgresServer } from '../../../src/testing/index.ts';

/** A real engine that is asked for the type of an expression. */
export interface Engine {
  readonly dialect: DialectName;
  /** Columns of the table `t` by name, with the types that the catalog shows. */
  readonly columns: Readonly<Record<string, string>>;
  /** Names of its functions. */
  readonly functions: readonly string[];
  /** The columns of a query over `t`, with their types; undefined where the engine refuses it. */
  columnsOf(sql: string): Promise<readonly { readonly name: string; readonly type: string }[] | undefined>;
  close(): Promise<void>;
}

export async function duckdb(): Promise<Engine> {
  const columns = {
    ti: 'TINYINT',
    si: 'SMALLINT',
    i: 'INTEGER',
    bi: 'BIGINT',
    hi: 'HUGEINT',
    ui: 'UINTEGER',
    ubi: 'UBIGINT',
    f: 'FLOAT',
    d: 'DOUBLE',
    n: 'DECIMAL(10,2)',
    n38: 'DECIMAL(38,4)',
    s: 'VARCHAR',
    dt: 'DATE',
    ts: 'TIMESTAMP',
    tz: 'TIMESTAMP WITH TIME ZONE',
    tm: 'TIME',
    iv: 'INTERVAL',
    b: 'BOOLEAN',
    bl: 'BLOB',
    j: 'JSON',
    u: 'UUID',
    li: 'INTEGER[]',
    ls: 'VARCHAR[]',
    ll: 'INTEGER[][]',
    st: 'STRUCT(a INTEGER, b VARCHAR)',
    lst: 'STRUCT(a INTEGER, "name" VARCHAR)[]',
    m: 'MAP(VARCHAR, INTEGER)',
  };
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  await connection.run(`create table t (${definitions(columns)})`);
  const listed = await rows(`select distinct function_name from duckdb_functions()
    where function_type in ('scalar', 'aggregate') and regexp_matches(function_name, '^[a-z][a-z0-9_]*$') order by 1`);
  return {
    dialect: 'duckdb',
    columns,
    functions: listed.map(([name]) => String(name)),
    columnsOf: async (sql) => {
      try {
        return (await rows(`describe ${sql}`)).map(([name, type]) => ({ name: String(name), type: String(type) }));
      } catch {
        return undefined;
      }
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A Postgres with the table; a reason where there is none. */
export async function postgres(): Promise<Engine | { readonly missing: string }> {
  const columns = {
    si: 'smallint',
    i: 'integer',
    bi: 'bigint',
    f: 'real',
    d: 'double precision',
    n: 'numeric(10,2)',
    nn: 'numeric',
    s: 'text',
    vc: 'character varying(20)',
    ch: 'character(3)',
    dt: 'date',
    ts: 'timestamp without time zone',
    tz: 'timestamp with time zone',
    tm: 'time without time zone',
    iv: 'interval',
    b: 'boolean',
    bl: 'bytea',
    j: 'json',
    jb: 'jsonb',
    u: 'uuid',
    li: 'integer[]',
    ls: 'text[]',
  };
  const server = await postgresServer();
  if ('missing' in server) return server;
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  const rows = async (text: string): Promise<string[][]> => (await client.query({ text, rowMode: 'array' })).rows;
  await client.query(`create temp table t (${definitions(columns)})`);
  const types = new Map((await rows('select oid::text, format_type(oid, null) from pg_type')) as [string, string][]);
  const listed = await rows(`select distinct proname from pg_proc p join pg_namespace n on n.oid = pronamespace
    where nspname = 'pg_catalog' and prokind in ('f', 'a') and proname ~ '^[a-z][a-z0-9_]*$'
      and proname !~ '^(pg_|binary_upgrade|lo_|txid_|has_|amvalid|brin|gin|gist|spg|bt|hash|ts_|query_to|table_to|schema_to|database_to)'
      and proname !~ '(_in|_out|_recv|_send|sel|support|transfn|combine|finalfn|_final|_accum|serialize)$' order by 1`);
  return {
    dialect: 'postgres',
    columns,
    functions: listed.map(([name]) => name!),
    columnsOf: async (sql) => {
      try {
        // A prepared statement is planned and not run: what its rows would be does not matter.
        const { fields } = await client.query({ text: `select * from (${sql}) as q where false`, rowMode: 'array' });
        return fields.map(({ name, dataTypeID }) => ({ name, type: types.get(String(dataTypeID))! }));
      } catch {
        return undefined;
      }
    },
    close: async () => {
      await client.end();
      await server.stop();
    },
  };
}

const definitions = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
