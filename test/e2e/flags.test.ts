import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('materializations', () => {
  it('an ephemeral model is a CTE of those that use it, and no relation', async () => {
    const project = new TemporaryProject({
      'models/base.sql': "{{ config(materialized='ephemeral') }} select 1 as id",
      'models/twice.sql': "{{ config(materialized='ephemeral') }} select id * 2 as id from {{ ref('base') }}",
      'models/m.sql':
        "{{ config(materialized='table') }} select * from {{ ref('twice') }} union all select * from {{ ref('base') }}",
    });
    project.ok(['run']);
    expect(await project.column('select id from main.m order by id')).toEqual([1, 2]);
    expect(await project.column('select table_name from information_schema.tables')).toEqual(['m']);
    expect(project.read('target/compiled/shop/models/m.sql').match(/__dbt__cte__base as/g)).toHaveLength(1);
    expect(Object.keys(project.statuses())).toEqual(['model.shop.m']);
  });

  it('a view becomes a table and a table a view', async () => {
    const project = new TemporaryProject({ 'models/m.sql': "{{ config(materialized=var('as')) }} select 1 as id" });
    const kind = () => project.column("select table_type from information_schema.tables where table_name = 'm'");
    for (const [as, type] of [
      ['view', 'VIEW'],
      ['table', 'BASE TABLE'],
      ['view', 'VIEW'],
    ]) {
      project.ok(['run', '--vars', `as: ${as}`]);
      expect(await kind()).toEqual([type]);
    }
  });

  it('schema, alias and database name go through the macros that a project may override', async () => {
    const project = new TemporaryProject({
      'models/m.sql': "{{ config(schema='marts', alias='mine') }} select 1 as id",
      'models/n.sql': "select * from {{ ref('m') }}",
      'macros/names.sql':
        '{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}',
    });
    project.ok(['run']);
    expect(
      await project.column("select table_schema || '.' || table_name from information_schema.tables order by all"),
    ).toEqual(['main.n', 'marts.mine']);
  });
});

describe('hooks', () => {
  it('run before and after models, and at the beginning and end of the run', async () => {
    const project = new TemporaryProject({
      'dbt_project.yml': `name: shop
version: '1.0'
profile: shop
on-run-start: ["create table if not exists main.story (n integer default nextval('steps'), word varchar)"]
on-run-end:
  - "insert into main.story (word) values ('end {{ results | length }}')"
models:
  shop:
    +pre-hook: "insert into main.story (word) values ('before {{ this.name }}')"
`,
      'macros/prepare.sql':
        "{% macro prepare() %}{% do run_query('create sequence if not exists steps') %}{% endmacro %}",
      'models/m.sql':
        "{{ config(materialized='table', post_hook=[\"insert into main.story (word) select 'after ' || count(*) from {{ this }}\"]) }} select 1 as id",
    });
    project.ok(['run-operation', 'prepare']);
    const said = project.ok(['run']);
    expect(await project.column('select word from main.story order by n')).toEqual(['before m', 'after 1', 'end 1']);
    expect(said).toMatch(/^1 of 1 START hook: shop\.on-run-start\.0 \.+ \[RUN\]$/m);
    expect(project.statuses()).toEqual({
      'operation.shop.shop-on-run-start-0': 'success',
      'model.shop.m': 'success',
      'operation.shop.shop-on-run-end-0': 'success',
    });
  });

  it('that fail at the beginning stop the run', () => {
    const project = new TemporaryProject({
      'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\non-run-start: ['select * from nowhere']\n",
      'models/m.sql': 'select 1 as id',
    });
    expect(project.xform(['run']).code).toBe(1);
    expect(project.statuses()['model.shop.m']).toBe('skipped');
  });
});

