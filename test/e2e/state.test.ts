import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, TemporaryProject } from './temporary-project.ts';

/** A change of the project or of its surroundings, and what dbt 1.12 says is modified then. */
interface Edit {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | null>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly dbt: readonly string[];
}

const fixtures = path.join(root, 'test', 'fixtures', 'state');
const recorded = JSON.parse(readFileSync(path.join(fixtures, 'edits.json'), 'utf8')) as {
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
};
const dbtManifest = readFileSync(path.join(fixtures, 'dbt-manifest.json'), 'utf8');

function edited({ files = {} }: Edit): TemporaryProject {
  const kept = { ...recorded.files, ...files };
  const project = new TemporaryProject(
    Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== null)),
  );
  project.write('by-dbt/manifest.json', dbtManifest);
  return project;
}

const listed = (project: TemporaryProject, { args = [], env = {} }: Edit, state: string): string[] =>
  project
    .ok(['-q', 'ls', '-s', 'state:modified', '--state', state, ...args], env)
    .split('\n')
    .filter((line) => line !== '')
    .sort();

describe('state:modified', () => {
  it.each(recorded.edits.map((edit) => [edit.name, edit] as const))('sees what dbt sees: %s', (_name, edit) => {
    const project = edited(edit);
    expect(listed(project, edit, 'by-dbt')).toEqual(edit.dbt);
    project.write('by-us/manifest.json', ourManifest());
    expect(listed(project, edit, 'by-us')).toEqual(edit.dbt);
  });

  let manifest: string | undefined;
  /** The manifest of the project before the edit, as xform writes it. */
  function ourManifest(): string {
    if (manifest === undefined) {
      const base = edited({ name: '', dbt: [] });
      base.ok(['-q', 'parse']);
      manifest = base.read('target/manifest.json');
    }
    return manifest;
  }
});

describe('a state', () => {
  const models = { 'models/a.sql': 'select 1 as id', 'models/b.sql': "select * from {{ ref('a') }}" };

  it('that is missing is an error that names the file', () => {
    const project = new TemporaryProject(models);
    for (const [selector, file] of [
      ['state:new', 'manifest.json'],
      ['result:error', 'run_results.json'],
      ['source_status:fresher', 'sources.json'],
    ] as const) {
      const { code, stdout } = project.xform(['ls', '-s', selector, '--state', 'nowhere']);
      expect([code, stdout]).toEqual([2, expect.stringContaining(`nowhere/${file}"`)]);
    }
    expect(project.xform(['ls', '-s', 'state:new']).stdout).toContain('XF4064');
  });

  it('may come from the environment, and warns where it is the target', () => {
    const project = new TemporaryProject(models);
    project.ok(['run', '-s', 'a']);
    const listing = project.ok(['ls', '-s', 'result:success'], { DBT_STATE: 'target' });
    expect(listing).toContain('The state and target directories are the same');
    expect(listing.trim().split('\n').at(-1)).toBe('shop.a');
  });

  it('tells which sources have new data', () => {
    const project = new TemporaryProject({
      ...models,
      'models/s.yml': 'sources:\n  - name: web\n    tables: [{name: old}, {name: fresh}, {name: failed}]\n',
    });
    const report = (fresh: string) =>
      JSON.stringify({
        metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/sources/v3.json' },
        results: [
          { unique_id: 'source.shop.web.old', max_loaded_at: '2025-01-01T00:00:00Z', status: 'pass' },
          { unique_id: 'source.shop.web.fresh', max_loaded_at: fresh, status: 'pass' },
          { unique_id: 'source.shop.web.failed', error: 'no', status: 'runtime error' },
        ],
      });
    project.write('state/sources.json', report('2025-01-01T00:00:00Z'));
    project.write('target/sources.json', report('2025-01-02T00:00:00Z'));
    expect(project.ok(['-q', 'ls', '-s', 'source_status:fresher', '--state', 'state'])).toBe('source:shop.web.fresh\n');
  });
});

