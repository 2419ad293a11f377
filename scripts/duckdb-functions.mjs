// Writes src/sql/types/duckdb-functions.ts: the functions of DuckDB and their types, as the engine itself lists them.
//
//   node scripts/duckdb-functions.mjs
//
// To be run again when @duckdb/node-api is raised. Functions whose type depends on more than the types of what they are
// given, and that no rule in duckdb.ts knows, are left out: test/sql/types.test.ts finds them.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { root } from './tool.mjs';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const rows = (
  await connection.runAndReadAll(`
    select function_name, parameter_types, varargs, return_type
    from duckdb_functions()
    where function_type in ('scalar', 'aggregate') and not starts_with(function_name, '__internal')
    order by all`)
).getRowsJson();

/** Types that nothing in a project has a column of, or that are settled by more than their name. */
const isOdd = (type) => /LAMBDA|POINTER|UNKNOWN|AGGREGATE_STATE|GEOMETRY|"NULL"|BIGNUM|INVALID|VARIANT/.test(type);

/** Their type depends on values, on settings, or on the inside of what they are given. */
const unpredictable = new Set(['switch', 'union_extract', 'json_transform', 'from_json', 'repeat']);

const lines = new Map();
for (const [name, parameters, rest, returns] of rows) {
  if (unpredictable.has(name)) {
    lines.set(name, ['?']);
    continue;
  }
  const all = [...parameters, ...(rest ? [`...${rest}`] : [])];
  const ways = lines.get(name) ?? [];
  ways.push([...all, returns].some((type) => type === '' || isOdd(type)) ? '?' : `${all.join(';')}>${returns}`);
  lines.set(name, ways);
}
// What is written in SQL itself is known by its name alone.
const macros = await connection.runAndReadAll(
  "select distinct function_name from duckdb_functions() where function_type = 'macro' order by 1",
);
for (const [name] of macros.getRowsJson()) if (!lines.has(name)) lines.set(name, ['?']);
const version = (await connection.runAndReadAll('select version()')).getRowsJson()[0][0];
const table = [...lines].map(([name, ways]) => `${name} ${[...new Set(ways)].join('|')}`).join('\n');
writeFileSync(
  path.join(root, 'src/sql/types/duckdb-functions.ts'),
  `// Written by scripts/duckdb-functions.mjs from DuckDB ${version}.

/** Each function of DuckDB with all the ways to call it: \`parameter;parameter>result\`, parted by bars. */
export const FUNCTIONS = \`
${table.replaceAll('`', '')}
\`;
`,
);

const keywords = await connection.runAndReadAll('select distinct keyword_name from duckdb_keywords() order by 1');
const words = keywords.getRowsJson().map(([word]) => word);
const wrapped = words.join(' ').replace(/(.{100,115}) /g, '$1\n');
writeFileSync(
  path.join(root, 'src/sql/types/duckdb-keywords.ts'),
  `// Written by scripts/duckdb-functions.mjs from DuckDB ${version}.

/** Words that DuckDB's catalog puts in quotes where they name a field. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  \`
${wrapped}\`
    .trim()
    .split(/\\s+/),
);
`,
);
