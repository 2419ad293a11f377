// Describes every table and view of a DuckDB file: rows, columns, and hashes that do not depend on the order of rows.
import { DuckDBInstance } from '@duckdb/node-api';

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

const hashOf = (text) => `sum(('0x' || substr(md5(${text}), 1, 15))::bigint)::varchar`;

/** The query that hashes one relation: row count, the table, then each column. Duplicates count. */
export function hashQuery(relation, columns) {
  const cells = columns.map((name) => `coalesce(${quote(name)}::varchar, chr(30))`);
  const hashes = [hashOf(joined(cells)), ...cells.map((cell) => hashOf(`concat_ws(chr(31), ${cell})`))];
  return `select count(*)::varchar, ${hashes.join(', ')} from ${relation}`;
}

async function rowsOf(connection, sql) {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson();
}

/** All tables by `schema.name`, in the form in which they were recorded. Views may read files relative to `project`. */
export async function describeTables(database, project) {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const tables = {};
  try {
    await connection.run("set TimeZone = 'UTC'");
    await connection.run(`set file_search_path = ${literal(project)}`);
    const listed = await rowsOf(
      connection,
      `select t.table_schema, t.table_name, t.table_type, c.column_name, c.data_type
       from information_schema.tables t join information_schema.columns c using (table_catalog, table_schema, table_name)
       where t.table_catalog = current_database()
       order by 1, 2, c.ordinal_position`,
    );
    const byName = groupByTable(listed);
    for (const [name, columns] of byName) {
      const [schema, table, type] = columns[0];
      const relation = `${quote(schema)}.${quote(table)}`;
      const query = hashQuery(
        relation,
        columns.map((column) => column[3]),
      );
      const [row] = await rowsOf(connection, query).catch((error) => {
        throw new Error(`${name} cannot be read: ${error.message}`);
      });
      tables[name] = {
        kind: type === 'VIEW' ? 'view' : 'table',
        rows: Number(row[0]),
        hash: row[1],
        columns: columns.map((column, i) => ({ name: column[3], type: column[4], hash: row[i + 2] })),
      };
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
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
