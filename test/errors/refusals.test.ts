// What the system refuses: rights that are lacking, and a disk that is full. Each is told with a code, and what was built
// before stays as it was.
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, prepareCli, type Restraint } from './cli.ts';

const desk = new Desk();
beforeAll(prepareCli);
afterAll(() => desk.clear());

// The superuser may do everything, so it becomes the user nobody.
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const as: Restraint = isRoot ? { as: nobody } : {};
let count = 0;

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: shop\nprofile: shop\n',
  'profiles.yml': 'shop: {target: dev, outputs: {dev: {type: duckdb, path: db/shop.duckdb}}}\n',
  'models/t.sql': "{{ config(materialized='table') }} select {{ var('v', 1) }} as v\n",
  'models/t.yml': 'models:\n  - name: t\n',
  'macros/m.sql': '{% macro m() %}1{% endmacro %}\n',
  'seeds/s.csv': 'a\n1\n',
  'local/dbt_project.yml': 'name: local\n',
  'packages.yml': 'packages: [{local: local}]\n',
};

/** A project that was built once, in a folder of the user that is to be refused. */
async function built(): Promise<string> {
  count += 1;
  const root = path.join(desk.folder, `p${count}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  mkdirSync(path.join(root, 'db'));
  expect(await desk.run(['deps'], root)).toMatchObject({ code: 0 });
  expect(await desk.run(['build'], root)).toMatchObject({ code: 0 });
  if (isRoot) {
    chmodSync(desk.folder, 0o755);
    for (const name of ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })])
      chownSync(path.join(root, name), nobody.uid, nobody.gid);
  }
  return root;
}

/** Whether the user nobody gets at this checkout at all. */
async function mayBegin(): Promise<boolean> {
  return (await desk.run(['--version'], '/', {}, as)).code === 0;
}
await prepareCli();
const begins = process.platform !== 'win32' && (await mayBegin());
if (!begins) console.log('Rights are not tested here: no other user may enter the folder of this checkout');

interface Refusal {
  /** What is taken from the user, and the rights that are left. */
  readonly path: string;
  readonly mode: number;
  readonly command?: string;
  readonly code: string;
  readonly exit?: number;
}

/** What the table holds, asked without restraint. */
async function value(root: string): Promise<string | undefined> {
  const copy = path.join(root, 'asked');
  mkdirSync(copy);
  cpSync(path.join(root, 'db'), path.join(copy, 'db'), { recursive: true });
  for (const name of ['dbt_project.yml', 'profiles.yml']) writeFileSync(path.join(copy, name), files[name]!);
  const { output } = await desk.run(['show', '--inline', 'select v from main.t', '--output', 'json'], copy);
  rmSync(copy, { recursive: true });
  return /"v": (\d+)/.exec(output)?.[1];
}

const isClean = (output: string): void => {
  expect(output).not.toMatch(/\n\s+at .*\.[jt]s:\d+/);
  expect(output).not.toMatch(/internal error|a bug in xform|UnhandledPromise/);
};

const rights: Readonly<Record<string, Refusal>> = {
  'a target folder that may not be written to': { path: 'target', mode: 0o500, command: 'parse', code: 'XF5013' },
  'a target folder that may not be written to, at the end of a build': { path: 'target', mode: 0o500, code: 'XF5013' },
  'compiled files that may not be written': {
    path: 'target/compiled/shop/models/t.sql',
    mode: 0o400,
    code: 'XF5013',
    exit: 1,
  },
  'a project file that may not be read': { path: 'dbt_project.yml', mode: 0, code: 'XF1003' },
  'profiles that may not be read': { path: 'profiles.yml', mode: 0, code: 'XF1003' },
  'a model that may not be read': { path: 'models/t.sql', mode: 0, code: 'XF1003' },
  'properties that may not be read': { path: 'models/t.yml', mode: 0, code: 'XF1003' },
  'a macro that may not be read': { path: 'macros/m.sql', mode: 0, code: 'XF1003' },
  'a seed that may not be read': { path: 'seeds/s.csv', mode: 0, code: 'XF1003' },
  'a folder of models that may not be read': { path: 'models', mode: 0, code: 'XF1003' },
  'a package that may not be read': { path: 'local/dbt_project.yml', mode: 0, code: 'XF1003' },
  'a database that may not be read': { path: 'db/shop.duckdb', mode: 0, code: 'XF6013' },
  'a database that may not be written': { path: 'db/shop.duckdb', mode: 0o400, code: 'XF6013' },
  'packages with no place to go': { path: '.', mode: 0o500, command: 'deps', code: 'XF1907' },
  'a project that may not be made': { path: 'models', mode: 0o500, command: 'init fresh', code: 'XF1907' },
  'targets that may not be deleted': { path: 'target', mode: 0o500, command: 'clean', code: 'XF1907' },
};

describe.skipIf(!begins)('rights that are lacking', () => {
  it.concurrent.each(Object.entries(rights))('%s', { timeout: 120_000 }, async (_, refusal) => {
    const root = await built();
    const { command = 'build --vars {v:2}', code, exit = 2 } = refusal;
    // Kept files would be taken for what may not be read.
    writeFileSync(path.join(root, 'macros/fresh.sql'), '{% macro fresh() %}2{% endmacro %}');
    chmodSync(path.join(root, refusal.path), refusal.mode);
    const cwd = command.startsWith('init') ? path.join(root, refusal.path) : root;
    const ended = await desk.run(command.replace('v:2', 'v: 2').split(/ (?!2)/), cwd, {}, as);
    chmodSync(path.join(root, refusal.path), 0o700);
    isClean(ended.output);
    expect(ended.output).toContain(`[${code}]`);
    expect(ended).toMatchObject({ code: exit });
    // Only what is refused after the last node may have built anything.
    if (!refusal.path.startsWith('target')) expect(await value(root)).toBe('1');
  });

  it('a log folder that may not be written to stops the log, not the build', { timeout: 120_000 }, async () => {
    const root = await built();
    chmodSync(path.join(root, 'logs'), 0o500);
    chmodSync(path.join(root, 'logs/dbt.log'), 0o400);
    expect(await desk.run(['build'], root, {}, as)).toMatchObject({ code: 0 });
  });
});

interface Full {
  readonly command: string;
  readonly blocks: number;
  readonly code: string;
  readonly exit: number;
  readonly files?: Readonly<Record<string, string>>;
}

const wide = "{{ config(materialized='table') }} select md5(i::varchar) as v from range(100000) as r(i)\n";
const disks: Readonly<Record<string, Full>> = {
  'no room for the manifest': { command: 'parse', blocks: 100, code: 'XF5013', exit: 2 },
  'no room for compiled files': {
    command: 'build',
    blocks: 3000,
    code: 'XF5013',
    exit: 2,
    files: { 'models/long.sql': `select 1 as id -- ${'x'.repeat(2_000_000)}\n` },
  },
  'no room for a table': { command: 'run', blocks: 3000, code: 'XF6008', exit: 1, files: { 'models/t.sql': wide } },
  'no room for a seed': {
    command: 'seed',
    blocks: 3000,
    code: 'XF6008',
    exit: 1,
    files: {
      'seeds/wide.csv': `v\n${Array.from({ length: 60_000 }, (_, i) => createHash('md5').update(`${i}`).digest('hex')).join('\n')}\n`,
    },
  },
  'no room for a snapshot': {
    command: 'snapshot',
    blocks: 3000,
    code: 'XF6008',
    exit: 1,
    files: {
      'snapshots/history.sql':
        "{% snapshot history %}{{ config(unique_key='v', strategy='check', check_cols='all') }}select md5(i::varchar) as v from range(100000) as r(i){% endsnapshot %}",
    },
  },
  'no room for the catalog': { command: 'docs generate --no-compile', blocks: 0, code: 'XF5013', exit: 2 },
  'no room for the lock file': { command: 'deps --upgrade', blocks: 0, code: 'XF1907', exit: 2 },
  'no room for a new project': { command: 'init fresh', blocks: 2, code: 'XF1907', exit: 2 },
};

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  it.concurrent.each(Object.entries(disks))('%s', { timeout: 120_000 }, async (_, full) => {
    const root = await built();
    for (const [name, text] of Object.entries(full.files ?? {})) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    const ended = await desk.run(full.command.split(' '), root, {}, { blocks: full.blocks });
    isClean(ended.output);
    expect(ended.output).toContain(`[${full.code}]`);
    expect(ended).toMatchObject({ code: full.exit });
    expect(await value(root)).toBe('1');
    // No half of an artifact is left, whole or on its way.
    for (const name of existsSync(path.join(root, 'target')) ? readdirSync(path.join(root, 'target')) : [])
      expect(name).not.toMatch(/\.tmp$/);
    // With room again all is well.
    expect(await desk.run(full.command.split(' '), root)).toMatchObject({ code: 0 });
  });
});
