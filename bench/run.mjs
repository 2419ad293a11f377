// Measures xform beside dbt-core, and dbt's Rust engine, in one go and prints ratios; nothing here passes or fails.
//
//   node bench/run.mjs [--models 1000] [--views 300] [--rounds 3] [--project DIR] [--only NAME]
//
// dbt is looked for in XFORM_BENCH_DBT, then on the PATH, the Rust engine in XFORM_BENCH_DBT_RUST; what is not there is left
// out. Runs alternate, so that what else the machine does falls on all. Figures are medians of processor time, and of the
// most memory held. Cold means that every cache is gone. NAME: start, parse, build, nodes.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateFlat, generateWarehouse } from './generate.mjs';
import { measure, median, tellsCpu } from './measure.mjs';

const cli = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'cli', 'main.js');

function readOptions() {
  const { values } = parseArgs({
    options: {
      models: { type: 'string', default: '1000' },
      views: { type: 'string', default: '300' },
      rounds: { type: 'string', default: '3' },
      project: { type: 'string' },
      only: { type: 'string' },
    },
  });
  return { ...values, models: Number(values.models), views: Number(values.views), rounds: Number(values.rounds) };
}

function findTools() {
  if (!existsSync(cli)) throw new Error('dist/cli/main.js is not there: run `npm run build` first');
  const tools = [{ name: 'xform', command: [process.execPath, cli] }];
  const others = [
    {
      name: 'dbt-core',
      variable: 'XFORM_BENCH_DBT',
      file: process.env.XFORM_BENCH_DBT ?? 'dbt',
      told: /installed:\s*(\S+)/,
    },
    {
      name: 'dbt-rust',
      variable: 'XFORM_BENCH_DBT_RUST',
      file: process.env.XFORM_BENCH_DBT_RUST,
      told: /^\S+ (2\S+)/m,
    },
  ];
  for (const { name, variable, file, told } of others) {
    const asked = file ? spawnSync(file, ['--version'], { encoding: 'utf8' }) : undefined;
    const version = told.exec(asked?.stdout ?? '')?.[1];
    if (version) tools.push({ name: `${name} ${version}`, command: [file] });
    else console.log(`No ${name} found: name one in ${variable} to compare.`);
  }
  return tools;
}

/** One place per tool, so that none finds another's target folder, database or cache. */
function makePlace(tool, folder, fill) {
  const home = path.join(folder, tool.name.split(' ')[0]);
  const project = path.join(home, 'project');
  const cache = path.join(home, 'cache');
  fill(project);
  const env = {
    XDG_CACHE_HOME: cache,
    LOCALAPPDATA: cache,
    DBT_PROFILES_DIR: project,
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
    DO_NOT_TRACK: '1',
  };
  return {
    tool,
    project,
    run: (...args) => measure([...tool.command, ...args], { cwd: project, env, errors: path.join(home, 'errors.txt') }),
    clear: () => {
      for (const left of [cache, path.join(project, 'target')]) rmSync(left, { recursive: true, force: true });
    },
  };
}

/** Every round runs each tool once; returns the median cost per tool, undefined for one that cannot do it. */
async function alternate(places, rounds, work) {
  const costs = places.map(() => []);
  const failed = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const [at, place] of places.entries()) {
      if (failed.has(at)) continue;
      try {
        costs[at].push(await work(place, round));
      } catch (error) {
        if (at === 0) throw error;
        console.log(error.message);
        failed.add(at);
      }
    }
  }
  const middle = (runs, figure) => median(runs.map((run) => run[figure]));
  return costs.map((runs, at) =>
    failed.has(at)
      ? undefined
      : { cpu: middle(runs, 'cpu'), wall: middle(runs, 'wall'), memory: middle(runs, 'memory') },
  );
}

