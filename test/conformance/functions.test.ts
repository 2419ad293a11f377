// User-defined functions, from their files to calls of them: CREATE FUNCTION on Postgres, a macro on DuckDB.
import { afterAll, describe, expect, it } from 'vitest';
import type { RunResults } from '../e2e/temporary-project.ts';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  await Promise.all(all.map((subject) => subject.stop()));
});

const properties = `
functions:
  - name: with_tax
    description: A price with the tax of Norway
    config: {tags: [money], volatility: deterministic}
    arguments:
      - {name: price, data_type: double precision, description: Without tax, default_value: 100}
    returns: {data_type: double precision}
  - name: with_tax_and_tip
    arguments: [{name: price, data_type: double precision}]
    returns: {data_type: double precision}
  - name: area
    arguments: [{name: side, data_type: integer}]
    returns: {data_type: integer}
    overloads:
      - defined_in: area_of_rectangle
        arguments: [{name: width, data_type: integer}, {name: height, data_type: integer}]
`;
const files = {
  'functions/money/with_tax.sql': 'select price * 1.25 -- in this country',
  'functions/money/with_tax_and_tip.sql':
    "select {{ function('with_tax') }}(price) + (select max(tip) from {{ ref('tips') }});",
  'functions/area.sql': 'select side * side',
  'functions/area_of_rectangle.sql': 'select {{ multiplied() }}',
  'functions/functions.yml': properties,
  'macros/multiplied.sql': '{% macro multiplied() %}width * height{% endmacro %}',
  'models/tips.sql': 'select 10 as tip',
  'models/bill.sql': `select {{ function('with_tax_and_tip') }}(100) as total, {{ function('shop', 'with_tax') }}() as bare,
    {{ function('area') }}(3) as square, {{ function('area') }}(2, 5) as rectangle`,
};