describe('flags', () => {
  it('--vars win over the project, and values keep their types', async () => {
    const project = new TemporaryProject({
      'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\nvars: {n: 1, word: project}\n",
      'models/m.sql':
        "select {{ var('n') }} as n, '{{ var('word') }}' as word, {{ var('list', []) | length }} as items, '{{ var('gone', 'fallback') }}' as gone",
    });
    project.ok(['run', '--vars', '{n: 41, list: [a, b]}']);
    expect(await project.rows('from main.m')).toEqual([{ n: 41, word: 'project', items: 2, gone: 'fallback' }]);
  });

  it('.env fills in what the environment lacks', async () => {
    const project = new TemporaryProject({
      '.env': 'SHOP_A=from_file\nSHOP_B="from file"\n',
      'models/m.sql': "select '{{ env_var('SHOP_A') }}' as a, '{{ env_var('SHOP_B') }}' as b",
    });
    project.ok(['run'], { SHOP_A: 'from_environment' });
    expect(await project.rows('from main.m')).toEqual([{ a: 'from_environment', b: 'from file' }]);
  });

  it('an environment variable that is not set is named', () => {
    const project = new TemporaryProject({ 'models/m.sql': "select '{{ env_var('SHOP_MISSING') }}' as a" });
    const { code, stdout } = project.xform(['run']);
    expect(code).toBe(2);
    expect(stdout).toContain('SHOP_MISSING');
  });

  it('--fail-fast leaves the rest undone', () => {
    const project = new TemporaryProject({
      'models/a_bad.sql': 'select nope',
      'models/b.sql': 'select 1 as id',
      'models/c.sql': 'select 1 as id',
    });
    expect(project.xform(['run', '--fail-fast', '--threads', '1']).code).toBe(1);
    expect(project.statuses()).toMatchObject({ 'model.shop.a_bad': 'error' });
    expect(Object.values(project.statuses()).filter((status) => status === 'success')).toEqual([]);
  });

  it('a failure stops only what stands on it', () => {
    const project = new TemporaryProject({
      'models/bad.sql': 'select nope',
      'models/child.sql': "select * from {{ ref('bad') }}",
      'models/free.sql': 'select 1 as id',
    });
    expect(project.xform(['run']).code).toBe(1);
    expect(project.statuses()).toEqual({
      'model.shop.bad': 'error',
      'model.shop.child': 'skipped',
      'model.shop.free': 'success',
    });
  });

  it('--target, --profiles-dir and --project-dir choose where', async () => {
    const project = new TemporaryProject({
      'profiles.yml': 'other: {}\n',
      'conf/profiles.yml':
        'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n    prod: {type: duckdb, path: "{{ env_var(\'SHOP_DB\') }}", schema: live}\n',
      'inner/readme.txt': '',
      'models/m.sql': "select '{{ target.name }}' as target",
    });
    project.ok(['run', '--profiles-dir', 'conf', '--target', 'prod'], { SHOP_DB: 'prod.duckdb' });
    expect(await project.rows('from live.m', 'prod.duckdb')).toEqual([{ target: 'prod' }]);
  });

  it('--log-format json gives a line of JSON for each event', () => {
    const project = new TemporaryProject({ 'models/m.sql': 'select 1 as id' });
    const lines = project.ok(['--log-format', 'json', 'run']).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { info: { name: string; level: string }; data: object });
    expect(events.map((event) => event.info.name)).toEqual(
      expect.arrayContaining(['MainReportVersion', 'LogStartLine', 'LogModelResult', 'EndOfRunSummary']),
    );
  });
});

describe('macros', () => {
  it('adapter.dispatch finds the project before the package, as dispatch: says', async () => {
    const project = new TemporaryProject({
      'dbt_project.yml':
        "name: shop\nversion: '1.0'\nprofile: shop\ndispatch: [{macro_namespace: tools, search_order: [shop, tools]}]\n",
      'dbt_packages/tools/dbt_project.yml': "name: tools\nversion: '1.0'\n",
      'packages.yml': 'packages: [{local: dbt_packages/tools}]\n',
      'dbt_packages/tools/macros/who.sql':
        "{% macro who() %}{{ return(adapter.dispatch('who', 'tools')()) }}{% endmacro %}{% macro default__who() %}tools{% endmacro %}{% macro other() %}{{ return(adapter.dispatch('other', 'tools')()) }}{% endmacro %}{% macro duckdb__other() %}duckdb{% endmacro %}{% macro default__other() %}default{% endmacro %}",
      'macros/who.sql': '{% macro default__who() %}shop{% endmacro %}',
      'models/m.sql': "select '{{ tools.who() }}' as who, '{{ tools.other() }}' as other",
    });
    project.ok(['run']);
    expect(await project.rows('from main.m')).toEqual([{ who: 'shop', other: 'duckdb' }]);
  });

  it("a project's macro takes the place of xform's own of that name", async () => {
    const project = new TemporaryProject({
      'macros/date.sql':
        "{% macro default__type_string() %}varchar(7){% endmacro %}{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}'ours'{% endmacro %}",
      'models/m.sql': "select {{ dbt.dateadd('day', 1, 'x') }} as d",
    });
    project.ok(['run']);
    expect(await project.rows('from main.m')).toEqual([{ d: 'ours' }]);
  });

  it('run_query answers while a model is rendered', async () => {
    const project = new TemporaryProject({
      'models/kinds.sql': "{{ config(materialized='table') }} select 'x' as kind union all select 'y'",
      'models/m.sql': `{% set kinds = dbt_utils_free(ref('kinds')) %}
select {% for kind in kinds %}'{{ kind }}' as kind_{{ kind }}{{ ", " if not loop.last }}{% endfor %}`,
      'macros/values.sql': `{% macro dbt_utils_free(relation) %}{% if execute %}{{ return(run_query('select kind from ' ~ relation ~ ' order by 1').columns[0].values()) }}{% else %}{{ return([]) }}{% endif %}{% endmacro %}`,
    });
    project.ok(['run']);
    expect(await project.rows('from main.m')).toEqual([{ kind_x: 'x', kind_y: 'y' }]);
  });
});