describe('contracts that break', () => {
  const yaml = (columns: string, version = '') =>
    `models:\n  - name: m\n    config: {contract: {enforced: true}}\n    columns: [${columns}]\n${version}`;
  const both = '{name: a, data_type: integer}, {name: b, data_type: integer}';
  const one = '{name: a, data_type: integer}';

  it('warn, and are an error where warnings are', () => {
    const project = new TemporaryProject({ 'models/m.sql': 'select 1 as a, 2 as b', 'models/m.yml': yaml(both) });
    project.ok(['-q', 'parse', '--target-path', 'state']);
    project.write('models/m.yml', yaml(one));
    const args = ['ls', '-s', 'state:modified.contract', '--state', 'state'];
    expect(project.ok(args)).toContain('Breaking change to contracted, unversioned model m (models/m.sql)');
    expect(project.xform([...args, '--warn-error']).code).toBe(2);
    expect(project.ok([...args, '--warn-error-options', '{silence: [UnversionedBreakingChange]}'])).not.toContain(
      'Breaking',
    );
  });

  it('stop a versioned model', () => {
    const version = '    versions: [{v: 1}]\n';
    const files = { 'models/m_v1.sql': 'select 1 as a, 2 as b', 'models/m.yml': yaml(both, version) };
    const project = new TemporaryProject(files);
    project.ok(['-q', 'parse', '--target-path', 'state']);
    project.write('models/m.yml', yaml(one, version));
    const { code, stdout } = project.xform(['ls', '-s', 'state:modified', '--state', 'state']);
    expect([code, stdout]).toEqual([2, expect.stringContaining('XF5020')]);
  });
});

describe('--defer', () => {
  /** A project that is built in prod and not in dev. */
  function deferring(): TemporaryProject {
    const output = (schema: string) => `{type: duckdb, path: shop.duckdb, schema: ${schema}, threads: 2}`;
    const project = new TemporaryProject({
      'profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: ${output('dev')}\n    prod: ${output('prod')}\n`,
      'seeds/raw.csv': 'id\n1\n2\n',
      'models/stg.sql': "select * from {{ ref('raw') }}",
      'models/eph.sql': "{{ config(materialized='ephemeral') }} select id from {{ ref('stg') }}",
      'models/mart.sql': "select count(*) as n from {{ ref('eph') }} -- {{ defer_relation }}",
    });
    project.ok(['-q', 'build', '--target', 'prod', '--target-path', 'state']);
    return project;
  }
  const state = ['--defer', '--state', 'state'];

  it('reads from the state what is not there, through ephemeral models too', async () => {
    const project = deferring();
    project.ok(['run', '-s', 'mart', ...state]);
    expect(await project.column('select n::int from dev.mart')).toEqual([2]);
    expect(project.read('target/compiled/shop/models/mart.sql')).toContain('"shop"."prod"."stg"');
    expect(project.read('target/compiled/shop/models/mart.sql')).toContain('-- "shop"."prod"."mart"');
  });

  it('prefers what is there, unless the state is favoured', () => {
    const project = deferring();
    project.ok(['run', '-s', 'stg', ...state]);
    const compiled = (...args: string[]): string => project.ok(['-q', 'compile', '-s', 'mart', ...state, ...args]);
    expect(compiled()).toContain('"shop"."dev"."stg"');
    expect(compiled('--favor-state')).toContain('"shop"."prod"."stg"');
    expect(project.ok(['-q', 'compile', '-s', 'stg', 'mart', ...state, '--favor-state'])).toContain('"dev"."stg"');
  });

  it('reads what this run has built', () => {
    const project = deferring();
    project.ok(['run', '-s', 'stg', 'mart', ...state]);
    expect(project.read('target/compiled/shop/models/mart.sql')).toContain('"shop"."dev"."stg"');
    expect(project.read('target/compiled/shop/models/stg.sql')).toContain('"shop"."prod"."raw"');
  });

  it('takes --defer-state before --state, and needs one of them', () => {
    const project = deferring();
    const args = ['-q', 'compile', '-s', 'stg', '--defer'];
    expect(project.ok([...args, '--state', 'nowhere', '--defer-state', 'state'])).toContain('"prod"."raw"');
    expect(project.xform(args)).toMatchObject({ code: 2, stdout: expect.stringContaining('XF1207') });
    const { code, stdout } = project.xform([...args, '--state', 'nowhere']);
    expect([code, stdout]).toEqual([2, expect.stringContaining('Could not find manifest in --state path: "nowhere"')]);
  });

  it('shows what it reads', () => {
    const project = deferring();
    expect(project.ok(['-q', 'show', '--inline', "select count(*) as n from {{ ref('raw') }}", ...state])).toContain(
      '| 2 |',
    );
  });
});

it('warns of a seed that is too large to be compared', () => {
  const rows = (text: string): string => `id\n${`${text}\n`.repeat(60_000)}`;
  const project = new TemporaryProject({ 'seeds/large.csv': rows('something that is long') });
  project.ok(['parse']);
  cpSync(path.join(project.folder, 'target'), path.join(project.folder, 'state'), { recursive: true });
  project.write('seeds/large.csv', rows('something that differs'));
  const { code, stdout } = project.xform(['ls', '-s', 'state:modified', '--state', 'state']);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('XF5022') });
});
