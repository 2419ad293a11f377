// Two invocations at once on one project: one target folder, one log, one database.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  for (const subject of all) await subject.stop();
});

/** Names of the artifacts that are there. All of them must be whole. */
function wholeArtifacts(folder: string): string[] {
  const target = path.join(folder, 'target');
  const names = readdirSync(target);
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const artifacts = names.filter((name) => name.endsWith('.json'));
  for (const name of artifacts) JSON.parse(readFileSync(path.join(target, name), 'utf8'));
  return artifacts;
}

describe.each(all)('at once on $name', (subject) => {
  const test = it.skipIf(subject.missing !== undefined);

  test('builds of one project: each ends, says why where it failed, and leaves tables whole', async () => {
    const table = (sql: string): string => `{{ config(materialized='table') }} ${sql}`;
    const dbt = new ConformanceProject(subject, {
      'models/a.sql': table('select i as id from generate_series(1, 1000) as t(i)'),
      'models/b.sql': "{{ config(materialized='incremental', unique_key='id') }} select id from {{ ref('a') }}",
      'models/c.sql': "select count(*) as n from {{ ref('b') }}",
      'seeds/s.csv': `id\n${Array.from({ length: 500 }, (_, i) => i).join('\n')}\n`,
    });
    for (let round = 0; round < 2; round++) {
      const ended = await Promise.all(Array.from({ length: 3 }, () => dbt.start(['build']).ended));
      for (const { code, stdout, stderr } of ended) {
        expect(stderr).toBe('');
        expect(stdout).not.toMatch(/internal error|\n\s+at .*\.js:\d+/);
        if (code !== 0) expect(stdout).toMatch(/\[XF\d{4}\]/);
        // A file takes one process at a time: who comes too late has done nothing.
        if (subject.name === 'duckdb') expect(code === 0 || stdout.includes('[XF6010]')).toBe(true);
      }
      if (subject.name === 'duckdb') expect(ended.map(({ code }) => code)).toContain(0);
      expect(wholeArtifacts(dbt.folder)).toEqual(expect.arrayContaining(['manifest.json', 'run_results.json']));
      dbt.ok(['build']);
      expect(await dbt.lines('select n, (select count(*) from {schema}.s) from {schema}.c')).toEqual(['1000|500']);
      expect((await dbt.relations()).map((relation) => relation.split('|')[0])).toEqual(['a', 'b', 'c', 's']);
    }
  });

  test('commands that only read and write artifacts do not mind each other', async () => {
    const dbt = new ConformanceProject(
      subject,
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`models/m${i}.sql`, `select ${i} as id`])),
    );
    const commands = [['parse'], ['ls'], ['parse', '--no-partial-parse'], ['compile', '--no-introspect'], ['parse']];
    const ended = await Promise.all(commands.map((command) => dbt.start(command).ended));
    for (const { code, stdout, stderr } of ended)
      expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
    wholeArtifacts(dbt.folder);
    expect(dbt.ok(['ls']).match(/shop\.m\d+/g)).toHaveLength(40);
  });

  it.skipIf(subject.name !== 'postgres' || subject.missing !== undefined)(
    'nodes that are compiled one after the other take one connection together',
    () => {
      const asks = "select {{ run_query('select pg_backend_pid()').columns[0].values()[0] if execute else 0 }} as pid";
      const models = Array.from({ length: 4 }, (_, i) => [`models/m${i}.sql`, asks]);
      const dbt = new ConformanceProject(subject, Object.fromEntries(models));
      dbt.ok(['compile']);
      const manifest = readFileSync(path.join(dbt.folder, 'target', 'manifest.json'), 'utf8');
      expect(new Set(manifest.match(/(?<=select )\d+(?= as pid)/g)).size).toBe(1);
    },
  );

  it.skipIf(subject.name !== 'postgres' || subject.missing !== undefined)(
    'who loses a race on the server is told of the other run',
    async () => {
      const dbt = new ConformanceProject(subject, {
        'models/slow.sql':
          "{{ config(materialized='table') }} select 1 as id, pg_sleep({{ var('nap', 0) }}) is null as nap",
      });
      const first = dbt.start(['run', '--vars', '{nap: 8}']);
      await first.said(/1 of 1 START/);
      const second = await dbt.start(['run', '--vars', '{nap: 8}', '--target-path', 'other']).ended;
      expect(await first.ended).toMatchObject({ code: 0 });
      expect(second.code).toBe(1);
      expect(second.stdout).toContain('already exists');
      expect(second.stdout).toContain('If another run was building the same relations at this moment');
      dbt.ok(['retry', '--state', 'other', '--vars', '{nap: 0}']);
      expect(await dbt.relations()).toEqual(['slow|BASE TABLE']);
    },
  );
});
