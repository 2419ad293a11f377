import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

const shop = {
  'seeds/raw.csv': 'id,name\n1,ann\n2,bob\n',
  'models/stg.sql': "select * from {{ ref('raw') }}\n",
  'models/total.sql': "{{ config(materialized='table') }}\nselect count(*) as n from {{ ref('stg') }}\n",
  'models/schema.yml':
    "models:\n  - name: stg\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\nexposures:\n  - name: board\n    type: dashboard\n    owner: {name: ann}\n    depends_on: [ref('total')]\n",
  'snapshots/snap.sql':
    "{% snapshot snap %}{{ config(unique_key='id', strategy='check', check_cols='all', schema='kept') }}\nselect * from {{ ref('raw') }}{% endsnapshot %}\n",
  'tests/sane.sql': 'select 1 as x where false\n',
  'macros/greet.sql':
    "{% macro greet(who='you') %}{% do log('hello ' ~ who, info=true) %}{% do run_query('create table greeted as select 7 as x') %}{% endmacro %}\n",
};

describe('build', () => {
  it('runs seeds, models, snapshots and tests in order, and says so as dbt does', async () => {
    const project = new TemporaryProject(shop);
    const said = project.ok(['build', '--threads', '1']);
    const lines = said.split('\n').map((line) => line.replace(/in \d+\.\d\ds\]/, 'in N]'));
    expect(lines[0]).toMatch(/^Running with xform=\d+\.\d+\.\d+ \(dbt=1\.12\.\d+\)$/);
    expect(lines).toContain("Concurrency: 1 threads (target='dev')");
    expect(lines).toContain('1 of 8 START seed file main.raw ................................................ [RUN]');
    expect(lines).toContain(
      '1 of 8 OK loaded seed file main.raw ............................................ [INSERT 2 in N]',
    );
    expect(lines.filter((line) => line.includes(' OK created sql view model main.stg ....'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(' OK snapshotted snapshot main_kept.snap ....'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(' PASS unique_stg_id ....'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(' NO-OP exposure shop.board ....'))).toHaveLength(1);
    expect(said).toMatch(
      /^Finished running 1 exposure, 1 seed, 1 snapshot, 1 table model, 3 data tests, 1 view model in 0 hours 0 minutes and \d+\.\d\d seconds \(\d+\.\d\ds\)\.$/m,
    );
    expect(said).toContain('\nCompleted successfully\n');
    expect(said).toContain('\nDone. PASS=7 WARN=0 ERROR=0 SKIP=0 NO-OP=1 REUSED=0 TOTAL=8\n');
    expect(await project.rows('from main.total')).toEqual([{ n: '2' }]);
    expect(
      await project.column(
        "select table_schema || '.' || table_name || ' ' || table_type from information_schema.tables order by all",
      ),
    ).toEqual(['main.raw BASE TABLE', 'main.stg VIEW', 'main.total BASE TABLE', 'main_kept.snap BASE TABLE']);
  });

  it('does the same when it is run again', async () => {
    const project = new TemporaryProject(shop);
    project.ok(['build']);
    project.ok(['build']);
    expect(await project.rows('from main.total')).toEqual([{ n: '2' }]);
    expect(await project.column('select count(*) from main_kept.snap')).toEqual(['2']);
  });
});

describe('the commands that run one kind of node', () => {
  it('seed, run, snapshot and test each take their own', async () => {
    const project = new TemporaryProject(shop);
    const kinds = () => Object.keys(project.statuses()).map((id) => id.split('.')[0]);
    project.ok(['seed']);
    expect(kinds()).toEqual(['seed']);
    project.ok(['run']);
    expect(kinds()).toEqual(['model', 'model']);
    project.ok(['snapshot']);
    expect(kinds()).toEqual(['snapshot']);
    project.ok(['test']);
    expect(kinds()).toEqual(['test', 'test', 'test']);
  });
});

describe('compile, parse, ls and show', () => {
  it('compile writes the SQL and prints it where a node was named', () => {
    const project = new TemporaryProject(shop);
    expect(project.ok(['compile', '--select', 'stg'])).toContain(
      'Compiled node \'stg\' is:\nselect * from "shop"."main"."raw"\n',
    );
    expect(project.read('target/compiled/shop/models/stg.sql')).toBe('select * from "shop"."main"."raw"');
    expect(project.ok(['compile', '--inline', "select * from {{ ref('total') }}"])).toContain(
      'Compiled inline node is:\nselect * from "shop"."main"."total"\n',
    );
  });

  it('compile writes run_results.json, with seeds, and for inline SQL too', () => {
    const project = new TemporaryProject(shop);
    project.ok(['seed']);
    project.ok(['compile', '--exclude', 'snap']);
    const results = () => project.artifact<RunResults>('run_results.json').results;
    expect(project.statuses()).toMatchObject({ 'seed.shop.raw': 'success', 'model.shop.stg': 'success' });
    expect(results().find((result) => result.unique_id === 'model.shop.stg')).toMatchObject({
      compiled: true,
      compiled_code: 'select * from "shop"."main"."raw"',
      message: null,
      timing: [{ name: 'compile' }, { name: 'execute' }],
    });
    project.ok(['compile', '--inline', 'select 1 as id']);
    expect(results()).toMatchObject([
      { unique_id: 'sql_operation.shop.inline_query', compiled_code: 'select 1 as id' },
    ]);
  });

  it('compile leaves the graph in short', () => {
    const project = new TemporaryProject({
      'models/a.sql': 'select 1 as id',
      'models/b.sql': "select * from {{ ref('a') }}",
    });
    project.ok(['compile']);
    expect(project.artifact('graph_summary.json')).toMatchObject({
      linked: { 0: { name: 'model.shop.a', type: 'model', succ: [1] }, 1: { name: 'model.shop.b', type: 'model' } },
    });
  });

  it('compile puts ephemeral models into a WITH RECURSIVE', async () => {
    const project = new TemporaryProject({
      'models/one.sql': "{{ config(materialized='ephemeral') }}select 1 as n",
      'models/all.sql': `{{ config(materialized='table') }}
with recursive t(n) as (select n from {{ ref('one') }} union all select n + 1 from t where n < 5) select sum(n) as s from t`,
    });
    project.ok(['run']);
    expect(project.read('target/compiled/shop/models/all.sql')).toContain(
      'with recursive  __dbt__cte__one as (\nselect 1 as n\n), t(n) as (select n from __dbt__cte__one union',
    );
    expect(await project.rows('from main."all"')).toEqual([{ s: '15' }]);
  });

  it('inline SQL is read like a model: what it names has to be there', () => {
    const project = new TemporaryProject(shop);
    const { code, stdout } = project.xform(['compile', '--inline', "select * from {{ ref('totl') }}"]);
    expect(code).toBe(2);
    expect(stdout).toContain('Compilation Error\n  Error parsing inline query\n');
    expect(stdout).toContain("depends on a node named 'totl' which was not found");
    expect(stdout).toContain("did you mean 'total'?");
    expect(project.xform(['show', '--inline', 'select {{ nope']).stdout).toContain('Error parsing inline query');
  });

  it('show names the version of a model', () => {
    const project = new TemporaryProject({
      'models/m_v1.sql': 'select 1 as id',
      'models/m_v2.sql': 'select 2 as id',
      'models/m.yml': 'models: [{name: m, latest_version: 2, versions: [{v: 1}, {v: 2}]}]',
    });
    const said = project.ok(['show', '--select', 'm']);
    expect(said).toContain("Previewing node 'm.v1':");
    expect(said).toContain("Previewing node 'm.v2':");
  });

  it('parse writes the manifest and opens no database', () => {
    const project = new TemporaryProject(shop);
    project.ok(['parse']);
    const manifest = project.artifact<{ nodes: object }>('manifest.json');
    expect(Object.keys(manifest.nodes)).toContain('model.shop.total');
    expect(project.has('shop.duckdb')).toBe(false);
  });

  it('ls lists by selector, name, path and json, and opens no database', () => {
    const project = new TemporaryProject(shop);
    const list = (...args: string[]) =>
      project
        .ok(['--quiet', 'ls', ...args])
        .trimEnd()
        .split('\n');
    expect(list('--resource-type', 'model')).toEqual(['shop.stg', 'shop.total']);
    expect(list('--select', '+total', '--output', 'name', '--resource-types', 'model seed')).toEqual([
      'raw',
      'stg',
      'total',
    ]);
    expect(list('--select', 'total', '--output', 'path')).toEqual(['models/total.sql']);
    const [line = ''] = list('--select', 'total', '--output', 'json', '--output-keys', 'name resource_type');
    expect(JSON.parse(line)).toEqual({ name: 'total', resource_type: 'model' });
    expect(project.has('shop.duckdb')).toBe(false);
  });

  it('show prints rows as a table and as json, and leaves nothing behind', async () => {
    const project = new TemporaryProject(shop);
    project.ok(['seed']);
    expect(project.ok(['show', '--select', 'raw', '--limit', '1'])).toContain(
      "Previewing node 'raw':\n| id | name |\n| -- | ---- |\n|  1 | ann  |\n",
    );
    const json = project.ok([
      '--quiet',
      'show',
      '--inline',
      "select max(id) as m from {{ ref('raw') }}",
      '--output',
      'json',
    ]);
    expect(JSON.parse(json)).toEqual({ show: [{ m: 2 }] });
    expect(await project.column('select table_name from information_schema.tables')).toEqual(['raw']);
  });
});

describe('run-operation', () => {
  it('calls a macro with arguments, and what it does stays', async () => {
    const project = new TemporaryProject(shop);
    expect(project.ok(['run-operation', 'greet', '--args', '{who: world}'])).toContain('hello world\n');
    expect(await project.rows('from greeted')).toEqual([{ x: 7 }]);
    const [result] = project.artifact<RunResults>('run_results.json').results;
    expect(result).toMatchObject({ unique_id: 'macro.shop.greet', status: 'success' });
  });

  it('ends with 2 where there is no such macro, with the nearest name', () => {
    const { code, stdout } = new TemporaryProject(shop).xform(['run-operation', 'gret']);
    expect(code).toBe(2);
    expect(stdout).toContain("did you mean 'greet'");
  });

  it('ends with 1 where the macro fails', () => {
    const project = new TemporaryProject({
      'macros/bad.sql': "{% macro bad() %}{% do exceptions.raise_compiler_error('no luck') %}{% endmacro %}\n",
    });
    const { code, stdout } = project.xform(['run-operation', 'bad']);
    expect(code).toBe(1);
    expect(stdout).toContain('no luck');
  });
});

describe('a macro of the project in the place of one of ours', () => {
  it('answers adapter.get_columns_in_relation with what it likes', () => {
    const project = new TemporaryProject({
      'macros/columns.sql': "{% macro get_columns_in_relation(relation) %}{{ return('a string') }}{% endmacro %}\n",
      'models/one.sql': "select '{{ adapter.get_columns_in_relation(this) if execute }}' as said\n",
    });
    project.ok(['run']);
    expect(project.read('target/compiled/shop/models/one.sql')).toBe("select 'a string' as said");
  });
});

describe('a warning of parsing', () => {
  it('has the name it has in dbt, and is an error under --warn-error', () => {
    const project = new TemporaryProject({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {nowhere: {+enabled: true}}\n',
      'models/a.sql': 'select 1 as id\n',
      'models/m.yml': 'models: [{name: gone}]\n',
    });
    const events = project
      .ok(['parse', '--log-format', 'json'])
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).info.name as string] : []));
    expect(events).toEqual(expect.arrayContaining(['UnusedResourceConfigPath', 'NoNodeForYamlKey']));
    const { code, stdout } = project.xform(['--warn-error', 'build']);
    expect(code).toBe(2);
    expect(stdout).toContain('XF1060');
    expect(stdout).toContain('XF4010');
    const options = (text: string): string[] => ['parse', '--warn-error-options', text];
    expect(project.xform(options('{error: [NoNodeForYamlKey], silence: [UnusedResourceConfigPath]}')).code).toBe(2);
    expect(project.ok(options('{error: all, silence: [UnusedResourceConfigPath, NoNodeForYamlKey]}'))).not.toContain(
      'XF',
    );
  });
});

