// What a signal leaves behind, on every warehouse: nothing that still runs, tables as they were, and a report that can be
// retried.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  for (const subject of all) await subject.stop();
});

/** A statement that no test waits for. */
const endless =
  'select count(*) as n from generate_series(1, 3000000) as a(i), generate_series(1, 3000000) as b(j) where i <> j';
const unlessCalm = (sql: string): string => `{% if var('calm', false) %}select 1 as n{% else %}${sql}{% endif %}`;
const calm = ['--vars', '{calm: true}'];

describe.each(all)('stopping on $name', (subject) => {
  const test = it.skipIf(subject.missing !== undefined);
  const project = (files: Readonly<Record<string, string>>): ConformanceProject =>
    new ConformanceProject(subject, files, 6);

  /** Statements of this project that the server is still busy with; a file is free when its process has ended. */
  const busy = async (dbt: ConformanceProject): Promise<string[]> =>
    subject.name === 'postgres'
      ? dbt.lines(
          "select query from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and query like '%{schema}%'",
        )
      : [];

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends what runs, and the rest is reported as skipped',
    async (signal) => {
      const table = (sql: string): string => `{{ config(materialized='table') }} ${unlessCalm(sql)}`;
      const endlessModels = Object.fromEntries(
        Array.from({ length: 6 }, (_, i) => [`models/m${i}.sql`, table(`/* {{ this.schema }} */ ${endless}`)]),
      );
      const dbt = project({
        ...endlessModels,
        'models/next.sql': `select * from {{ ref('m0') }}`,
        'models/wide.sql': table('select 2 as n'),
        'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\non-run-end: ['select 1']\n",
      });
      dbt.ok(['build', ...calm]);
      const build = dbt.start(['build']);
      await build.said(/6 of 8 START/);
      await pause(700);
      const asked = performance.now();
      build.kill(signal);
      const { code, stdout, stderr } = await build.ended;
      expect(performance.now() - asked).toBeLessThan(10_000);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(await busy(dbt)).toEqual([]);
      expect(stdout).not.toContain('internal error');
      expect(stdout).toMatch(/Exited because of keyboard interrupt/);
      const statuses = dbt.statuses();
      for (let i = 0; i < 6; i++) expect(statuses[`model.shop.m${i}`]).toBe('error');
      expect(statuses['model.shop.next']).toBe('skipped');
      expect(await dbt.lines('select n from {schema}.m0 union all select n from {schema}.next')).toEqual(['1', '1']);
      // What was cut short is what is done again.
      expect(dbt.ok(['retry', ...calm])).toMatch(/PASS=9 /);
      expect((await dbt.relations()).filter((relation) => relation.includes('__dbt'))).toEqual([]);
    },
  );

  test('a hook, a query that is shown and an operation can be stopped', async () => {
    const statement = `/* {{ target.schema }} */ ${endless}`;
    const dbt = project({
      'models/m.sql': 'select 1 as n',
      'models/long.sql': unlessCalm(`/* {{ this.schema }} */ ${endless}`),
      'macros/wait.sql': `{% macro wait() %}{% do run_query("${statement.replace('{{ target.schema }}', '" ~ target.schema ~ "')}") %}{% endmacro %}`,
      'dbt_project.yml': `name: shop
version: '1.0'
profile: shop
on-run-start: ["${unlessCalm(statement)}"]
`,
    });
    dbt.ok(['run', ...calm]);
    for (const [args, expected] of [
      [['run'], 1],
      [['run-operation', 'wait'], 1],
      [['show', '-s', 'long'], 2],
    ] as const) {
      const running = dbt.start([...args, '--log-level', 'debug']);
      await running.said(/3000000\) as b/);
      await pause(500);
      running.kill('SIGINT');
      const { code, stdout } = await running.ended;
      expect({ args, code, stdout }).toMatchObject({ args, code: expected });
      expect(stdout).toMatch(/\[XF\d{4}\]/);
      expect(await busy(dbt)).toEqual([]);
    }
  });

  it.skipIf(subject.name !== 'postgres' || subject.missing !== undefined)(
    'a server ends the statements of a run that was killed, and lets go of its locks',
    async () => {
      const dbt = project({
        'models/m.sql': `{{ config(materialized='table', pre_hook="lock table {{ this.schema }}.held in access exclusive mode") }}
          /* {{ this.schema }} */ ${unlessCalm(endless)}`,
        'dbt_project.yml':
          "name: shop\nversion: '1.0'\nprofile: shop\non-run-start: ['create table if not exists {{ target.schema }}.held (v integer)']\n",
      });
      dbt.ok(['run', ...calm]);
      const run = dbt.start(['run']);
      await run.said(/1 of 1 START sql/);
      await pause(700);
      expect(await busy(dbt)).toHaveLength(1);
      run.kill('SIGKILL');
      await run.ended;
      // It would wait for the lock of the killed run.
      expect(dbt.ok(['run', ...calm])).toMatch(/PASS=2 /);
      expect(await busy(dbt)).toEqual([]);
      expect(await dbt.relations()).toEqual(['held|BASE TABLE', 'm|BASE TABLE']);
    },
  );
});

it.each([
  ['loop', '{% for i in range(90000) %}{% for j in range(90000) %}{% set x = i %}{% endfor %}{% endfor %}'],
  ['regular expression', "{% set x = modules.re.match('^(a+)+$', 'a' * 60 ~ 'b') %}"],
])('a run is stopped in the midst of a %s that never ends', async (_, endlessly) => {
  const dbt = new ConformanceProject(all[0]!, {
    'models/a.sql': `select 1 as id{% if execute %}{{ log('it begins', info=true) }}${endlessly}{% endif %}`,
    'models/b.sql': "select * from {{ ref('a') }}",
    'models/c.sql': "-- depends_on: {{ ref('a') }}\nselect 1 as id",
  });
  const run = dbt.start(['run']);
  await run.said(/it begins/);
  await pause(500);
  run.kill('SIGINT');
  const { code, stdout } = await run.ended;
  expect(code).toBe(1);
  expect(stdout).toContain('the template was stopped\n');
  expect(stdout).toMatch(/Done\. PASS=0 WARN=0 ERROR=1 SKIP=2 /);
});

it('a template that never ends can be stopped while the project is read', async () => {
  const dbt = new ConformanceProject(all[0]!, {
    'models/m.sql': '{% for i in range(90000) %}{% for j in range(90000) %}{{ i }}{% endfor %}{% endfor %}',
  });
  const parse = dbt.start(['parse']);
  await parse.said(/Registered adapter/);
  await pause(300);
  parse.kill('SIGINT');
  expect(await parse.ended).toMatchObject({ code: null });
});