describe.each(all)('functions on $name', (subject) => {
  const test = it.skipIf(subject.missing !== undefined);
  const project = (more: Readonly<Record<string, string>> = {}) =>
    new ConformanceProject(subject, { ...files, ...more });
  const isDuckdb = subject.name === 'duckdb';
  const volatility =
    '[WARNING]: Found `deterministic` volatility specified on function `with_tax`. This volatility is not supported by duckdb, and will be ignored\n';

  test('are built before what calls them, and after what they read', async () => {
    const dbt = project();
    const stdout = dbt.ok(['build', '--threads', '1']);
    expect(await dbt.lines('select total, bare, square, rectangle from {schema}.bill')).toEqual(['135|125|9|10']);
    const ended = [...stdout.matchAll(/OK created (.*?) \.+ \[(\w+)/g)].map(([, what]) => what);
    const named = (kind: string, name: string): string => `${kind} ${dbt.schema}.${name}`;
    expect(ended.filter((line) => !line?.includes(' overload '))).toEqual([
      named('function', 'area'),
      named('function', 'with_tax'),
      named('sql view model', 'tips'),
      named('function', 'with_tax_and_tip'),
      named('sql view model', 'bill'),
    ]);
    expect(stdout).toContain('Finished running 3 functions, 2 view models in');
    expect(stdout.includes(volatility)).toBe(isDuckdb);
    expect(dbt.ok(['check'])).toContain('All columns are known of 2');
    // Once more, over those that are there.
    dbt.ok(['build', '--select', 'with_tax+']);
    expect(await dbt.lines('select total from {schema}.bill')).toEqual(['135']);
  });

  test('stand in the manifest and the results as dbt writes them', () => {
    const dbt = project();
    dbt.ok(['build']);
    const { functions, nodes } = JSON.parse(dbt.read('target/manifest.json'));
    expect(Object.keys(functions).sort()).toEqual([
      'function.shop.area',
      'function.shop.with_tax',
      'function.shop.with_tax_and_tip',
    ]);
    expect(functions['function.shop.with_tax']).toMatchObject({
      returns: { data_type: 'double precision', description: null },
      path: 'money/with_tax.sql',
      original_file_path: 'functions/money/with_tax.sql',
      fqn: ['shop', 'money', 'with_tax'],
      config: { materialized: 'function', type: 'scalar', volatility: 'deterministic', tags: ['money'] },
      description: 'A price with the tax of Norway',
      arguments: [{ name: 'price', data_type: 'double precision', description: 'Without tax', default_value: 100 }],
      depends_on: { macros: [], nodes: [] },
      compiled_path: 'target/compiled/shop/functions/money/with_tax.sql',
      overloads: [],
    });
    expect(functions['function.shop.with_tax_and_tip'].depends_on.nodes).toEqual([
      'model.shop.tips',
      'function.shop.with_tax',
    ]);
    expect(functions['function.shop.area'].overloads).toEqual([
      {
        defined_in: 'area_of_rectangle',
        arguments: ['width', 'height'].map((name) => ({
          name,
          data_type: 'integer',
          description: null,
          default_value: null,
        })),
        returns: null,
        description: null,
        raw_body: 'select {{ multiplied() }}',
        compiled_body: 'select width * height',
      },
    ]);
    expect(nodes['model.shop.bill'].functions).toEqual([
      ['with_tax_and_tip'],
      ['shop', 'with_tax'],
      ['area'],
      ['area'],
    ]);
    const { results } = dbt.artifact<RunResults>('run_results.json');
    const area = results.find(({ unique_id: id }) => id === 'function.shop.area');
    expect(area).toMatchObject({
      status: 'success',
      compiled_code: 'select side * side',
      overload_results: { successful: ['area_of_rectangle'], failed: [] },
    });
  });

  test('are selected like other nodes, and run only by build', async () => {
    const dbt = project();
    const listed = (...args: string[]): string[] =>
      dbt
        .ok(['-q', 'ls', ...args])
        .trim()
        .split('\n')
        .sort();
    expect(listed('--resource-type', 'function')).toEqual([
      'shop.area',
      'shop.money.with_tax',
      'shop.money.with_tax_and_tip',
    ]);
    expect(listed('--select', '+with_tax_and_tip')).toEqual([
      'shop.money.with_tax',
      'shop.money.with_tax_and_tip',
      'shop.tips',
    ]);
    expect(listed('--select', 'tag:money')).toEqual(['shop.money.with_tax']);
    expect(listed('--select', 'path:functions/money')).toEqual(['shop.money.with_tax', 'shop.money.with_tax_and_tip']);
    expect(dbt.ok(['run', '--select', 'area'])).toContain('Nothing to do');
    dbt.ok(['build', '--resource-type', 'function', '--select', 'with_tax', 'area']);
    expect(dbt.ok(['-q', 'show', '--inline', "select {{ function('area') }}(7) as a"])).toContain('49');
  });

  test('are read again when a file of theirs changes, the file of an overload too', async () => {
    const dbt = project();
    dbt.ok(['build']);
    dbt.write('macros/multiplied.sql', '{% macro multiplied() %}2 * (width + height){% endmacro %}');
    expect(dbt.ok(['-q', 'ls', '--select', 'area'])).toBe('shop.area\n');
    dbt.ok(['build']);
    expect(await dbt.lines('select rectangle from {schema}.bill')).toEqual(['14']);
    dbt.write('functions/area_of_rectangle.sql', 'select width * height * 100');
    dbt.ok(['build']);
    expect(await dbt.lines('select rectangle from {schema}.bill')).toEqual(['1000']);
    const state = dbt.read('target/manifest.json');
    dbt.write('state/manifest.json', state);
    dbt.write('functions/area.sql', 'select side * side * 2');
    const modified = dbt.ok(['-q', 'ls', '--select', 'state:modified', '--state', 'state']);
    expect(modified).toBe('shop.area\n');
  });

  test('a function that cannot be created keeps back what calls it', async () => {
    const dbt = project({ 'functions/area.sql': 'select\n  side *' });
    const { code, stdout } = dbt.xform(['build']);
    expect(code).toBe(1);
    expect(dbt.statuses()).toMatchObject({
      'function.shop.area': 'error',
      'function.shop.with_tax': 'success',
      'model.shop.bill': 'skipped',
    });
    expect(stdout).toContain('in function area (functions/area.sql)');
    expect(stdout).toContain('SKIP relation');
  });

  test('a call of an aggregate that is an expression', async () => {
    if (!isDuckdb) return;
    const dbt = project({
      'functions/mean_square.sql': 'power(sum(x), 2) / count(*);',
      'functions/more.yml':
        'functions:\n  - name: mean_square\n    config: {type: aggregate}\n    arguments: [{name: x, data_type: integer}]\n    returns: {data_type: integer}\n',
      'models/squares.sql': "select {{ function('mean_square') }}(n) as m from (values (1), (2), (3)) as t(n)",
    });
    dbt.ok(['build', '--select', '+squares']);
    expect(await dbt.lines('select m from {schema}.squares')).toEqual(['12']);
  });

  test('a unit test, a hook and another state may call them', async () => {
    const unit = `
unit_tests:
  - name: taxed
    model: taxes
    given: [{input: ref('tips'), rows: [{tip: 8}]}]
    expect: {rows: [{tip: 10}]}
`;
    const dbt = project({
      'models/taxes.sql': "select {{ function('with_tax') }}(tip) as tip from {{ ref('tips') }}",
      'models/unit.yml': unit,
      'models/hooked.sql':
        "{{ config(materialized='table', post_hook=\"insert into {{ this }} select {{ function('area') }}(4)\") }} select 1 as n",
    });
    dbt.ok(['build']);
    expect(await dbt.lines('select n from {schema}.hooked')).toEqual(['1', '16']);
    dbt.write('state/manifest.json', dbt.read('target/manifest.json'));
    // Where it was not built, a call goes to where it was.
    dbt.write(
      'dbt_project.yml',
      `${dbt.read('dbt_project.yml')}\nmodels: {+schema: other}\nfunctions: {+schema: other}\n`,
    );
    dbt.ok(['run', '--select', 'taxes', '--defer', '--state', 'state']);
    expect(await dbt.lines('select tip from {schema}_other.taxes')).toEqual(['12.5']);
  });
});

describe('overloads on postgres', () => {
  const postgres = all.find(({ name }) => name === 'postgres')!;
  it.skipIf(postgres.missing !== undefined)('one that fails leaves the others, and the call fails', async () => {
    const dbt = new ConformanceProject(postgres, { ...files, 'functions/area_of_rectangle.sql': 'select depth' });
    const { code, stdout } = dbt.xform(['build', '--select', 'area', 'tips']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Overload 1 of 1 ERROR creating function area overload area_of_rectangle.* \[ERROR in/s);
    expect(stdout).toContain('column "depth" does not exist');
    expect(stdout).toContain('--> functions/area_of_rectangle.sql:1:8');
    expect(
      dbt.artifact<RunResults>('run_results.json').results.find(({ unique_id: id }) => id === 'function.shop.area'),
    ).toMatchObject({
      status: 'partial success',
      message: 'PARTIAL SUCCESS area',
      overload_results: { successful: [], failed: ['area_of_rectangle'] },
    });
    expect(await dbt.lines('select {schema}.area(3)')).toEqual(['9']);
    dbt.write('functions/area_of_rectangle.sql', 'select width * height');
    dbt.ok(['retry']);
    expect(await dbt.lines('select {schema}.area(3, 2)')).toEqual(['6']);
  });
});
