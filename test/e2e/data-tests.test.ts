import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

const model = "select 1 as id, 'a' as kind union all select 1, 'b' union all select null, 'c'\n";
const byName = (project: TemporaryProject) =>
  Object.fromEntries(
    project
      .artifact<RunResults>('run_results.json')
      .results.map((result) => [result.unique_id.split('.')[2], [result.status, result.failures]]),
  );

describe('data tests', () => {
  it('count failures, and skip what stands on the model', async () => {
    const project = new TemporaryProject({
      'models/m.sql': model,
      'models/after.sql': "select * from {{ ref('m') }}",
      'models/last.sql': "select * from {{ ref('after') }}",
      'models/beside.sql': 'select 1 as x',
      'models/m.yml': 'models:\n  - name: m\n    columns:\n      - {name: id, data_tests: [unique, not_null]}\n',
    });
    const { code, stdout } = project.xform(['build']);
    expect(code).toBe(1);
    expect(byName(project)).toEqual({
      m: ['success', null],
      beside: ['success', null],
      unique_m_id: ['fail', 1],
      not_null_m_id: ['fail', 1],
      after: ['skipped', null],
      last: ['skipped', null],
    });
    expect(stdout).toMatch(/ FAIL 1 unique_m_id \.+ \[FAIL 1 in \d+\.\d\ds\]$/m);
    expect(stdout).toMatch(/ SKIP relation main\.after \.+ \[SKIP\]$/m);
    expect(stdout).toContain('Got 1 result, configured to fail if != 0');
    expect(stdout).toContain('Done. PASS=2 WARN=0 ERROR=2 SKIP=2 NO-OP=0 REUSED=0 TOTAL=6');
    expect(await project.column('select table_name from information_schema.tables order by all')).toEqual([
      'beside',
      'm',
    ]);
  });

  it('obey severity, warn_if, error_if, where, limit and fail_calc', () => {
    const project = new TemporaryProject({
      'models/m.sql': 'select 1 as id, range as n from range(5)\n',
      'models/m.yml': `models:
  - name: m
    columns:
      - name: n
        data_tests:
          - not_null: {name: passes}
          - below: {name: fails, arguments: {than: 2}}
          - below: {name: warns, arguments: {than: 2}, config: {severity: warn}}
          - below: {name: warns_by_count, arguments: {than: 2}, config: {warn_if: '>1', error_if: '>10'}}
          - below: {name: fails_by_count, arguments: {than: 2}, config: {warn_if: '>1', error_if: '>2'}}
          - below: {name: few_enough, arguments: {than: 2}, config: {warn_if: '>5', error_if: '>10'}}
          - below: {name: where_it_counts, arguments: {than: 2}, config: {where: 'n < 2'}}
          - below: {name: limited, arguments: {than: 2}, config: {limit: 1}}
          - below: {name: summed, arguments: {than: 2}, config: {fail_calc: 'sum(n)'}}
`,
      'tests/generic/below.sql':
        '{% test below(model, column_name, than) %}select * from {{ model }} where {{ column_name }} >= {{ than }}{% endtest %}',
    });
    expect(project.xform(['build']).code).toBe(1);
    expect(byName(project)).toEqual({
      m: ['success', null],
      passes: ['pass', 0],
      fails: ['fail', 3],
      warns: ['warn', 3],
      warns_by_count: ['warn', 3],
      fails_by_count: ['fail', 3],
      few_enough: ['pass', 0],
      where_it_counts: ['pass', 0],
      limited: ['fail', 1],
      summed: ['fail', 9],
    });
    const { code, stdout } = project.xform(['test', '--select', 'warns']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ WARN 3 warns \.+ \[WARN 3 in \d+\.\d\ds\]$/m);
    expect(project.xform(['test', '--select', 'warns', '--warn-error']).code).toBe(1);
  });

  it('keep the rows that fail, with --store-failures and where config says so', async () => {
    const project = new TemporaryProject({
      'models/m.sql': model,
      'models/m.yml':
        'models:\n  - name: m\n    columns:\n      - name: id\n        data_tests:\n          - not_null\n          - unique: {config: {store_failures: true, alias: twice, schema: failed}}\n',
    });
    const { stdout } = project.xform(['build']);
    expect(stdout).toContain('select * from "shop"."main_failed"."twice"');
    expect(await project.rows('from main_failed.twice')).toEqual([{ unique_field: 1, n_records: '2' }]);
    const { nodes } = project.artifact<{ nodes: Record<string, { name: string; relation_name: string | null }> }>(
      'manifest.json',
    );
    const relations = Object.values(nodes).map((node) => [node.name, node.relation_name]);
    expect(Object.fromEntries(relations)).toEqual({
      m: '"shop"."main"."m"',
      not_null_m_id: null,
      unique_m_id: '"shop"."main_failed"."twice"',
    });
    project.xform(['test', '--store-failures']);
    expect(await project.rows('select id, kind from main_dbt_test__audit.not_null_m_id')).toEqual([
      { id: null, kind: 'c' },
    ]);
  });

  it('of what is switched off are in the manifest, switched off too', () => {
    const project = new TemporaryProject({
      'models/m.sql': '{{ config(enabled=false) }} select 1 as id',
      'models/m.yml': `sources:
  - name: raw
    config: {enabled: false}
    tables: [{name: t, columns: [{name: id, data_tests: [not_null]}]}]
models:
  - {name: m, columns: [{name: id, data_tests: [unique]}]}
`,
    });
    expect(project.ok(['parse'])).toMatch(/^Found \d+ macros$/m);
    const { nodes } = project.artifact<{ nodes: Record<string, Record<string, unknown>> }>('manifest.json');
    expect(Object.values(nodes)).toMatchObject([
      { name: 'source_not_null_raw_t_id', attached_node: null, config: { enabled: false }, depends_on: { nodes: [] } },
      { name: 'unique_m_id', attached_node: 'model.shop.m', config: { enabled: false }, depends_on: { nodes: [] } },
    ]);
    expect(project.ok(['build'])).toContain('Nothing to do.');
  });

  it('may be any query, and may be macros of the project', () => {
    const project = new TemporaryProject({
      'models/m.sql': 'select 1 as id',
      'tests/no_rows.sql': "select * from {{ ref('m') }} where id > 1",
      'tests/a_row.sql': "{{ config(severity='warn') }} select * from {{ ref('m') }}",
      'macros/unique.sql':
        "{% test unique(model, column_name) %}select 'ours' as mine from {{ model }} limit 0{% endtest %}",
      'models/m.yml': 'models:\n  - name: m\n    columns: [{name: id, data_tests: [unique]}]\n',
    });
    project.ok(['build']);
    expect(byName(project)).toEqual({
      m: ['success', null],
      no_rows: ['pass', 0],
      a_row: ['warn', 1],
      unique_m_id: ['pass', 0],
    });
    project.ok(['compile', '--select', 'unique_m_id']);
    expect(project.texts().some((text) => text.includes("select 'ours' as mine"))).toBe(true);
  });
});

