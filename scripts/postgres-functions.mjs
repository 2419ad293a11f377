// Writes src/sql/types/postgres-functions.ts: functions, operators and implicit casts of Postgres, as its catalog lists them.
//
//   node scripts/postgres-functions.mjs
//
// To be run again, after `npm run build`, when the Postgres of the tests is raised.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { postgresServer } from '../dist/src/testing/index.js';
import { root } from './tool.mjs';

/** Types that columns of a project have. Functions of others are told by a `?` only. */
const plain = `boolean smallint integer bigint real double¦precision numeric money text character¦varying character name
  date time¦without¦time¦zone time¦with¦time¦zone timestamp¦without¦time¦zone timestamp¦with¦time¦zone interval bytea json
  jsonb uuid oid regclass inet cidr xml anyelement anyarray anynonarray anycompatible anycompatiblearray
  anycompatiblenonarray "any"`
  .split(/\s+/)
  .map((name) => name.replaceAll('¦', ' '));
const types = new Set([...plain, ...plain.map((name) => `${name}[]`)]);

const server = await postgresServer();
if (server.missing) throw new Error(server.missing);
const { host, port, user, password } = server;
const client = new pg.Client({ host, port, user, password, database: 'postgres' });
await client.connect();
const rowsOf = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows;

const functions = await rowsOf(`
  select proname, array(select format_type(t, null) from unnest(proargtypes) with ordinality as a(t, n) order by n),
    provariadic <> 0, format_type(prorettype, null), pronargdefaults, prokind = 'a' and aggkind = 'o'
  from pg_proc left join pg_aggregate on aggfnoid = pg_proc.oid
  where pronamespace = 'pg_catalog'::regnamespace and prokind in ('f', 'a', 'w') and proname ~ '^[a-z_0-9]+$'
    and prorettype not in ('internal'::regtype, 'trigger'::regtype, 'void'::regtype, 'cstring'::regtype)
  order by 1, 2, 4`);
const operators = await rowsOf(`
  select oprname, array_remove(array[case oprleft when 0 then null else format_type(oprleft, null) end,
    format_type(oprright, null)], null), format_type(oprresult, null)
  from pg_operator where oprresult <> 0 order by 1, 2, 3`);
const casts = await rowsOf(`
  select format_type(castsource, null), format_type(casttarget, null) from pg_cast where castcontext = 'i' order by 1, 2`);
const [[version]] = await rowsOf('show server_version');
await client.end();
await server.stop?.();

const lines = new Map();
/** Functions that only the server itself calls. */
const isInner = (parameters, returns) =>
  [...parameters, returns].some((type) => type === 'internal' || type === 'cstring');
function add(name, parameters, returns) {
  if (isInner(parameters, returns)) return;
  const ways = lines.get(name) ?? new Set();
  const isKnown = [...parameters.map((type) => type.replace(/^\.\.\./, '')), returns].every((type) => types.has(type));
  ways.add(isKnown ? `${parameters.join(';')}>${returns}` : '?');
  lines.set(name, ways);
}
for (const [name, parameters, isVariadic, returns, defaults, isOrderedSet] of functions) {
  if (isOrderedSet) continue;
  const all = isVariadic ? [...parameters.slice(0, -1), `...${parameters.at(-1).replace(/\[\]$/, '')}`] : parameters;
  for (let count = all.length - defaults; count <= all.length; count++) add(name, all.slice(0, count), returns);
}
for (const [name, parameters, returns] of operators) add(name, parameters, returns);
const table = [...lines].map(([name, ways]) => `${name} ${[...ways].join('|')}`).join('\n');
const castable = casts.filter((pair) => pair.every((type) => types.has(type))).map((pair) => pair.join('>'));
writeFileSync(
  path.join(root, 'src/sql/types/postgres-functions.ts'),
  `// Written by scripts/postgres-functions.mjs from PostgreSQL ${version}.

/** Each function and operator with all the ways to call it: \`parameter;parameter>result\`, parted by bars. */
export const FUNCTIONS = \`
${table.replaceAll('`', '')}
\`;

/** Types that become others without being asked to. */
export const CASTS = \`
${castable.join('\n')}
\`;
`,
);