describe('a warning of a template', () => {
  it('is told, is an error of the model under --warn-error, and nothing where it is silenced', () => {
    const project = new TemporaryProject({
      'models/odd.sql': "{% if execute %}{% do exceptions.warn('this is odd') %}{% endif %}select 1 as id\n",
    });
    expect(project.ok(['run'])).toContain('this is odd');
    const { code, stdout } = project.xform(['--warn-error', 'run']);
    expect(code).toBe(1);
    expect(stdout).toContain('Compilation Error in model odd (models/odd.sql)\n    this is odd\n');
    const silent = ['--warn-error-options', '{silence: [JinjaLogWarning]}'];
    expect(project.ok([...silent, 'run'])).not.toContain('this is odd');
  });
});

describe('debug, init and clean', () => {
  it('debug checks project, profile and connection', () => {
    const project = new TemporaryProject(shop);
    const said = project.ok(['debug']);
    expect(said).toContain('Connection test: [OK connection ok]');
    expect(said).toContain('All checks passed!');
    project.write(
      'profiles.yml',
      'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: /nowhere/at/all.duckdb}\n',
    );
    expect(project.xform(['debug']).code).toBe(1);
  });

  it('debug says which of the two files it is that is wrong', () => {
    const project = new TemporaryProject(shop);
    expect(project.ok(['debug', '--connection'])).toContain('Skipping steps before connection verification\n');
    const profile = project.xform(['debug', '--target', 'prod']);
    expect(profile.code).toBe(1);
    expect(profile.stdout).toContain(
      '  profiles.yml file [ERROR invalid]\n  dbt_project.yml file [OK found and valid]\n',
    );
    expect(profile.stdout).toContain(
      '1 check failed:\nProfile loading failed for the following reason:\nRuntime Error\n',
    );
    project.write('dbt_project.yml', 'name: 7\n');
    const broken = project.xform(['debug']);
    expect(broken.stdout).toContain('  dbt_project.yml file [ERROR invalid]\n');
    expect(broken.stdout).not.toContain('profiles.yml file');
  });

  it('a folder of the project that is not there is a slip of the command line', () => {
    const { code, stderr } = new TemporaryProject(shop).xform(['debug', '--project-dir', 'nowhere']);
    expect(code).toBe(2);
    expect(stderr).toContain("Invalid value for '--project-dir': Path 'nowhere' does not exist.");
  });

  it('init makes a project that has the given name, and never writes over one', () => {
    const project = new TemporaryProject({});
    project.ok(['init', 'my_shop']);
    expect(project.read('my_shop/dbt_project.yml')).toMatch(/^name: my_shop$/m);
    expect(project.has('my_shop/.gitignore')).toBe(true);
    project.write('my_shop/models/mine.sql', 'select 1');
    expect(project.xform(['init', 'my_shop']).code).not.toBe(1);
    expect(project.read('my_shop/models/mine.sql')).toBe('select 1');
    expect(project.xform(['init', '7up']).code).toBe(2);
  });

  it('clean deletes what clean-targets names', () => {
    const project = new TemporaryProject(shop);
    project.ok(['parse']);
    expect(project.has('target')).toBe(true);
    project.ok(['clean']);
    expect(project.has('target')).toBe(false);
    expect(project.has('models/stg.sql')).toBe(true);
  });

  it('clean leaves what is outside alone, unless it is told otherwise, and what holds the project in any case', () => {
    const project = new TemporaryProject(shop);
    const outside = mkdtempSync(join(tmpdir(), 'xform-clean-'));
    onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
    const targets = (...folders: string[]) =>
      project.write('dbt_project.yml', `name: shop\nprofile: shop\nclean-targets: ${JSON.stringify(folders)}\n`);
    targets('target', outside);
    project.ok(['parse']);
    expect(project.xform(['clean']).code).toBe(2);
    expect([existsSync(outside), project.has('target')]).toEqual([true, true]);
    project.ok(['clean', '--no-clean-project-files-only']);
    expect([existsSync(outside), project.has('target')]).toEqual([false, false]);
    targets('..');
    expect(project.xform(['clean', '--no-clean-project-files-only']).code).toBe(2);
    expect(project.has('models/stg.sql')).toBe(true);
  });

  it('a report of time and memory is for the log, and for the console on request', () => {
    const project = new TemporaryProject(shop);
    expect(project.ok(['parse'])).not.toContain('Resource report');
    expect(project.read('logs/dbt.log')).toContain('Resource report: {"command_name":"parse"');
    expect(project.ok(['--show-resource-report', 'parse'])).toContain('"process_mem_max_rss":"');
  });
});

