// Kills `xform build` in the middle, again and again, and looks at what is left.
// Usage: node scripts/kill-proof.mjs [kills per phase, 10 by default] [seed]
// After each kill every relation must hold its old or its new rows, artifacts must be whole, and the next build must
// end green with the rows of a build that nobody disturbed.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const perPhase = Number(process.argv[2] ?? 10);
let randomState = Number(process.argv[3] ?? 20_240_229);
/** A number between 0 and 1, the same in every run of the same seed. */
const random = () => {
  randomState = (randomState * 1_103_515_245 + 12_345) % 2_147_483_648;
  return randomState / 2_147_483_648;
};

/** What a build is doing, told from the lines of its debug log, and how long to wait before the kill (ms at most). */
const phases = {
  'seed load': { event: 'SQLQuery', when: /raw_events/, wait: 60 },
  'table swap': { event: 'SQLQuery', when: /big__dbt_tmp/, wait: 60 },
  'incremental merge': { event: 'SQLQuery', when: /(merge into|delete from).*(grown|kept)/i, wait: 30 },
  snapshot: { event: 'SQLQuery', when: /people_history/, wait: 40 },
  hook: { event: 'SQLQuery', when: /hook_log/, wait: 20 },
  'artifact write': { event: 'EndOfRunSummary', when: /./, wait: 25 },
};

const files = {
  'dbt_project.yml': `name: kill_proof
version: '1.0'
profile: kill_proof
on-run-start: ["create table if not exists hook_log (v integer)"]
on-run-end: ["delete from hook_log where v = {{ var('v') }}", "insert into hook_log values ({{ var('v') }})"]
models:
  +post-hook: "select count(*) from hook_log"
`,
  'profiles.yml': `kill_proof:
  target: dev
  outputs:
    dev: {type: duckdb, path: "{{ env_var('KILL_DB') }}", threads: 2}
`,
  'models/big.sql':
    "{{ config(materialized='table') }}\nselect i as id, i * {{ var('v') }} as amount, md5(cast(i as varchar)) as text from range(300000) t(i)\n",
  'models/seen.sql': "select count(*) as n, sum(amount) as total from {{ ref('big') }}\n",
  'models/grown.sql': `{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}
select i as id, {{ var('v') }} as v, md5(cast(i + {{ var('v') }} as varchar)) as text
from range({% if is_incremental() %}{{ var('v') }} * 1000, {{ var('v') }} * 1000 + 100000{% else %}200000{% endif %}) t(i)
`,
  'models/kept.sql': `{{ config(materialized='incremental', unique_key=['id', 'kind'], incremental_strategy='delete+insert') }}
select i as id, i % 3 as kind, {{ var('v') }} as v from range(50000) t(i)
`,
  'snapshots/people.yml': `snapshots:
  - name: people_history
    relation: ref('people')
    config: {unique_key: id, strategy: check, check_cols: [v]}
`,
  'models/people.sql':
    "{{ config(materialized='table') }}\nselect i as id, case when i % 7 = {{ var('v') }} % 7 then {{ var('v') }} else 0 end as v from range(50000) t(i)\n",
  'models/schema.yml': 'models:\n  - name: big\n    columns: [{name: id, data_tests: [unique, not_null]}]\n',
};

