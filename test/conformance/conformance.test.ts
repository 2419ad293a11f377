import { spawn } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../architecture/loaded-files.ts';
import { root } from '../e2e/temporary-project.ts';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  await Promise.all(all.map((subject) => subject.stop()));
});

/** First run: ids 1 and 2 are old. Later runs: 2 is new and 3 comes. */
const growing = (config: string): string => `{{ config(materialized='incremental', ${config}) }}
{% if is_incremental() %}
select 2 as id, 'b' as part, 'new' as state union all select 3, 'c', 'new'
{% else %}
select 1 as id, 'a' as part, 'old' as state union all select 2, 'b', 'old'
{% endif %}`;

describe.each(all)('on $name', (subject) => {
  const test = it.skipIf(subject.missing !== undefined);
  const { capabilities } = subject.adapter;
  const project = (files: Readonly<Record<string, string>>) => new ConformanceProject(subject, files);

  describe('materializations', () => {
    test('view, table, ephemeral, and one in place of the other', async () => {
      const dbt = project({
        'models/base.sql': "{{ config(materialized='view') }} select 1 as id",
        'models/between.sql': "{{ config(materialized='ephemeral') }} select id + 1 as id from {{ ref('base') }}",
        'models/top.sql': "{{ config(materialized='table') }} select id from {{ ref('between') }}",
        'models/last.sql': "{{ config(materialized=var('last', 'view')) }} select * from {{ ref('top') }}",
      });
      dbt.ok(['run']);
      expect(await dbt.relations()).toEqual(['base|VIEW', 'last|VIEW', 'top|BASE TABLE']);
      // A second run replaces relations that others read.
      dbt.ok(['run']);
      dbt.ok(['run', '--vars', 'last: table']);
      expect(await dbt.relations()).toEqual(['base|VIEW', 'last|BASE TABLE', 'top|BASE TABLE']);
      dbt.ok(['run', '--vars', 'last: view']);
      expect(await dbt.relations()).toEqual(['base|VIEW', 'last|VIEW', 'top|BASE TABLE']);
      expect(await dbt.lines('select id from {schema}.last')).toEqual(['2']);
    });

    test('leaves the old relation alone where the new one fails', async () => {
      const dbt = project({
        'models/t.sql': "{{ config(materialized='table') }} select cast('{{ var('x', '1') }}' as integer) as id",
      });
      dbt.ok(['run']);
      expect(dbt.xform(['run', '--vars', 'x: one']).code).toBe(1);
      expect(await dbt.relations()).toEqual(['t|BASE TABLE']);
      expect(await dbt.lines('select id from {schema}.t')).toEqual(['1']);
    });

    test('leaves the old view alone where the new one fails, or a hook after it', async () => {
      const dbt = project({
        'models/v.sql': `{{ config(materialized='view', post_hook="select {{ var('hook', '1') }}") }}
          select {{ var('x', '1') }} as id`,
      });
      dbt.ok(['run']);
      for (const vars of ['x: nowhere', '{x: 2, hook: nowhere}']) {
        expect(dbt.xform(['run', '--vars', vars]).code).toBe(1);
        expect(await dbt.relations()).toEqual(['v|VIEW']);
        expect(await dbt.lines('select id from {schema}.v')).toEqual(['1']);
      }
      dbt.ok(['run', '--vars', 'x: 2']);
      expect(await dbt.lines('select id from {schema}.v')).toEqual(['2']);
    });

    test('materialized views, or a plain no', async () => {
      const dbt = project({
        'models/t.sql': "{{ config(materialized='table') }} select {{ var('n', 1) }} as id",
        'models/mv.sql': "{{ config(materialized='materialized_view') }} select * from {{ ref('t') }}",
      });
      if (capabilities.materializedViews === false) {
        const { code, stdout } = dbt.xform(['run']);
        expect([code, stdout]).toEqual([1, expect.stringMatching(/materialized.view/i)]);
        return;
      }
      dbt.ok(['run']);
      dbt.ok(['run', '--select', 'mv']);
      expect(await dbt.lines('select id from {schema}.mv')).toEqual(['1']);
      // The table's replacement takes the view along: it is made again.
      dbt.ok(['run', '--vars', 'n: 2']);
      expect(await dbt.lines('select id from {schema}.mv')).toEqual(['2']);
      dbt.ok(['run', '--full-refresh', '--select', 'mv']);
    });
  });

  describe('incremental models', () => {
    const kept = ['1|a|old', '2|b|new', '2|b|old', '3|c|new'];
    const replaced = ['1|a|old', '2|b|new', '3|c|new'];
    const byState = "unique_key=['id', 'state']";
    test.each([
      ['append', "incremental_strategy='append'", kept],
      ['the default without a key', "tags=['x']", kept],
      ['the default with a key', "unique_key='id'", replaced],
      ['delete+insert', "incremental_strategy='delete+insert', unique_key='id'", replaced],
      ['delete+insert by two', "incremental_strategy='delete+insert', unique_key=['id', 'part']", replaced],
      ['delete+insert by two, one of which differs', `incremental_strategy='delete+insert', ${byState}`, kept],
      ['merge', "incremental_strategy='merge', unique_key='id'", replaced],
      ['merge by two', "incremental_strategy='merge', unique_key=['id', 'part']", replaced],
      ['merge by two, one of which differs', `incremental_strategy='merge', ${byState}`, kept],
      [
        'merge of some columns',
        "incremental_strategy='merge', unique_key='id', merge_update_columns=['part']",
        ['1|a|old', '2|b|old', '3|c|new'],
      ],
    ])('%s', async (_name, config, rows) => {
      const dbt = project({ 'models/m.sql': growing(config) });
      dbt.ok(['run']);
      dbt.ok(['run']);
      expect(await dbt.lines('select id, part, state from {schema}.m')).toEqual(rows);
      dbt.ok(['run', '--full-refresh']);
      expect(await dbt.lines('select id, part, state from {schema}.m')).toEqual(['1|a|old', '2|b|old']);
    });

    const strategies = [
      "incremental_strategy='append'",
      "incremental_strategy='delete+insert', unique_key='id'",
      "incremental_strategy='merge', unique_key='id'",
    ];
    test.each(strategies)('%s: every on_schema_change', async (strategy) => {
      const model = (
        change: string,
      ) => `{{ config(materialized='incremental', ${strategy}, on_schema_change='${change}') }}
{% if is_incremental() %} select 2 as id, 'y' as added {% else %} select 1 as id, 'x' as dropped {% endif %}`;
      const changes = ['ignore', 'append_new_columns', 'sync_all_columns', 'fail'];
      const dbt = project(Object.fromEntries(changes.map((change) => [`models/m_${change}.sql`, model(change)])));
      dbt.ok(['run']);
      expect(dbt.xform(['run']).code).toBe(1);
      const columns = (name: string) =>
        dbt.lines(
          `select column_name from information_schema.columns where table_schema = '{schema}' and table_name = '${name}'`,
        );
      expect(await columns('m_append_new_columns')).toEqual(['added', 'dropped', 'id']);
      expect(await columns('m_sync_all_columns')).toEqual(['added', 'id']);
      expect(await columns('m_fail')).toEqual(['dropped', 'id']);
      expect(await dbt.lines('select id, added from {schema}.m_sync_all_columns')).toEqual(['1|-', '2|y']);
      expect(dbt.statuses()).toMatchObject({
        'model.shop.m_append_new_columns': 'success',
        'model.shop.m_sync_all_columns': 'success',
        'model.shop.m_fail': 'error',
      });
    });

    test('declares its strategies, and refuses another', async () => {
      expect(capabilities.incrementalStrategies).toEqual(['append', 'delete+insert', 'merge', 'microbatch']);
      const dbt = project({ 'models/m.sql': growing("incremental_strategy='insert_overwrite'") });
      dbt.xform(['run']);
      const { code, stdout } = dbt.xform(['run']);
      expect([code, stdout]).toEqual([1, expect.stringContaining("'insert_overwrite' is not valid for this adapter")]);
    });

    test('microbatch', async () => {
      // Postgres replaces by key, where others replace a span of time.
      const key = subject.name === 'postgres' ? ", unique_key='id'" : '';
      const dbt = project({
        'models/events.sql':
          "{{ config(materialized='table', event_time='happened') }} select 1 as id, timestamp '2024-01-01 05:00:00' as happened union all select 2, timestamp '2024-01-02 05:00:00'",
        'models/m.sql': `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', batch_size='day', begin='2024-01-01'${key}) }} select * from {{ ref('events') }}`,
      });
      const span = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-03'];
      dbt.ok(['run', ...span]);
      dbt.ok(['run', ...span]);
      expect(await dbt.lines('select id from {schema}.m')).toEqual(['1', '2']);
    });
  });

  describe('snapshots', () => {
    const source = "{{ config(materialized='table') }} {{ var('rows', 'nothing') }}";
    const row = (id: number, state: string, at: string) =>
      `select ${id} as id, '${state}' as state, timestamp '${at}' as updated_at`;
    const first = [row(1, 'a', '2024-01-01'), row(2, 'b', '2024-01-01')].join(' union all ');
    const second = [row(2, 'c', '2024-02-01'), row(3, 'd', '2024-02-01')].join(' union all ');
    const strategies = {
      timestamp: "strategy='timestamp', updated_at='updated_at'",
      check: "strategy='check', check_cols=['state']",
    };
    const modes = ['ignore', 'invalidate', 'new_record'] as const;
    const cases = Object.entries(strategies).flatMap(([name, text]) =>
      modes.map((mode) => [name, mode, text] as const),
    );
    test.each(cases)('by %s, hard_deletes %s', async (_name, mode, strategy) => {
      const dbt = project({
        'models/src.sql': source,
        'snapshots/snap.sql': `{% snapshot snap %}{{ config(unique_key='id', hard_deletes='${mode}', ${strategy}) }} select * from {{ ref('src') }}{% endsnapshot %}`,
      });
      dbt.ok(['build', '--vars', JSON.stringify({ rows: first })]);
      dbt.ok(['build', '--vars', JSON.stringify({ rows: second })]);
      dbt.ok(['build', '--vars', JSON.stringify({ rows: second })]);
      const deleted = mode === 'new_record' ? ', dbt_is_deleted' : '';
      const lines = await dbt.lines(`select id, state, dbt_valid_to is null${deleted} from {schema}.snap`);
      expect(lines).toEqual(
        {
          ignore: ['1|a|true', '2|b|false', '2|c|true', '3|d|true'],
          invalidate: ['1|a|false', '2|b|false', '2|c|true', '3|d|true'],
          new_record: ['1|a|false|False', '1|a|true|True', '2|b|false|False', '2|c|true|False', '3|d|true|False'],
        }[mode],
      );
    });
  });

  test('seeds of all types, twice, with empty cells and text that needs escapes', async () => {
    const dbt = project({
      'seeds/s.csv': [
        'i,big,n,t,d,at,ok,code',
        '1,9007199254740993,1.5,"a ""b"", \'c\'\\n",2024-02-29,2024-01-01 01:02:03,true,007',
        ',,,,,,,',
        '',
      ].join('\n'),
      'seeds/s.yml': 'seeds: [{name: s, config: {column_types: {code: varchar(5)}}}]',
    });
    for (const args of [['seed'], ['seed'], ['seed', '--full-refresh']]) {
      dbt.ok(args);
      expect(await dbt.lines('select * from {schema}.s')).toEqual([
        '-|-|-|-|-|-|-|-',
        '1|9007199254740993|1.5|a "b", \'c\'\\n|2024-02-29|2024-01-01T01:02:03|true|007',
      ]);
    }
  });

  test('tests of every kind, and failures kept', async () => {
    const dbt = project({
      'models/m.sql':
        "{{ config(materialized='table') }} select 1 as id, 'a' as part union all select 1, null union all select 2, 'z'",
      'models/parent.sql': 'select 1 as id',
      'models/m.yml': `models:
  - name: m
    columns:
      - name: id
        data_tests: [unique, not_null, {relationships: {arguments: {to: ref('parent'), field: id}}}]
      - name: part
        data_tests: [not_null, {accepted_values: {arguments: {values: [a]}, config: {severity: warn}}}]
`,
      'tests/single.sql': "select * from {{ ref('m') }} where id > 1",
    });
    dbt.ok(['run']);
    expect(dbt.xform(['test', '--store-failures']).code).toBe(1);
    const statuses = Object.entries(dbt.statuses()).map(([id, status]) => `${id.split('.')[2]} ${status}`);
    expect(statuses.sort()).toEqual([
      'accepted_values_m_part__a warn',
      'not_null_m_id pass',
      'not_null_m_part fail',
      'relationships_m_id__id__ref_parent_ fail',
      'single fail',
      'unique_m_id fail',
    ]);
    expect(await dbt.lines('select id from {schema}_dbt_test__audit.single')).toEqual(['2']);
  });

  test('what a unit test puts in the place of macros and of names that are none', () => {
    const dbt = project({
      'macros/country.sql': '{% macro country() %}Norway{% endmacro %}',
      'models/said.sql': `select '{{ country() }} {{ dbt.type_int() }} {{ invocation_id }} {{ target.name }} {{ this }}' as said`,
      'models/u.yml': `unit_tests:
  - name: replaced
    model: said
    given: []
    overrides: {macros: {country: Spain, dbt.type_int: whole, invocation_id: 123, target: {name: there}, this: that}}
    expect: {rows: [{said: Spain whole 123 there that}]}
`,
    });
    dbt.ok(['test']);
    expect(dbt.statuses()).toEqual({ 'unit_test.shop.said.replaced': 'pass' });
  });

  test('unit tests', async () => {
    const dbt = project({
      'models/a.sql': "select 1 as id, 2.5 as price, 'x' as word, date '2024-01-01' as day",
      'models/b.sql': "select id, price * 2 as twice, upper(word) as word, day from {{ ref('a') }}",
      'models/u.yml': `unit_tests:
  - name: right
    model: b
    given: [{input: ref('a'), rows: [{id: 1, price: 2, word: "o'k"}, {id: 2, day: '2024-02-29'}]}]
    expect: {rows: [{id: 1, twice: 4, word: "O'K", day: null}, {id: 2, twice: null, word: null, day: '2024-02-29'}]}
  - name: wrong
    model: b
    given: [{input: ref('a'), rows: [{id: 1}]}]
    expect: {rows: [{id: 2}]}
`,
    });
    expect(dbt.xform(['build']).code).toBe(1);
    expect(dbt.statuses()).toMatchObject({ 'unit_test.shop.b.right': 'pass', 'unit_test.shop.b.wrong': 'fail' });
  });

  test('names of mixed case, reserved words and spaces', async () => {
    const dbt = project({
      'models/Mixed.sql': `{{ config(materialized='table', alias='Mixed Case') }} select 1 as "Id", 2 as "select", 3 as "a b"`,
      'models/order.sql': `{{ config(materialized='incremental', unique_key='"select"') }} select "Id", "select", "a b" from {{ ref('Mixed') }}`,
      'models/names.yml': `models:
  - name: Mixed
    description: it's "quoted"
    config: {persist_docs: {relation: true, columns: true}}
    columns: [{name: Id, quote: true, description: "the 'id'", data_tests: [unique]}, {name: a b, quote: true, data_tests: [not_null]}]
`,
    });
    dbt.ok(['build']);
    dbt.ok(['build']);
    expect(await dbt.lines('select * from {schema}."Mixed Case" union all select * from {schema}."order"')).toEqual([
      '1|2|3',
      '1|2|3',
    ]);
  });

  test('hooks, in the transaction and outside of it', async () => {
    const dbt = project({
      'dbt_project.yml': `name: shop
version: '1.0'
profile: shop
on-run-start: "create table if not exists {{ target.schema }}.log (what varchar, here integer)"
on-run-end: ["insert into {{ target.schema }}.log values ('end', {{ results | length }})"]
`,
      'models/m.sql': `{{ config(materialized='table',
  pre_hook=["insert into {{ target.schema }}.log values ('pre', 0)", before_begin("insert into {{ target.schema }}.log values ('before', 0)")],
  post_hook=["insert into {{ target.schema }}.log select 'post', id from {{ this }}", after_commit("insert into {{ target.schema }}.log select 'after', id from {{ this }}")]) }}
select {{ var('id', '7') }} as id`,
    });
    dbt.ok(['run']);
    const logged = () => dbt.lines('select what, here from {schema}.log');
    expect(await logged()).toEqual(['after|7', 'before|0', 'end|1', 'post|7', 'pre|0']);
    // What a model that fails did in its transaction is undone; what ran before stays.
    expect(dbt.xform(['run', '--vars', 'id: nonsense']).code).toBe(1);
    expect(await logged()).toEqual(['after|7', 'before|0', 'before|0', 'end|1', 'end|1', 'post|7', 'pre|0']);
  });

  test('grants, or a warning where there is nobody to grant to', async () => {
    const role = `xform_reader_${process.pid}`;
    const dbt = project({
      'models/t.sql': `{{ config(materialized='table', grants={'select': var('who')}) }} select 1 as id`,
      'models/v.sql': `{{ config(materialized='view', grants={'select': var('who')}) }} select 1 as id`,
      'models/i.sql': `{{ config(materialized='incremental', grants={'select': var('who')}) }} select 1 as id`,
    });
    const run = (who: readonly string[]) => dbt.ok(['run', '--vars', JSON.stringify({ who })]);
    if (capabilities.grants === false) {
      expect(run([role])).toContain('Grants for relations are not supported');
      return;
    }
    await dbt.lines(`create role ${role}`);
    const granted = () =>
      dbt.lines(
        `select table_name, privilege_type from information_schema.role_table_grants where table_schema = '{schema}' and grantee = '${role}'`,
      );
    run([role]);
    expect(await granted()).toEqual(['i|SELECT', 't|SELECT', 'v|SELECT']);
    // A relation that stays has its grants looked up, and those that are not wanted any more are taken back.
    run([role]);
    expect(dbt.ok(['--debug', 'run', '-s', 'i', '--vars', JSON.stringify({ who: [role] })])).not.toMatch(
      /revoke|grant select/,
    );
    expect(await granted()).toEqual(['i|SELECT', 't|SELECT', 'v|SELECT']);
    run([]);
    expect(await granted()).toEqual([]);
    await dbt.lines(`drop role ${role}`);
  });

  test('persist_docs is seen by docs generate', async () => {
    const described = `description: it's "what" $1 is\n    config: {persist_docs: {relation: true, columns: true}}\n    columns: [{name: id, description: "a 'key'"}]`;
    const dbt = project({
      'models/t.sql': "{{ config(materialized='table') }} select 1 as id",
      'models/v.sql': "{{ config(materialized='view') }} select 1 as id",
      'models/d.yml': `models:\n  - name: t\n    ${described}\n  - name: v\n    ${described}\n`,
    });
    dbt.ok(['run']);
    dbt.ok(['docs', 'generate']);
    const { nodes } = dbt.artifact<{
      nodes: Record<
        string,
        { metadata: { comment: string; type: string }; columns: Record<string, { comment: string }> }
      >;
    }>('catalog.json');
    const seen = Object.values(nodes).map((node) => [
      node.metadata.type,
      node.metadata.comment,
      node.columns.id?.comment,
    ]);
    expect(seen.sort()).toEqual([
      ['BASE TABLE', 'it\'s "what" $1 is', "a 'key'"],
      ['VIEW', 'it\'s "what" $1 is', "a 'key'"],
    ]);
  });

  test('contracts: types are checked, constraints hold', async () => {
    const yml = (type: string) => `models:
  - name: t
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: ${type}, constraints: [{type: not_null}, {type: check, expression: id > 0}]}
      - {name: word, data_type: varchar}
    constraints: [{type: unique, columns: [id]}]
`;
    const dbt = project({
      'models/t.sql':
        "{{ config(materialized='table') }} select cast('a' as varchar) as word, cast({{ var('id', 1) }} as integer) as id",
      'models/t.yml': yml('integer'),
    });
    dbt.ok(['run']);
    dbt.ok(['run']);
    expect(await dbt.lines('select id, word from {schema}.t')).toEqual(['1|a']);
    const broken = dbt.xform(['run', '--vars', 'id: -1']);
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringMatching(/check/i)]);
    expect(await dbt.lines('select id, word from {schema}.t')).toEqual(['1|a']);
    dbt.write('models/t.yml', yml('date'));
    const mismatch = dbt.xform(['run']);
    expect([mismatch.code, mismatch.stdout]).toEqual([1, expect.stringContaining('data type mismatch')]);
  });

  test('an error of the warehouse points into the file', () => {
    const dbt = project({ 'models/m.sql': 'select\n  1 as fine,\n  no_such_column\nfrom (select 1 as id) as t\n' });
    const { code, stdout } = dbt.xform(['run']);
    expect(code).toBe(1);
    expect(stdout).toContain('no_such_column');
    expect(stdout).toMatch(/models\/m\.sql:3:3/);
  });

  it.skipIf(subject.missing !== undefined || !capabilities.cancel)('an interrupt stops the statement', async () => {
    const dbt = project({
      'models/endless.sql':
        "{{ config(materialized='table') }} select count(*) as n from generate_series(1, 3000000) as a, generate_series(1, 3000000) as b",
    });
    const process_ = spawn(process.execPath, [ensureBuilt(root), 'run'], {
      cwd: dbt.folder,
      env: { PATH: process.env.PATH, HOME: dbt.folder },
    });
    let said = '';
    process_.stdout.on('data', (text) => {
      said += text;
      if (/START sql table model/.test(String(text))) setTimeout(() => process_.kill('SIGINT'), 500);
    });
    const code = await new Promise((resolve) => process_.once('exit', resolve));
    expect(code).not.toBe(0);
    expect(said).toContain('START sql table model');
    expect(await dbt.relations()).toEqual([]);
  });
});
