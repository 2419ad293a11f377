// Makes mistakes in the compiled models of a project that has been built, and holds what the analysis finds against what
// the engine itself says of them: DuckDB's binder, or Postgres when it prepares the statement.
//
//   node scripts/mutations.mjs PROJECT DATABASE [--mistakes 500] [--seed 42] [--verbose]
//
// PROJECT is a folder with the manifest.json of a build in its target folder, DATABASE what it was built into: the file of
// DuckDB, or the address of Postgres (postgres://user:password@host:port/database). Of the mistakes that the engine rejects
// those that are found are counted, and how many of them on the right line: within one line of the mistake, or where the
// engine itself says so; of those that it accepts, those that are reported as errors.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { Analyst } from '../dist/src/sql/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mistakes: { type: 'string', default: '500' },
    seed: { type: 'string', default: '42' },
    verbose: { type: 'boolean', default: false },
  },
});
const [project, database] = positionals;
if (!project || !database) throw new Error('Say which project, and the database it was built into');

const lineOf = (sql, at) => sql.slice(0, at).split('\n').length;
const engine = /^postgres(ql)?:/.test(database) ? await postgres(database) : await duckdb(database);

/** Rows of `schema, table, column, type` as the tables and columns of an analysis. */
function tablesOf(rows, database) {
  const tables = new Map();
  for (const [schema, table, column, type] of rows) {
    const key = `${schema}.${table}`;
    const known = tables.get(key) ?? { key, name: [database, schema, table], columns: [] };
    known.columns.push({ name: column, type });
    tables.set(key, known);
  }
  return [...tables.values()];
}

const statement = (sql) => sql.trim().replace(/;$/, '');
/** Lines before the query begins. */
const linesBefore = (sql) => lineOf(sql, sql.length - sql.trimStart().length) - 1;

async function duckdb(file) {
  const connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
  const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  const [[name]] = await rowsOf('select current_database()');
  const columns = await rowsOf(
    `select table_schema, table_name, column_name, data_type from information_schema.columns
     where table_catalog = current_database() order by table_schema, table_name, ordinal_position`,
  );
  return {
    name: 'DuckDB',
    dialect: 'duckdb',
    facts: { searchPath: ['main'] },
    tables: tablesOf(columns, name),
    ofDates: ['year(_)', 'last_day(_)', 'monthname(_)'],
    /** Why it would not run a query, and on which line it says so; undefined where it would. */
    async rejected(sql) {
      try {
        await connection.run(`explain ${statement(sql)}`);
        return undefined;
      } catch (error) {
        const [, line] = /^LINE (\d+):/m.exec(error.message) ?? [];
        return { reason: error.message.split('\n')[0], line: line && linesBefore(sql) + Number(line) };
      }
    },
    close: async () => connection.closeSync(),
  };
}

async function postgres(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query({
    rowMode: 'array',
    text: `select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'v', 'm', 'p')
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1, 2, a.attnum`,
  });
  return {
    name: 'Postgres',
    dialect: 'postgres',
    facts: {},
    tables: tablesOf(rows, client.database),
    ofDates: ['extract(year from _)', "date_trunc('month', _)", 'age(_)'],
    async rejected(sql) {
      const before = 'prepare mistake as ';
      await client.query('begin');
      try {
        await client.query(before + statement(sql));
        return undefined;
      } catch (error) {
        const at = Number(error.position) - 1 - before.length;
        return { reason: error.message, line: at >= 0 ? linesBefore(sql) + lineOf(statement(sql), at) : undefined };
      } finally {
        await client.query('rollback');
        await client.query('deallocate all');
      }
    },
    close: () => client.end(),
  };
}

const manifest = JSON.parse(readFileSync(path.join(project, 'target', 'manifest.json'), 'utf8'));
const models = Object.values(manifest.nodes).filter(
  ({ resource_type: type, compiled_code: sql }) => type === 'model' && sql && sql.length < 8000,
);

/** The same numbers for the same seed. */
let state = Number(values.seed) >>> 0;
function below(count) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * count);
}
const pick = (list) => list[below(list.length)];

const keywords = new Set(
  `select from where group by order having with as on join left right inner full outer cross union all and or not in is
  null case when then else end over partition limit distinct between like desc asc true false cast date interval rows
  preceding following unbounded current row using exists filter nulls first last qualify extract year month day`.split(
    /\s+/,
  ),
);
/** Texts and comments are left alone. */
const bare = (sql) => sql.replace(/'[^']*'|"[^"]*"|--[^\n]*/g, (found) => ' '.repeat(found.length));
const names = (sql) =>
  [...bare(sql).matchAll(/\b[a-z_][a-z_0-9]*\b/gi)].filter(
    ([name]) => !keywords.has(name.toLowerCase()) && name.length > 2,
  );