const folder = mkdtempSync(join(tmpdir(), 'kill-proof-'));
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes the seed, whose rows depend on the version. */
function writeSeed(version) {
  mkdirSync(join(folder, 'seeds'), { recursive: true });
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i % 97},event ${i * version}`);
  writeFileSync(join(folder, 'seeds', 'raw_events.csv'), `id,kind,name\n${rows.join('\n')}\n`);
}

/** Runs a build; with a phase it is killed in it. Resolves to the exit code, or null where it was killed. */
function build(database, version, phase) {
  return new Promise((resolve) => {
    const args = [
      cli,
      'build',
      '--profiles-dir',
      '.',
      '--vars',
      `{v: ${version}}`,
      '--log-format',
      'json',
      '--log-level',
      'debug',
    ];
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, KILL_DB: database } });
    let output = '';
    let aimed = false;
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (!phase || aimed) return;
      if (!output.split('\n').some((line) => line.includes(`"name":"${phase.event}"`) && phase.when.test(line))) return;
      aimed = true;
      setTimeout(() => child.kill('SIGKILL'), random() * phase.wait);
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Rows and hash of every relation, without the columns that hold the time of the run. */
async function contents(database) {
  const instance = await DuckDBInstance.create(database);
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
    const stable = columns.filter(
      (c) => !['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id'].includes(c),
    );
    const shown = [
      ...stable.map((c) => `"${c}"::varchar`),
      ...(columns.includes('dbt_valid_to') ? ['(dbt_valid_to is null)::varchar'] : []),
    ];
    const [[rows, hash]] = await read(
      `select count(*), sum(hash(concat_ws('|', ${shown.join(', ')}))::hugeint) from "${schema}"."${name}"`,
    );
    found[`${schema}.${name}`] = `${rows} rows, ${hash}`;
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}

/** What is wrong after a kill: relations neither old nor new, artifacts that are not whole. */
function problems(old, expected, left) {
  const found = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(left)])) {
    if (/__dbt_(tmp|backup)/.test(name) || left[name] === old[name] || left[name] === expected[name]) continue;
    found.push(
      `${name} holds ${left[name] ?? 'nothing'}; before ${old[name] ?? 'nothing'}, after ${expected[name] ?? 'nothing'}`,
    );
  }
  for (const file of existsSync(join(folder, 'target')) ? readdirSync(join(folder, 'target')) : []) {
    if (!file.endsWith('.json')) continue;
    try {
      JSON.parse(readFileSync(join(folder, 'target', file), 'utf8'));
    } catch (error) {
      found.push(`target/${file} is not whole: ${error.message}`);
    }
  }
  return found;
}

const copy = (from, to) => {
  rmSync(to, { force: true });
  rmSync(`${to}.wal`, { force: true });
  copyFileSync(from, to);
};

// Views name the database they were made in, so all copies have one name.
const [base, undisturbed, victim] = ['base', 'undisturbed', 'victim'].map((name) => {
  mkdirSync(join(folder, name));
  return join(folder, name, 'shop.duckdb');
});
let version = 1;
writeSeed(version);
const first = await build(base, version);
if (first.code !== 0) throw new Error(`the first build failed:\n${first.output.slice(-3000)}`);
let failures = 0;
let missed = 0;
for (const [name, phase] of Object.entries(phases)) {
  let killed = 0;
  for (let tries = 0; killed < perPhase && tries < perPhase * 3; tries++) {
    version += 1;
    writeSeed(version);
    const old = await contents(base);
    copy(base, undisturbed);
    if ((await build(undisturbed, version)).code !== 0) throw new Error('an undisturbed build failed');
    const expected = await contents(undisturbed);
    copy(base, victim);
    const { code } = await build(victim, version, phase);
    if (code === null) killed += 1;
    else missed += 1;
    const wrong = problems(old, expected, await contents(victim));
    const again = await build(victim, version);
    if (again.code !== 0) wrong.push(`the next build did not end green:\n${again.output.slice(-1500)}`);
    const after = await contents(victim);
    for (const relation of Object.keys(expected)) {
      if (after[relation] !== expected[relation])
        wrong.push(`${relation} after the next build: ${after[relation]}, undisturbed ${expected[relation]}`);
    }
    for (const relation of Object.keys(after)) if (!(relation in expected)) wrong.push(`${relation} is left over`);
    if (wrong.length) {
      failures += 1;
      console.log(`${name}, kill ${killed}:\n  ${wrong.join('\n  ')}`);
    }
    copy(undisturbed, base);
  }
  console.log(`${name}: ${killed} kills`);
}
console.log(`${failures} kills left something wrong; ${missed} builds had ended before the kill`);
if (!failures) rmSync(folder, { recursive: true, force: true });
process.exitCode = failures ? 1 : 0;