function report(label, places, costs, unit = 's') {
  const figure = (n) => (unit === 'ms' ? (n * 1000).toFixed(2) : n.toFixed(3));
  console.log(label);
  for (const [at, { tool }] of places.entries()) {
    const cost = costs[at];
    if (!cost) continue;
    const memory = cost.memory ? `${cost.memory.toFixed(0)} MB` : '';
    const ratio = at === 0 ? '' : `ratio ${(cost.cpu / costs[0].cpu).toFixed(1)}`;
    const clock = `(${figure(cost.wall)} by the clock)`;
    console.log(
      `  ${tool.name.padEnd(28)} ${figure(cost.cpu).padStart(8)} ${unit} ${clock.padEnd(24)} ${memory.padStart(8)}   ${ratio}`,
    );
  }
}

async function measureStart({ tools, rounds, folder }) {
  const places = tools.map((tool) => makePlace(tool, path.join(folder, 'start'), (dir) => generateFlat(dir, 1)));
  report('start (--version)', places, await alternate(places, rounds * 3, (place) => place.run('--version')));
}

/** A model of a project: the first SQL file under `models`. */
function someModel(project) {
  const files = readdirSync(path.join(project, 'models'), { recursive: true, encoding: 'utf8' });
  return path.join(project, 'models', files.filter((file) => file.endsWith('.sql')).sort()[0]);
}

async function measureParse({ tools, rounds, folder, models, project }) {
  const fill = project ? (dir) => copyProject(project, dir) : (dir) => generateWarehouse(dir, models);
  const places = tools.map((tool) => makePlace(tool, path.join(folder, 'parse'), fill));
  const of = project ? path.basename(project) : `${models} models`;
  const parts = {
    cold: (place) => {
      place.clear();
      return place.run('parse');
    },
    'nothing changed': (place) => place.run('parse'),
    'one model changed': (place, round) => {
      appendFileSync(someModel(place.project), `-- edited ${round + 1} times\n`);
      return place.run('parse');
    },
  };
  for (const [name, work] of Object.entries(parts))
    report(`parse, ${name} (${of})`, places, await alternate(places, rounds, work));
  await alternate(places, 1, (place) => place.run('parse'));
  report(`ls (${of})`, places, await alternate(places, rounds, (place) => place.run('ls')));
}

/** All models and data tests on DuckDB; the first round finds an empty database. */
async function measureBuild({ tools, rounds, folder, models }) {
  const places = tools.map((tool) =>
    makePlace(tool, path.join(folder, 'build'), (dir) => generateWarehouse(dir, models)),
  );
  await alternate(places, 1, (place) => place.run('parse'));
  report(
    `build (${models} models and their data tests)`,
    places,
    await alternate(places, rounds, (place) => place.run('build')),
  );
}

/** What a node costs beyond the start of a run: all views less one view, over the number of views between. */
async function measureNodes({ tools, rounds, folder, views }) {
  const all = tools.map((tool) => makePlace(tool, path.join(folder, 'nodes'), (dir) => generateFlat(dir, views)));
  const able = await alternate(all, 1, (place) => place.run('run'));
  const places = all.filter((_, at) => able[at]);
  const one = await alternate(places, rounds, (place) => place.run('run', '--select', 'view_0'));
  const every = await alternate(places, rounds, (place) => place.run('run'));
  report(`run of ${views} views that select 1`, places, every);
  const perNode = every.map((cost, at) => ({
    cpu: (cost.cpu - one[at].cpu) / (views - 1),
    wall: (cost.wall - one[at].wall) / (views - 1),
  }));
  report('of that, for each node', places, perNode, 'ms');
}

function copyProject(from, to) {
  const skipped = new Set(['target', 'logs', '.git']);
  cpSync(path.resolve(from), to, { recursive: true, filter: (file) => !skipped.has(path.basename(file)) });
}

const measurements = { start: measureStart, parse: measureParse, nodes: measureNodes, build: measureBuild };

async function main() {
  const options = readOptions();
  const chosen = options.only ? [options.only] : Object.keys(measurements);
  const unknown = chosen.find((name) => !(name in measurements));
  if (unknown) throw new Error(`No measurement \`${unknown}\`; there are ${Object.keys(measurements).join(', ')}`);
  const tools = findTools();
  if (!tellsCpu) console.log('Processor time cannot be told on this system; all figures are by the clock.\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'xform-bench-'));
  try {
    for (const name of chosen) await measurements[name]({ ...options, tools, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
