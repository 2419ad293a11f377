import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Api from '../../src/api/index.ts';
import { root, TemporaryProject } from './temporary-project.ts';

const built = path.join(root, 'dist', 'src', 'api', 'index.js');
let api: typeof Api;

beforeAll(async () => {
  if (!existsSync(built)) spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  api = (await import(pathToFileURL(built).href)) as typeof Api;
});

const files = (word: string): Record<string, string> => ({
  'seeds/raw.csv': 'id\n1\n2\n',
  'models/a.sql': `select id, '${word}' as word from {{ ref('raw') }}`,
  'models/b.sql': "{{ config(materialized='table') }} select * from {{ ref('a') }} where id <= {{ var('most', 9) }}",
});

describe('the typed interface', () => {
  it('runs several projects side by side in one process, each with its own events', async () => {
    const projects = ['left', 'right', 'third'].map((word) => ({ word, project: new TemporaryProject(files(word)) }));
    const outcomes = await Promise.all(
      projects.map(async ({ project, word }) => {
        const names: string[] = [];
        const outcome = await api.build({
          cwd: project.folder,
          env: {},
          vars: { most: word === 'left' ? 1 : 2 },
          onEvent: (event) => names.push(event.name),
        });
        return { word, names, outcome, project };
      }),
    );
    for (const { word, names, outcome, project } of outcomes) {
      expect(outcome.problems).toEqual([]);
      expect(outcome.success).toBe(true);
      expect(outcome.value?.map((result) => [result.node.unique_id, result.status])).toEqual([
        ['seed.shop.raw', 'success'],
        ['model.shop.a', 'success'],
        ['model.shop.b', 'success'],
      ]);
      expect(names.filter((name) => name === 'LogStartLine')).toHaveLength(3);
      expect(names.filter((name) => name === 'LogModelResult')).toHaveLength(2);
      expect(await project.rows('select distinct word from main.b')).toEqual([{ word }]);
      expect(await project.column('select count(*) from main.b')).toEqual([word === 'left' ? '1' : '2']);
    }
  });

  it('answers with manifest, names and SQL, and prints nothing', async () => {
    const project = new TemporaryProject(files('x'));
    const settings = { cwd: project.folder, env: {} };
    const parsed = await api.parse(settings);
    expect(Object.keys(parsed.value?.nodes ?? {}).sort()).toEqual(['model.shop.a', 'model.shop.b', 'seed.shop.raw']);
    expect((await api.list({ ...settings, select: ['+a'] })).value).toEqual(['shop.a', 'shop.raw']);
    const compiled = await api.compile({ ...settings, select: ['a'] });
    expect(compiled.value?.get('model.shop.a')).toBe(`select id, 'x' as word from "shop"."main"."raw"`);
  });

  it('tells what is wrong with a project, and throws nothing', async () => {
    const project = new TemporaryProject({ 'models/a.sql': "select * from {{ ref('nowhere') }}" });
    const outcome = await api.run({ cwd: project.folder, env: {} });
    expect(outcome.success).toBe(false);
    expect(outcome.problems).toHaveLength(1);
    expect(outcome.problems[0]).toMatchObject({ severity: 'error', at: { file: 'models/a.sql' } });
  });

  it('fails where a node fails', async () => {
    const project = new TemporaryProject({ 'models/a.sql': 'select nope' });
    const outcome = await api.run({ cwd: project.folder, env: {} });
    expect(outcome.success).toBe(false);
    expect(outcome.value?.map((result) => result.status)).toEqual(['error']);
  });
});
