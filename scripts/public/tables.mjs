// Describes every table and view of a database: rows, columns, and hashes that do not depend on the order of rows.
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';

const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

/** `concat_ws` takes a limited number of arguments, so cells are joined in chunks of this many. */
const chunkSize = 90;

function joined(cells) {
  if (cells.length <= chunkSize) return `concat_ws(chr(31), ${cells.join(', ')})`;
  const chunks = [];
  for (let at = 0; at < cells.length; at += chunkSize) chunks.push(joined(cells.slice(at, at + chunkSize)));
  return joined(chunks);
}

/** The first 60 bits of an MD5, summed: the same for the same rows in any order. */
const hashes = {
  duckdb: (text) => `sum(('0x' || substr(md5(${text}), 1, 15))::bigint)::varchar`,
  postgres: (text) => `sum(('x' || substr(md5(${text}), 1, 15))::bit(60)::bigint)::varchar`,
};

/** The query that hashes one relation: row count, the table, then each column. Duplicates count. */
function hashQuery(relation, columns, hashOf) {
  const cells = columns.map((name) => `coalesce(${quote(name)}::varchar, chr(30))`);
  const hashed = [hashOf(joined(cells)), ...cells.map((cell) => hashOf(`concat_ws(chr(31), ${cell})`))];
  return `select count(*)::varchar, ${hashed.join(', ')} from ${relation}`;
}

/** A DuckDB file to read from. Views may read files relative to `project`. */
async function openDuckDb({ database, project }) {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run(`set file_search_path = ${literal(project)}`);
  return {
    rowsOf: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** information_schema says ARRAY and no more. */
const postgresType = `(
  select format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a
  where a.attrelid = format('%I.%I', c.table_schema, c.table_name)::regclass and a.attname = c.column_name)`;

/** A Postgres database to read from. */
async function openPostgres({ server, database }) {
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  await client.query("set time zone 'UTC'");
  return {
    rowsOf: async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows,
    close: () => client.end(),
  };
}

/** All tables of a place by `schema.name`, in the form in which they were recorded. */
export async function describeTables(place) {
  const { rowsOf, close } = await (place.server ? openPostgres(place) : openDuckDb(place));
  const hashOf = place.server ? hashes.postgres : hashes.duckdb;
  const tables = {};
  try {
    const listed = await rowsOf(
      `select t.table_schema, t.table_name, t.table_type, c.column_name, ${place.server ? postgresType : 'c.data_type'}
       from information_schema.tables t join information_schema.columns c using (table_catalog, table_schema, table_name)
       where t.table_catalog = current_database() and t.table_schema not in ('information_schema', 'pg_catalog')
       order by 1, 2, c.ordinal_position`,
    );
    const byName = groupByTable(listed);
    for (const [name, columns] of byName) {
      const [schema, table, type] = columns[0];
      const relation = `${quote(schema)}.${quote(table)}`;
      const query = hashQuery(
        relation,
        columns.map((column) => column[3]),
        hashOf,
      );
      const kind = type === 'VIEW' ? 'view' : 'table';
      try {
        const [row] = await rowsOf(query);
        tables[name] = {
          kind,
          rows: Number(row[0]),
          hash: row[1],
          columns: columns.map((column, i) => ({ name: column[3], type: column[4], hash: row[i + 2] })),
        };
      } catch (error) {
        // A view whose query fails can be made, and not read.
        tables[name] = { kind, error: error.message };
      }
    }
  } finally {
    await close();
  }
  return tables;
}

/** Columns by `schema.name`. (`Map.groupBy` needs a newer Node than the oldest one promised.) */
function groupByTable(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row[0]}.${row[1]}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