describe('exit codes', () => {
  it('are 0 where all went well or there is nothing to do', () => {
    const project = new TemporaryProject(shop);
    expect(project.ok(['run', '--select', 'nothing_like_it'])).toContain(
      "The selection criterion 'nothing_like_it' does not match any enabled nodes",
    );
  });

  it('are 1 where a node fails, and tell what the database said and where', () => {
    const project = new TemporaryProject({ ...shop, 'models/broken.sql': 'select\n  nope\nfrom nowhere\n' });
    const { code, stdout } = project.xform(['run', '--select', 'broken']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 of 1 ERROR creating sql view model main\.broken \.+ \[ERROR in \d+\.\d\ds\]$/m);
    expect(stdout).toContain('Completed with 1 error, 0 partial successes, and 0 warnings:');
    expect(stdout).toContain('nowhere');
    expect(stdout).toContain('models/broken.sql:3');
    expect(stdout).toContain('Done. PASS=0 WARN=0 ERROR=1 SKIP=0 NO-OP=0 REUSED=0 TOTAL=1');
    expect(project.statuses()).toEqual({ 'model.shop.broken': 'error' });
  });

  it('are 2 where the project or the command line is wrong', () => {
    const project = new TemporaryProject({ ...shop, 'models/lost.sql': "select * from {{ ref('totel') }}" });
    const { code, stdout } = project.xform(['run']);
    expect(code).toBe(2);
    expect(stdout).toContain("did you mean 'total'");
    expect(project.xform(['run', '--no-such-option']).code).toBe(2);
    expect(project.xform(['no-such-command']).code).toBe(2);
    expect(project.xform(['run', '--profile', 'missing']).code).toBe(2);
    expect(project.xform(['run', '--target', 'missing']).code).toBe(2);
  });
});