describe('unit tests', () => {
  const files = (expected: string): Record<string, string> => ({
    'models/src.sql': 'select 1 as id, 5 as amount',
    'models/m.sql': "select id, sum(amount) as total from {{ ref('src') }} group by id",
    'models/m.yml': `unit_tests:
  - name: adds_up
    model: m
    given:
      - input: ref('src')
        rows: [{id: 1, amount: 2}, {id: 1, amount: 3}, {id: 2, amount: 7}]
    expect:
      rows: ${expected}
`,
  });

  it('pass where the model gives what is expected', () => {
    const project = new TemporaryProject(files('[{id: 1, total: 5}, {id: 2, total: 7}]'));
    expect(project.ok(['build'])).toMatch(/ PASS m::adds_up \.+ \[PASS in \d+\.\d\ds\]$/m);
    expect(project.statuses()['unit_test.shop.m.adds_up']).toBe('pass');
  });

  it('take the rows of a seed where the input gives none', () => {
    const project = new TemporaryProject({
      ...files('[{id: 1, total: 12}]'),
      'seeds/src.csv': 'id;amount\n1;5\n1;7\n',
      'seeds/src.yml': "seeds: [{name: src, config: {delimiter: ';'}}]",
      'models/m.yml': `unit_tests:
  - name: adds_up
    model: m
    given: [{input: ref('src')}]
    expect: {rows: [{id: 1, total: 12}]}
`,
    });
    rmSync(join(project.folder, 'models/src.sql'));
    project.ok(['build']);
    expect(project.statuses()['unit_test.shop.m.adds_up']).toBe('pass');
  });

  it('fail with the difference, and the model is not built', async () => {
    const project = new TemporaryProject(files('[{id: 1, total: 6}, {id: 2, total: 7}]'));
    const { code, stdout } = project.xform(['build']);
    expect(code).toBe(1);
    expect(stdout).toContain('actual differs from expected:');
    expect(stdout).toMatch(/5\D+6|6\D+5/);
    expect(project.statuses()).toEqual({
      'model.shop.src': 'success',
      'unit_test.shop.m.adds_up': 'fail',
      'model.shop.m': 'skipped',
    });
    expect(await project.column('select table_name from information_schema.tables')).toEqual(['src']);
  });

  it('leave what was compiled and run for them, as files that bear their names', () => {
    const project = new TemporaryProject(files('[{id: 1, total: 6}, {id: 2, total: 7}]'));
    const { stdout } = project.xform(['build']);
    const place = 'shop/models/m.yml/models/adds_up.sql';
    expect(stdout).toContain(`compiled code at target/compiled/${place}`);
    const compiled = project.read(`target/compiled/${place}`);
    expect(compiled).toContain('with __dbt__cte__src as');
    expect(compiled).toContain('select id, sum(amount) as total from __dbt__cte__src');
    expect(project.read(`target/run/${place}`)).toContain(compiled.slice(-40).trim());
  });

  it('are made for each version of the model that they name', () => {
    const project = new TemporaryProject({
      'models/v_v1.sql': 'select 1 as id',
      'models/v_v2.sql': 'select 2 as id',
      'models/v_v3.sql': "select id + 1 as id from {{ ref('v', v=2) }}",
      'models/v.yml': `models: [{name: v, versions: [{v: 1}, {v: 2}, {v: 3}]}]
unit_tests:
  - {name: all_of_them, model: v, given: [], expect: {rows: [{id: 1}]}}
  - {name: second, model: v, versions: {include: [2]}, given: [], expect: {rows: [{id: 2}]}}
  - name: third
    model: v
    versions: {exclude: [1, 2]}
    given: [{input: "ref('v', v=2)", rows: [{id: 7}]}]
    expect: {rows: [{id: 8}]}
`,
    });
    expect(project.ok(['--quiet', 'ls', '--resource-type', 'unit_test'])).toBe(
      ['all_of_them_v1', 'all_of_them_v2', 'all_of_them_v3', 'second_v2', 'third_v3']
        .map((name) => `unit_test:shop.${name}\n`)
        .join(''),
    );
    project.ok(['run']);
    project.xform(['test']);
    expect(project.statuses()).toEqual({
      'unit_test.shop.v.all_of_them_v1': 'pass',
      'unit_test.shop.v.all_of_them_v2': 'fail',
      'unit_test.shop.v.all_of_them_v3': 'fail',
      'unit_test.shop.v.second_v2': 'pass',
      'unit_test.shop.v.third_v3': 'pass',
    });
    expect(project.read('target/compiled/shop/models/v.yml/models/all_of_them_v2.sql')).toContain('select 2 as id');
    project.write('models/v_v3.sql', "select id + 2 as id from {{ ref('v', v=2) }}");
    expect(project.xform(['test', '--select', 'third']).code).toBe(1);
  });
});
