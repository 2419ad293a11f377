// Holds xform against dbt's recorded answers on public projects: statuses, edges, relations and the contents of every table.
//
//   node scripts/public-projects.mjs --mirrors DIR --oracle DIR [NAME ...] [--cmd "dbt"] [--types] [--lineage] [--keep] [--verbose]
//
// DIR of mirrors (or XFORM_MIRRORS) has a bare clone `owner+name` of each repository; DIR of the oracle (or XFORM_ORACLE)
// the records. `--types` compares what the analysis says of the types of columns, too; `--lineage` counts the columns of which
// it knows where they come from. `--cmd` names another command line to hold against the same records, dbt's own for instance.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareCounts, compareNodes, compareTables, observeNodes } from './public/compare.mjs';
import { measureLineage } from './public/lineage.mjs';
import { materialize } from './public/materialize.mjs';
import { readRecord } from './public/oracle.mjs';
import { describeTables } from './public/tables.mjs';
import { compareTypes } from './public/types.mjs';
import { unstableTables } from './public/unstable.mjs';
import { root } from './tool.mjs';

/** The projects of the first milestone; others are run by naming them. */
const milestone = [
  'jaffle_shop_duckdb',
  'jaffle_shop',
  'jaffle-shop',
  'olist',
  'recce-it',
  'sushi_dbt',
  'simple_dbt_project',
];
const stepTimeout = 600_000;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mirrors: { type: 'string', default: process.env.XFORM_MIRRORS },
      oracle: { type: 'string', default: process.env.XFORM_ORACLE },
      cmd: { type: 'string' },
      types: { type: 'boolean', default: false },
      lineage: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  for (const key of ['mirrors', 'oracle']) {
    if (!values[key])
      throw new Error(`Say where the ${key} are: --${key} DIR, or the variable XFORM_${key.toUpperCase()}`);
    values[key] = path.resolve(values[key]);
  }
  const command = values.cmd?.split(/\s+/).filter(Boolean) ?? [
    process.execPath,
    path.join(root, 'dist', 'cli', 'main.js'),
  ];
  return { ...values, command, names: positionals.length > 0 ? positionals : milestone };
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** Runs the recorded steps one after the other; returns their exit codes, their results and the last manifest. */
function runSteps(record, place, options) {
  const results = [];
  const codes = [];
  let output = '';
  const vars = record.setup.vars ? ['--vars', JSON.stringify(record.setup.vars)] : [];
  for (const step of record.setup.steps ?? ['build']) {
    const resultsFile = path.join(place.project, 'target', 'run_results.json');
    rmSync(resultsFile, { force: true });
    const [file, ...first] = options.command;
    const args = [...first, ...step.split(' '), '--profiles-dir', place.profiles, '--target', place.target, ...vars];
    const done = spawnSync(file, args, {
      cwd: place.project,
      env: {
        ...process.env,
        TZ: 'UTC',
        DO_NOT_TRACK: '1',
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
        ...record.setup.env,
      },
      encoding: 'utf8',
      timeout: stepTimeout,
      maxBuffer: 1 << 28,
    });
    if (done.error) throw done.error;
    codes.push(done.status);
    output += `$ ${args.slice(first.length).join(' ')}\n${done.stdout}${done.stderr}`;
    const result = readJson(resultsFile);
    if (result) results.push(result);
  }
  return { codes, results, output, manifest: readJson(path.join(place.project, 'target', 'manifest.json')) };
}

function compareCodes(recorded, codes) {
  return recorded.steps
    .map((step, at) => [step, codes[at]])
    .filter(([step, code]) => step.rc !== code)
    .map(([step, code]) => `${step.cmd}: exit code ${code}, with dbt ${step.rc}`);
}

let postgres;

/** The server that a project needs: none for DuckDB, nor where it is only parsed; for Postgres one that all of them share. */
async function serverFor(adapter, mode) {
  if (adapter === 'duckdb' || mode === 'parse') return undefined;
  if (adapter !== 'postgres') throw new Error(`needs a ${adapter} database; only DuckDB and Postgres projects are run`);
  const { postgresServer } = await import('../dist/src/testing/index.js');
  postgres ??= await postgresServer();
  if (postgres.missing) throw new Error(`needs Postgres: ${postgres.missing}`);
  return postgres;
}

