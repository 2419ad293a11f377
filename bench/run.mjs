// Measures xform beside dbt-core in one go and prints ratios; nothing here passes or fails.
//
//   node bench/run.mjs [--models 1000] [--views 300] [--rounds 3] [--project DIR] [--only NAME]
//
// dbt is looked for in XFORM_BENCH_DBT, then on the PATH; without it xform is measured alone. Runs of the two alternate, so
// that what else the machine does falls on both. Figures are medians of processor time. Cold means that every cache is gone.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
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
  const dbt = process.env.XFORM_BENCH_DBT ?? 'dbt';
  const asked = spawnSync(dbt, ['--version'], { encoding: 'utf8' });
  const version = /installed:\s*(\S+)/.exec(asked.stdout ?? '')?.[1];
  if (version) tools.push({ name: `dbt-core ${version}`, command: [dbt] });
  else console.log(`No dbt found (\`${dbt}\`): xform is measured alone. Name one in XFORM_BENCH_DBT to compare.\n`);
  return tools;
}

/** One place per tool, so that neither finds the other's target folder, database or cache. */
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
    run: (...args) => measure([...tool.command, ...args], { cwd: project, env, errors: path.join(home, 'errors.txt') }),
    clear: () => {
      for (const left of [cache, path.join(project, 'target')]) rmSync(left, { recursive: true, force: true });
    },
  };
}

/** Every round runs each tool once; returns the median cost per tool. */
function alternate(tools, rounds, work) {
  const costs = tools.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, tool] of tools.entries()) costs[at].push(work(tool, at));
  }
  return costs.map((runs) => ({ cpu: median(runs.map((r) => r.cpu)), wall: median(runs.map((r) => r.wall)) }));
}

function report(label, tools, costs, unit = 's') {
  const figure = (n) => (unit === 'ms' ? (n * 1000).toFixed(2) : n.toFixed(3));
  const each = tools.map(
    (tool, at) => `${tool.name} ${figure(costs[at].cpu)} ${unit} (${figure(costs[at].wall)} by the clock)`,
  );
  const ratio = costs.length > 1 ? `   ratio ${(costs[1].cpu / costs[0].cpu).toFixed(1)}` : '';
  console.log(`${label.padEnd(40)} ${each.join('   ')}${ratio}`);
}

function measureStart({ tools, rounds, folder }) {
  const places = tools.map((tool) => makePlace(tool, path.join(folder, 'start'), (dir) => generateFlat(dir, 1)));
  report(
    'start (--version)',
    tools,
    alternate(tools, rounds * 3, (_, at) => places[at].run('--version')),
  );
}

function measureParse({ tools, rounds, folder, models, project }) {
  let count = models;
  const fill = project
    ? (dir) => copyProject(project, dir)
    : (dir) => {
        count = generateWarehouse(dir, models);
      };
  const places = tools.map((tool) => makePlace(tool, path.join(folder, 'parse'), fill));
  const label = project ? path.basename(project) : `${count} models`;
  const cold = alternate(tools, rounds, (_, at) => {
    places[at].clear();
    return places[at].run('parse');
  });
  report(`parse, cold (${label})`, tools, cold);
  report(
    `parse, nothing changed (${label})`,
    tools,
    alternate(tools, rounds, (_, at) => places[at].run('parse')),
  );
}

/** What a node costs beyond its SQL: all views less one view, over the number of views between. */
function measureNodes({ tools, rounds, folder, views }) {
  const places = tools.map((tool) => makePlace(tool, path.join(folder, 'nodes'), (dir) => generateFlat(dir, views)));
  for (const place of places) place.run('run', '--select', 'view_0');
  const one = alternate(tools, rounds, (_, at) => places[at].run('run', '--select', 'view_0'));
  const all = alternate(tools, rounds, (_, at) => places[at].run('run'));
  report(`run of ${views} views that select 1`, tools, all);
  const perNode = all.map((cost, at) => ({
    cpu: (cost.cpu - one[at].cpu) / (views - 1),
    wall: (cost.wall - one[at].wall) / (views - 1),
  }));
  report('  of that, for each node', tools, perNode, 'ms');
}

function copyProject(from, to) {
  const skipped = new Set(['target', 'logs', '.git']);
  cpSync(path.resolve(from), to, { recursive: true, filter: (file) => !skipped.has(path.basename(file)) });
}

const measurements = { start: measureStart, parse: measureParse, nodes: measureNodes };

function main() {
  const options = readOptions();
  const chosen = options.only ? [options.only] : Object.keys(measurements);
  const unknown = chosen.find((name) => !(name in measurements));
  if (unknown) throw new Error(`No measurement \`${unknown}\`; there are ${Object.keys(measurements).join(', ')}`);
  const tools = findTools();
  if (!tellsCpu) console.log('Processor time cannot be told on this system; all figures are by the clock.\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'xform-bench-'));
  try {
    for (const name of chosen) measurements[name]({ ...options, tools, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
