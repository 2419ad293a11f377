import { describe, expect, it } from 'vitest';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

interface ManifestFile {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly sources: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exposures: object;
  readonly macros: Readonly<Record<string, object>>;
  readonly parent_map: Readonly<Record<string, readonly string[]>>;
  readonly child_map: Readonly<Record<string, readonly string[]>>;
}

const files = {
  'seeds/raw.csv': 'id\n1\n',
  'models/stg.sql': "{{ config(tags=['daily']) }}\nselect * from {{ source('outer', 'raw') }}\n",
  'models/m.sql': "select * from {{ ref('stg') }}\n",
  'models/m.yml': `sources:
  - {name: outer, schema: main, tables: [{name: raw}]}
models:
  - name: m
    description: All that there is
    columns:
      - {name: id, description: the key, data_tests: [unique]}
exposures:
  - {name: board, type: dashboard, owner: {name: ann}, depends_on: [ref('m')]}
`,
};

describe('manifest.json', () => {
  it("has dbt's version 12 and what the project says", () => {
    const project = new TemporaryProject(files);
    project.ok(['parse']);
    const manifest = project.artifact<ManifestFile>('manifest.json');
    expect(Object.keys(manifest)).toEqual([
      'metadata',
      'nodes',
      'sources',
      'macros',
      'docs',
      'exposures',
      'metrics',
      'groups',
      'selectors',
      'disabled',
      'parent_map',
      'child_map',
      'group_map',
      'saved_queries',
      'semantic_models',
      'unit_tests',
      'functions',
    ]);
    expect(manifest.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      project_name: 'shop',
      adapter_type: 'duckdb',
    });
    expect(manifest.nodes['model.shop.m']).toMatchObject({
      resource_type: 'model',
      original_file_path: 'models/m.sql',
      path: 'm.sql',
      description: 'All that there is',
      relation_name: '"shop"."main"."m"',
      fqn: ['shop', 'm'],
      raw_code: "select * from {{ ref('stg') }}",
      depends_on: { macros: [], nodes: ['model.shop.stg'] },
      patch_path: 'shop://models/m.yml',
    });
    expect(manifest.nodes['model.shop.stg']).toMatchObject({
      tags: ['daily'],
      sources: [['outer', 'raw']],
      depends_on: { nodes: ['source.shop.outer.raw'] },
    });
    // The last part is dbt's own hash of the test: other tools find tests by it.
    expect(Object.keys(manifest.nodes)).toContain('test.shop.unique_m_id.4dffd0a90e');
    expect(manifest.parent_map['model.shop.m']).toEqual(['model.shop.stg']);
    expect(manifest.child_map['model.shop.m']).toEqual(
      expect.arrayContaining(['exposure.shop.board', 'test.shop.unique_m_id.4dffd0a90e']),
    );
    expect(Object.keys(manifest.macros)).toContain('macro.dbt.test_unique');
  });
});

describe('run_results.json', () => {
  it("has dbt's version 6 and a result for every step, with the SQL that was sent", () => {
    const project = new TemporaryProject(files);
    // The source is this very seed, which dbt does not know: it comes first.
    project.ok(['seed']);
    project.ok(['build', '--select', 'raw', 'stg+', '--threads', '2']);
    const run = project.artifact<RunResults>('run_results.json');
    expect(Object.keys(run)).toEqual(['metadata', 'results', 'elapsed_time', 'args']);
    expect(run.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      invocation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(run.args).toMatchObject({ which: 'build', select: ['raw', 'stg+'], threads: 2 });
    expect(Object.keys(project.statuses()).sort()).toEqual([
      'exposure.shop.board',
      'model.shop.m',
      'model.shop.stg',
      'seed.shop.raw',
      'test.shop.unique_m_id.4dffd0a90e',
    ]);
    const model = run.results.find((result) => result.unique_id === 'model.shop.m')!;
    expect(Object.keys(model)).toEqual([
      'status',
      'timing',
      'thread_id',
      'execution_time',
      'adapter_response',
      'message',
      'failures',
      'unique_id',
      'compiled',
      'compiled_code',
      'relation_name',
      'batch_results',
      'overload_results',
    ]);
    expect(model).toMatchObject({
      status: 'success',
      message: 'OK',
      compiled: true,
      compiled_code: 'select * from "shop"."main"."stg"',
      relation_name: '"shop"."main"."m"',
      thread_id: expect.stringMatching(/^Thread-[12]\b/),
      timing: [{ name: 'compile' }, { name: 'execute' }],
    });
    expect(run.results.find((result) => result.unique_id === 'exposure.shop.board')?.status).toBe('no-op');
    const threads = new Set(run.results.map((result) => String(result.thread_id)));
    expect(threads.size).toBeLessThanOrEqual(3);
  });
});

describe('secrets', () => {
  const secret = 'hush-4711-hush';
  const env = { DBT_ENV_SECRET_WORD: secret };

  it('are in no file and no line, whatever goes wrong', () => {
    const project = new TemporaryProject({
      'profiles.yml': `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: shop.duckdb
      config_options: {custom_user_agent: "{{ env_var('DBT_ENV_SECRET_WORD') }}"}
`,
      'models/m.sql': 'select 1 as id',
      'models/bad.sql': 'select nope',
    });
    const said = [
      'run',
      'build',
      'debug',
      'compile',
      '--debug run',
      '--log-format json --debug run',
      'ls --output json',
    ].map((line) => {
      const { stdout, stderr } = project.xform(line.split(' '), env);
      return stdout + stderr;
    });
    for (const text of [...said, ...project.texts()]) expect(text).not.toContain(secret);
    expect(said[0]).toContain('Done. PASS=1 WARN=0 ERROR=1');
  });

  it('may not be used in models', () => {
    const project = new TemporaryProject({ 'models/m.sql': "select '{{ env_var('DBT_ENV_SECRET_WORD') }}' as word" });
    const { code, stdout, stderr } = project.xform(['run'], env);
    expect(code).toBe(2);
    for (const text of [stdout, stderr, ...project.texts()]) expect(text).not.toContain(secret);
  });
});
