// Kills `xform build` in the middle, again and again, and looks at what is left.
// Usage: node scripts/kill-proof.mjs [--engine duckdb|postgres|both] [--kills PER_PHASE, 10] [--seed N]
// After each kill every relation must hold its old or its new rows, artifacts must be whole, `xform retry` must work, and
// the next build must end green with the rows of a build that nobody disturbed.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { duckdb } from './kill-proof/duckdb.mjs';
import { postgres } from './kill-proof/postgres.mjs';
import { removeProject, writeProject, writeSeed } from './kill-proof/project.mjs';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '20240229' },
  },
});
const makers = Object.entries({ duckdb, postgres }).filter(([name]) => [name, 'both'].includes(values.engine));
if (!makers.length) throw new Error(`there is no engine ${values.engine}`);
const perPhase = Number(values.kills);
let randomState = Number(values.seed);
/** A number between 0 and 1, the same in every run of the same seed. */
const random = () => {
  randomState = (randomState * 1_103_515_245 + 12_345) % 2_147_483_648;
  return randomState / 2_147_483_648;
};

/** What a build is doing, told from the lines of its debug log, and how long to wait before the kill (ms at most). */
const phases = {
  'seed load': { event: 'SQLQuery', when: /raw_events/, wait: { duckdb: 60, postgres: 150 } },
  'table swap': { event: 'SQLQuery', when: /big__dbt_(tmp|backup)/, wait: { duckdb: 60, postgres: 100 } },
  'incremental merge': {
    event: 'SQLQuery',
    when: /(merge into|delete from).*(grown|kept)/i,
    wait: { duckdb: 30, postgres: 150 },
  },
  snapshot: { event: 'SQLQuery', when: /people_history/, wait: { duckdb: 40, postgres: 60 } },
  hook: { event: 'SQLQuery', when: /hook_log/, wait: { duckdb: 20, postgres: 20 } },
  'artifact write': { event: 'EndOfRunSummary', when: /./, wait: { duckdb: 25, postgres: 25 } },
};
const isMoment = (phase, line) => line.includes(`"name":"${phase.event}"`) && phase.when.test(line);

/** Runs a command; with an aim it is killed in a phase, at the moment of that number. `code` is null where it was killed. */
function xform(folder, address, command, version, aim) {
  return new Promise((resolve) => {
    const words = ['--profiles-dir', '.', '--log-format', 'json', '--log-level', 'debug'];
    if (command !== 'retry') words.push('--vars', `{v: ${version}}`);
    const env = { ...process.env, KILL_DB: address };
    const child = spawn(process.execPath, [cli, command, ...words], { cwd: folder, env });
    const lines = [];
    let errors = '';
    let moments = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (!aim || !isMoment(aim.phase, line)) return;
      moments += 1;
      if (moments === aim.moment) setTimeout(() => child.kill('SIGKILL'), random() * aim.wait);
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code) => resolve({ code, lines, tail: lines.slice(-12).join('\n') + errors }));
  });
}

/** What is wrong after a kill: relations neither old nor new, artifacts that are not whole. */
function problems(folder, losesViews, old, expected, left) {
  const found = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(left)])) {
    if (/__dbt_(tmp|backup)/.test(name) || left[name] === old[name] || left[name] === expected[name]) continue;
    if (losesViews && !(name in left) && old[name].startsWith('a view')) continue;
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

/** Kills builds of one engine. Answers how many kills left something wrong. */
async function prove(name, make) {
  const engine = await make();
  const folder = writeProject(engine.output);
  const run = (database, command, version, aim) => xform(folder, engine.address(database), command, version, aim);
  let version = 1;
  let failures = 0;
  let missed = 0;
  let slowest = 0;
  let leftovers = 0;
  try {
    writeSeed(folder, version);
    const first = await run('base', 'build', version);
    if (first.code !== 0) throw new Error(`the first build failed:\n${first.tail}`);
    for (const [title, phase] of Object.entries(phases)) {
      let killed = 0;
      for (let tries = 0; killed < perPhase && tries < perPhase * 3; tries++) {
        version += 1;
        writeSeed(folder, version);
        const old = await engine.contents('base');
        await engine.copy('base', 'undisturbed');
        const undisturbed = await run('undisturbed', 'build', version);
        if (undisturbed.code !== 0) throw new Error(`an undisturbed build failed:\n${undisturbed.tail}`);
        const expected = await engine.contents('undisturbed');
        await engine.copy('base', 'victim');
        const moments = undisturbed.lines.filter((line) => isMoment(phase, line)).length;
        const aim = { phase, moment: 1 + Math.floor(random() * moments), wait: phase.wait[name] };
        const { code } = await run('victim', 'build', version, aim);
        if (code === null) killed += 1;
        else missed += 1;
        const left = await engine.contents('victim');
        const wrong = problems(folder, engine.losesViews, old, expected, left);
        leftovers += Object.keys(left).some((relation) => /__dbt_(tmp|backup)/.test(relation)) ? 1 : 0;
        // What is left of the killed build must not stand in the way of the next, which does not wait for its end.
        const orphans = engine.orphans('victim').then((ms) => {
          slowest = Math.max(slowest, ms);
        });
        if (tries % 2) await orphans;
        const retry = await run('victim', 'retry', version);
        if (retry.code !== 0) wrong.push(`xform retry did not work:\n${retry.tail}`);
        const again = await run('victim', 'build', version);
        if (again.code !== 0) wrong.push(`the next build did not end green:\n${again.tail}`);
        await orphans;
        const after = await engine.contents('victim');
        for (const relation of Object.keys(expected)) {
          if (after[relation] !== expected[relation])
            wrong.push(`${relation} after the next build: ${after[relation]}, undisturbed ${expected[relation]}`);
        }
        for (const relation of Object.keys(after)) if (!(relation in expected)) wrong.push(`${relation} is left over`);
        if (wrong.length) {
          failures += 1;
          console.log(`${name}, ${title}, kill ${killed}, moment ${aim.moment}:\n  ${wrong.join('\n  ')}`);
        }
        await engine.copy('undisturbed', 'base');
      }
      console.log(`${name}, ${title}: ${killed} kills`);
    }
  } finally {
    await engine.stop();
  }
  console.log(
    `${name}: ${failures} kills left something wrong; ${missed} builds had ended before the kill; ` +
      `${leftovers} left relations of their own making; connections gone after ${Math.round(slowest)} ms at most`,
  );
  if (!failures) removeProject(folder);
  return failures;
}

for (const [name, make] of makers) if (await prove(name, make)) process.exitCode = 1;