async function checkProject(name, options) {
  const record = readRecord(options.oracle, name);
  const { recorded } = record;
  const server = await serverFor(recorded.adapter, record.setup.mode);
  const folder = mkdtempSync(path.join(os.tmpdir(), `xform-public-${name}-`));
  try {
    const place = await materialize(record, { ...options, folder, server });
    const run = runSteps(record, place, options);
    if (!run.manifest) throw new Error(`wrote no manifest.json:\n${run.output}`);
    const unstable = recorded.unstable_under_second_run_400d_later ?? {};
    const nodes = compareNodes(recorded.nodes ?? {}, observeNodes(run.manifest, run.results), unstable.statuses);
    const counts = compareCounts(recorded.counts, run.manifest);
    const built = server || (place.database && existsSync(place.database)) ? await describeTables(place) : {};
    const tables = compareTables(recorded.tables ?? {}, built, unstableTables(name, unstable.tables));
    const differences = [...compareCodes(recorded, run.codes), ...counts, ...nodes.differences, ...tables.differences];
    const types = options.types ? await compareTypes(record, place, run.manifest, options.command) : undefined;
    differences.push(...(types?.wrong ?? []));
    const lineage = options.lineage ? measureLineage(record, place, options.command) : undefined;
    return { nodes, tables, types, lineage, differences, output: run.output };
  } finally {
    if (options.keep) console.log(`${name}: kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** How many columns have all of their lineage, and why others have not, the commonest reasons first. */
function reportLineage({ models, complete, unknown }, verbose) {
  const all = complete + unknown.length;
  const share = ((100 * complete) / Math.max(1, all)).toFixed(2);
  console.log(`  lineage: ${models} models, ${all} columns, of ${complete} complete (${share} %)`);
  const reasons = new Map();
  for (const one of unknown) reasons.set(one.reason, [...(reasons.get(one.reason) ?? []), one]);
  for (const [reason, columns] of [...reasons].sort((a, b) => b[1].length - a[1].length)) {
    const where = columns.map(({ id, name }) => `${id}.${name}`);
    console.log(`    ${columns.length}: ${reason} — ${verbose ? where.join(', ') : where[0]}`);
  }
}

function report(name, { nodes, tables, types, lineage, differences, output }, verbose) {
  const compiled = nodes.compiled.equal + nodes.compiled.different.length;
  console.log(
    `${name}: ${nodes.equal} nodes equal, ${tables.equal} tables equal, ${differences.length} differences` +
      ` (compiled SQL equal in ${nodes.compiled.equal} of ${compiled})`,
  );
  if (types) console.log(`  types: ${types.equal} equal, ${types.wrong.length} wrong, ${types.unknown.length} unknown`);
  if (lineage) reportLineage(lineage, verbose);
  for (const difference of differences) console.log(`  ${difference}`);
  if (verbose) {
    for (const column of types?.unknown ?? []) console.log(`  (only told) type not known: ${column}`);
    for (const id of nodes.compiled.different) console.log(`  (only told) compiled SQL differs: ${id}`);
    if (differences.length > 0) console.log(output.replace(/^/gm, '  | '));
  }
}

const sum = (a, b) => (Array.isArray(a) ? [...a, ...b] : a + b);

async function main() {
  const options = readOptions();
  let failed = 0;
  const lineage = { models: 0, complete: 0, unknown: [] };
  for (const name of options.names) {
    try {
      const result = await checkProject(name, options);
      report(name, result, options.verbose);
      if (result.lineage)
        for (const key of ['models', 'complete', 'unknown']) lineage[key] = sum(lineage[key], result.lineage[key]);
      if (result.differences.length > 0) failed++;
    } catch (error) {
      console.log(`${name}: ${error instanceof Error ? error.message : error}`);
      failed++;
    }
  }
  if (options.lineage) {
    console.log('all projects');
    reportLineage(lineage, false);
  }
  console.log(`${options.names.length - failed} of ${options.names.length} projects as with dbt`);
  process.exitCode = failed > 0 ? 1 : 0;
  await postgres?.stop?.();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