const found = (sql, pattern) => [...bare(sql).matchAll(pattern)];
const replaced = (sql, at, length, text) => ({ sql: sql.slice(0, at) + text + sql.slice(at + length), at });
/** Columns with the name of their table before them: what certainly is a column. */
const columns = (sql) => found(sql, /\b([a-z_][a-z_0-9]*)\.([a-z_][a-z_0-9]*)\b(?!\s*[.(])/gi);

/** Each kind of mistake: a query to the query with the mistake, and where it is. */
const kinds = {
  'letters swapped'(sql) {
    const { 0: name, index } = pick(names(sql));
    const at = index + below(name.length - 1);
    return { sql: sql.slice(0, at) + sql[at + 1] + sql[at] + sql.slice(at + 2), at: index };
  },
  'letter dropped'(sql) {
    const { 0: name, index } = pick(names(sql));
    return { ...replaced(sql, index + 1 + below(name.length - 1), 1, ''), at: index };
  },
  'wrong alias'(sql) {
    const { index } = pick(columns(sql));
    return replaced(sql, index, 0, 'zz');
  },
  'unknown table'(sql) {
    const { 0: text, index } = pick(found(sql, /\b(?:from|join)\s+([a-z_][a-z_0-9]*)\b/gi));
    return replaced(sql, index + text.length, 0, '_x');
  },
  'column dropped'(sql) {
    const { 0: text, index } = pick(found(sql, /^\s+([a-z_][a-z_0-9.]*),\n/gim));
    return replaced(sql, index, text.length, '\n');
  },
  'no group by'(sql) {
    const { 0: text, index } = pick(found(sql, /\bgroup by [^\n)]+/gi));
    return replaced(sql, index, text.length, '');
  },
  'one column too many'(sql) {
    const { 0: text, index } = pick(found(sql, /\bunion all\s+select/gi));
    return replaced(sql, index + text.length, 0, ' 1,');
  },
  'text function of a column'(sql) {
    const { 0: text, index } = pick(columns(sql));
    return replaced(sql, index, text.length, `${pick(['upper', 'trim', 'length', 'md5'])}(${text})`);
  },
  'function of a date of a column'(sql) {
    const { 0: text, index } = pick(columns(sql));
    return replaced(sql, index, text.length, pick(engine.ofDates).replace('_', text));
  },
  'number added to a column'(sql) {
    const { 0: text, index } = pick(columns(sql));
    return replaced(sql, index, text.length, `(${text} ${pick(['+', '-', '*'])} 1)`);
  },
  'column compared with a number'(sql) {
    const { 0: text, index } = pick(columns(sql));
    return replaced(sql, index, text.length, `(${text} > 1)`);
  },
};

const analyst = new Analyst();
const counts = new Map();
const told = [];
for (let made = 0; made < Number(values.mistakes); ) {
  const { compiled_code: right, name } = pick(models);
  const kind = pick(Object.keys(kinds));
  let mistake;
  try {
    mistake = kinds[kind](right);
  } catch {
    // There is nothing in this query to do that to.
    continue;
  }
  if (mistake.sql === right) continue;
  made++;
  const none = {
    made: 0,
    rejected: 0,
    found: 0,
    'near the mistake': 0,
    'right line': 0,
    accepted: 0,
    'false errors': 0,
  };
  const count = counts.get(kind) ?? none;
  counts.set(kind, count);
  count.made++;
  const { dialect, facts, tables } = engine;
  const rejection = await engine.rejected(mistake.sql);
  const { problems } = await analyst.analyse({ sql: mistake.sql, dialect, tables, isComplete: true, facts });
  const serious = problems.filter(({ severity }) => severity === 'error');
  const findings = problems.filter(({ severity }) => severity !== 'hint');
  const around = mistake.sql.slice(Math.max(0, mistake.at - 40), mistake.at + 60).replace(/\s+/g, ' ');
  if (rejection) {
    count.rejected++;
    if (findings.length) count.found++;
    else told.push(`missed (${kind}, ${name}): ${rejection.reason} in … ${around} …`);
    const lines = findings.map(({ at }) => (at ? lineOf(mistake.sql, at.start) : 0));
    const isNear = lines.some((line) => Math.abs(line - lineOf(mistake.sql, mistake.at)) <= 1);
    if (isNear) count['near the mistake']++;
    // A column that is gone is missed where it is read: that is where the mistake shows, to the engine too, which does not
    // always say where.
    const isNamed = findings.some(
      ({ data }) => data.name && rejection.reason.includes(`"${data.name}" does not exist`),
    );
    if (isNear || lines.includes(rejection.line) || (!rejection.line && isNamed)) count['right line']++;
    else if (findings.length)
      told.push(`far (${kind}, ${name}): ${rejection.reason} (${rejection.line}), told ${lines} in … ${around} …`);
  } else {
    count.accepted++;
    if (serious.length) {
      count['false errors']++;
      told.push(`false (${kind}, ${name}): ${serious[0].message} in … ${around} …`);
    }
  }
}
await analyst.close();
await engine.close();
const sum = (key) => [...counts.values()].reduce((total, count) => total + count[key], 0);
console.table(Object.fromEntries([...counts].sort()));
if (values.verbose) for (const line of told) console.log(line);
const [isRejected, isFound] = [sum('rejected'), sum('found')];
console.log(
  `${isRejected} rejected by ${engine.name}, ${isFound} found (${((100 * isFound) / isRejected).toFixed(1)} %), ` +
    `${sum('right line')} on the right line (${sum('near the mistake')} where the mistake was made); ${sum('accepted')} accepted, ${sum('false errors')} reported as errors`,
);
process.exitCode = sum('false errors') > 0 ? 1 : 0;
