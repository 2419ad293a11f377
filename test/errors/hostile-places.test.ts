// Databases that are none, and places that nobody would expect a project in: links, other scripts, nothing and too much.
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Attack, type Families, Projects } from './attack.ts';
import { hold } from './cli.ts';

const projects = new Projects();

const profiles = (text: string): Attack => ({
  files: { 'dbt_project.yml': 'name: shop\nprofile: shop\n', 'profiles.yml': text },
  exit: 2,
});
const many = <Item>(count: number, make: (i: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => make(i));

const families: Families = {
  database: {
    'a text': { files: { 'shop.duckdb': `not a database ${'x'.repeat(9000)}` }, exit: 2 },
    'a folder': { files: { 'shop.duckdb/kept.txt': 'x' }, exit: 2 },
    'a link to itself': { files: { 'shop.duckdb': { link: 'shop.duckdb' } }, exit: 2 },
    'an empty file': { files: { 'shop.duckdb': '' }, exit: 2 },
    'in a folder that is not there': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: no/x.duckdb}}}\n',
    ),
    'in a place where no file can be': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: models/fine.sql/x.duckdb}}}\n',
    ),
    'a name with a NUL': profiles('shop: {target: dev, outputs: {dev: {type: duckdb, path: "a\\0b"}}}\n'),
    'an attachment that is not there': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, attach: [{path: no/such/x.duckdb}]}}}\n',
    ),
  },
  'files and folders': {
    'a device in place of a model': { files: { 'models/zero.sql': { link: '/dev/zero' } }, exit: 2 },
    'a device in place of properties': { files: { 'models/zero.yml': { link: '/dev/zero' } }, exit: 2 },
    'a device in place of a seed': { files: { 'seeds/zero.csv': { link: '/dev/zero' } }, exit: 2 },
    'models that lead to themselves': {
      files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [m]\n', m: { link: 'm' } },
      exit: 2,
    },
    'a target that leads to itself': { files: { target: { link: 'target' } }, command: 'parse', exit: 2 },
    'a link to itself': { files: { 'models/loop': { link: 'loop' } }, exit: 0 },
    'a link to the folder above': { files: { 'models/up': { link: '..' } }, exit: 0 },
    'a link to nothing': { files: { 'models/gone.sql': { link: 'nowhere.sql' } }, exit: 2 },
    'a folder named like a model': { files: { 'models/dir.sql/x.sql': 'select 1 as id' }, exit: 0 },
    'models that are a file': { files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [models/fine.sql]\n' }, exit: 0 },
    'a target that is a file': { files: { target: 'x' }, exit: 2, command: 'parse' },
    'logs that are a file': { files: { logs: 'x' }, exit: 0 },
    'no models': { files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [none]\n' }, exit: 0 },
    'a state folder without files': { files: {}, command: 'ls --select state:modified --state none', exit: 2 },
  },
  paths: {
    'folders in other scripts, with spaces': {
      files: {
        'dbt_project.yml':
          'name: shop\nmodel-paths: ["mes modèles"]\nseed-paths: ["種 子"]\ntarget-path: "cible à part"\n',
        'mes modèles/sous dossier/a b.sql': "select * from {{ ref('s') }}",
        '種 子/s.csv': 'a\n1\n',
      },
      exit: 0,
    },
    'a database with spaces and other scripts': {
      ...profiles(`shop: {target: dev, outputs: {dev: {type: duckdb, path: "ma base d'été 注.duckdb"}}}\n`),
      exit: 0,
    },
    'a line break in the name of a file': { files: { 'models/a\nb.sql': 'select 1 as id' }, exit: 0 },
    'signs of shells and formats in the name of a file': {
      files: { 'models/%s $HOME `x` #1 {0}.sql': 'select 1 as id' },
      exit: 0,
    },
    'an emoji as a name': {
      files: { 'models/🛒.sql': 'select 1 as id', 'models/b.sql': "select * from {{ ref('🛒') }}" },
      exit: 0,
    },
    'the same name, composed and decomposed': {
      files: { 'models/\u00e9.sql': 'select 1 as id', 'models/e\u0301.sql': 'select 2 as id' },
      exit: 0,
    },
    'a hundred folders': { files: { [`models/${'d/'.repeat(100)}a.sql`]: 'select 1 as id' }, exit: 0 },
    'a name as long as the system allows': { files: { [`models/${'x'.repeat(251)}.sql`]: 'select 1 as id' }, exit: 0 },
    'seeds that lead to themselves': {
      files: { 'seeds/s.csv': 'a\n1\n', 'seeds/loop': { link: '../seeds' }, 'macros/loop': { link: '.' } },
      exit: 0,
    },
    'links that lead to each other': { files: { 'models/x': { link: 'y' }, 'models/y': { link: 'x' } }, exit: 0 },
    'properties that lead to themselves': { files: { 'models/m.yml': { link: 'm.yml' } }, exit: 2 },
    'a project file that leads to itself': { files: { 'dbt_project.yml': { link: 'dbt_project.yml' } }, exit: 2 },
  },
  'empty and huge': {
    'nothing but the project file': { files: { 'dbt_project.yml': 'name: shop\nmodel-paths: []\n' }, exit: 0 },
    'empty files of every kind': {
      files: {
        'models/empty.sql': '',
        'models/m.yml': '',
        'macros/m.sql': '',
        'tests/t.sql': '',
        'snapshots/s.sql': '',
        'models/docs.md': '',
        'packages.yml': '',
        'selectors.yml': '',
      },
      exit: 0,
    },
    'a seed without anything': { files: { 'seeds/s.csv': '' }, exit: 1 },
    'a line of a megabyte': { files: { 'models/a.sql': `select '${'x'.repeat(1_000_000)}' as v` }, exit: 0 },
    'five thousand columns': {
      files: { 'models/a.sql': `select ${many(5000, (i) => `${i} as c${i}`).join(', ')}` },
      exit: 0,
    },
    'a description of five thousand columns': {
      files: {
        'models/m.yml': `models:\n  - name: fine\n    columns:\n${many(5000, (i) => `      - name: c${i}\n`).join('')}`,
      },
      exit: 0,
    },
    'a thousand tests of a column': {
      files: {
        'models/m.yml': `models:\n  - name: fine\n    columns:\n      - name: id\n        data_tests:\n${many(1000, (i) => `          - not_null: {name: t${i}}\n`).join('')}`,
      },
      command: 'parse',
      exit: 0,
    },
    'two thousand macros in a file': {
      files: {
        'macros/m.sql': many(2000, (i) => `{% macro m${i}() %}${i}{% endmacro %}`).join('\n'),
        'models/a.sql': 'select {{ m1999() }} as id',
      },
      exit: 0,
    },
    'a seed of a hundred thousand rows': {
      files: { 'seeds/s.csv': `a,b\n${many(100_000, (i) => `${i},x\n`).join('')}` },
      exit: 0,
    },
    'a cell of a megabyte': { files: { 'seeds/s.csv': `a\n"${'x\n'.repeat(500_000)}"\n` }, exit: 0 },
  },
};

projects.withstandAll(families);

/** A project with a database that a build has filled. */
async function built(): Promise<{ readonly root: string; readonly database: string }> {
  const root = projects.folder({
    'models/t.sql': "{{ config(materialized='table') }} select i, md5(i::varchar) as v from range(50000) as r(i)\n",
  });
  expect(await projects.told(root, 'build')).toMatchObject({ code: 0 });
  return { root, database: path.join(root, 'shop.duckdb') };
}

describe('a database that was sound', () => {
  it.concurrent.each<[string, 0 | 1 | 2, (file: string) => void]>([
    ['is cut short', 2, (file) => truncateSync(file, 10_000)],
    ['is cut in its header', 2, (file) => truncateSync(file, 100)],
    ['is of no length', 2, (file) => truncateSync(file, 0)],
    [
      'has another header',
      2,
      (file) => writeFileSync(file, Buffer.concat([Buffer.alloc(16), readFileSync(file).subarray(16)])),
    ],
    ['has a changed middle', 2, (file) => writeFileSync(file, readFileSync(file).fill(0xff, 8192, 300_000))],
    ['has a log of nonsense', 0, (file) => writeFileSync(`${file}.wal`, 'x'.repeat(5000))],
    ['has an older copy of its log', 0, (file) => cpSync(file, `${file}.wal`)],
    ['has a folder for a log', 2, (file) => mkdirSync(`${file}.wal`)],
  ])('%s', { timeout: 60_000 }, async (_, code, spoil) => {
    const { root, database } = await built();
    spoil(database);
    expect(await projects.told(root, 'build')).toMatchObject({ code });
  });

  it('is held by another process, and can be used once that has gone', { timeout: 60_000 }, async () => {
    const { root, database } = await built();
    const release = await hold(database);
    expect((await projects.told(root, 'build')).output).toContain('[XF6010]');
    await release();
    expect(await projects.told(root, 'build')).toMatchObject({ code: 0 });
  });
});

describe('hostile places', () => {
  it('a project in a folder with spaces, quotes and other scripts', async () => {
    const root = path.join(projects.folder({}), "it's a déjà vu 注");
    mkdirSync(path.join(root, 'models'), { recursive: true });
    writeFileSync(path.join(root, 'dbt_project.yml'), 'name: shop\n');
    writeFileSync(path.join(root, 'models/a.sql'), 'select 1 as id\n');
    const { code, output } = await projects.desk.run(['build'], root);
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  it('a project behind a link, and one that was moved since it was read', async () => {
    const root = projects.folder({});
    symlinkSync(root, `${root}-link`);
    expect(await projects.told(`${root}-link`, 'build')).toMatchObject({ code: 0 });
    renameSync(root, `${root}-moved`);
    expect(await projects.told(`${root}-moved`, 'build')).toMatchObject({ code: 0 });
  });

  it('a table that is there is not changed by a build that fails to parse', async () => {
    const root = projects.folder({ 'models/fine.sql': "{{ config(materialized='table') }}select 1 as id\n" });
    expect(await projects.desk.run(['build'], root)).toMatchObject({ code: 0 });
    writeFileSync(path.join(root, 'models/fine.sql'), "{{ config(materialized='table') }}select 2 as id\n");
    writeFileSync(path.join(root, 'models/bad.sql'), 'select {{');
    expect(await projects.desk.run(['build'], root)).toMatchObject({ code: 2 });
    const shown = await projects.desk.run(['show', '--inline', 'select id from main.fine'], root);
    expect(shown.code).toBe(2);
    writeFileSync(path.join(root, 'models/bad.sql'), 'select 1 as id');
    const { output } = await projects.desk.run(['show', '--inline', 'select id from main.fine'], root);
    expect(output).toMatch(/\|\s+1 \|/);
  });

  it('three thousand models without a mistake', async () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`models/m${i}.sql`, `select ${i} as id`]));
    const { code, output } = await projects.desk.run(['parse'], projects.folder(files));
    expect({ code, output }).toMatchObject({ code: 0 });
  });
});
