// The Postgres server dies in the middle of a build, without a word.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../src/testing/index.ts';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

// A server of its own in any case: it is killed.
const server = await startPostgres();
if ('missing' in server) console.log(`No server is killed here: ${server.missing}`);
afterAll(async () => {
  if (!('missing' in server)) await server.stop();
});

describe.skipIf('missing' in server)('a server that is killed in the middle of a build', () => {
  if ('missing' in server) return;
  const { host, port, user, password, database } = server;

  const project = (schema: string): TemporaryProject => {
    const output = { type: 'postgres', host, port, user, password, dbname: database, schema, threads: 16 };
    const slow = "{{ config(materialized='table') }} select i as id, pg_sleep({{ var('nap', 0) }}) is null as nap";
    return new TemporaryProject({
      'profiles.yml': JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }),
      'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\non-run-end: ['select 1']\n",
      'models/m.yml': 'models:\n  - name: m0\n    columns: [{name: id, data_tests: [unique, not_null]}]\n',
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`models/m${i}.sql`, `${slow} from generate_series(1, 3) as t(i)`]),
      ),
    });
  };

  it('is told of each node that ran, the results are written, and a retry ends green', {
    timeout: 120_000,
  }, async () => {
    const dbt = project('stays_down');
    dbt.ok(['build']);
    const build = dbt.start(['build', '--vars', '{nap: 20}']);
    await build.said(/16 of 22 START/);
    await pause(700);
    const killed = performance.now();
    await server.crash();
    const { code, stdout, stderr } = await build.ended;
    await server.restart();
    expect(performance.now() - killed).toBeLessThan(30_000);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).not.toMatch(/internal error|\n\s+at .*\.js:\d+/);
    const { results } = dbt.artifact<RunResults>('run_results.json');
    const failed = results.filter(({ status }) => status === 'error');
    // Sixteen lost their connection, four found nobody to connect to, and so did the hook.
    expect(failed).toHaveLength(21);
    expect(stdout.match(/the connection to \S+ was lost/g)).toHaveLength(16);
    expect(stdout.match(/the connection was refused/g)).toHaveLength(5);
    expect(stdout).toMatch(/--> models\/m0\.sql(:\d+:\d+)? \[XF6108\]/);
    expect(results.filter(({ status }) => status === 'skipped')).toHaveLength(2);
    expect(dbt.ok(['retry', '--vars', '{nap: 0}'])).toMatch(/PASS=23 WARN=0 ERROR=0/);
  });

  it('is connected to anew where it comes back in time', { timeout: 120_000 }, async () => {
    const dbt = project('comes_back');
    dbt.ok(['build']);
    // What waits for its turn must not pay for what happened before it.
    dbt.write('models/m99.sql', "{{ config(materialized='table') }} -- depends_on: {{ ref('m0') }}\nselect 1 as id");
    const build = dbt.start(['build', '--vars', '{nap: 0.3}', '--threads', '2']);
    await build.said(/4 of 23 START/);
    await pause(300);
    await server.crash();
    await server.restart();
    const { code } = await build.ended;
    const { results } = dbt.artifact<RunResults>('run_results.json');
    expect(code).toBe(1);
    expect(results.filter(({ status }) => status === 'error')).toHaveLength(2);
    expect(results.filter(({ status }) => status === 'success').length).toBeGreaterThan(17);
    expect(dbt.ok(['retry', '--vars', '{nap: 0}'])).toMatch(/PASS=\d+ WARN=0 ERROR=0/);
  });
});
