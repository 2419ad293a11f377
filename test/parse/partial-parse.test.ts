import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, type Settings } from '../../src/api/index.ts';
import { comparable } from './comparable.ts';

/** What may stand in each file: the first is how it begins; null stands for no file. */
const variants: Readonly<Record<string, readonly (string | null)[]>> = {
  'dbt_project.yml': [
    `name: shop
profile: shop
vars: {first_day: "2020-01-01", shop: {size: 3}}
models: {shop: {marts: {+materialized: view}}}
on-run-start: ["select 1"]
`,
    `name: shop
profile: shop
vars: {first_day: "2021-01-01", shop: {size: 3.0}}
models: {shop: {marts: {+materialized: table}}, tools: {+tags: [of_tools]}}
on-run-start: ["select 2", "select 3"]
`,
    `name: shop
profile: shop
vars: {first_day: "2020-01-01", shop: {size: 4}}
models: {shop: {marts: {+materialized: table, old: {+enabled: false}}, staging: {+schema: raw}}}
data_tests: {+severity: warn}
sources: {shop: {+tags: [given]}}
seeds: {shop: {+quote_columns: "{{ env_var('QUOTE', 'true') | as_bool }}"}}
`,
  ],
  'profiles.yml': [
    'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}, prod: {type: duckdb, path: shop.duckdb, threads: 7}}}\n',
  ],
  'packages.yml': ['packages: [{local: tools}]\n'],
  'dbt_packages/tools/dbt_project.yml': [
    'name: tools\nversion: 1.0.0\n',
    'name: tools\nversion: 1.0.0\nmodels: {+alias: tooled}\n',
  ],
  'dbt_packages/tools/models/tool.sql': [
    'select {{ cents(1) }} as a',
    'select {{ cents(2) }} as a, {{ target.threads }} as b',
  ],
  'dbt_packages/tools/macros/cents.sql': [
    '{% macro cents(n) %}{{ return(adapter.dispatch("cents", "tools")(n)) }}{% endmacro %}{% macro default__cents(n) %}{{ n }}{% endmacro %}',
    '{% macro cents(n) %}{{ return(adapter.dispatch("cents", "tools")(n)) }}{% endmacro %}{% macro default__cents(n) %}{{ config(tags=["cents"]) }}{{ n }}{% endmacro %}',
  ],
  'macros/names.sql': [
    '{% macro nothing() %}{% endmacro %}',
    '{% macro nothing() %}1{% endmacro %}',
    '{% macro nothing() %}{% endmacro %}{% macro generate_alias_name(custom_alias_name=none, node=none) %}x_{{ node.name }}{% endmacro %}',
    '{% macro duckdb__cents(n) %}{{ ref("names") }}{{ n }}{% endmacro %}',
    null,
  ],
  'macros/least.sql': [
    '{% macro least_one() %}{{ var("size") }}{% endmacro %}{% macro test_positive(model, column_name) %}select * from {{ model }} where {{ column_name }} < 0{% endmacro %}',
    '{% macro least_one() %}{{ ref("names") and 1 }}{% endmacro %}{% macro test_positive(model, column_name) %}{{ config(tags=["p"]) }}select 1{% endmacro %}',
  ],
  'models/staging/stg_orders.sql': [
    "select * from {{ source('raw', 'orders') }} where day > '{{ var('first_day') }}'",
    "{{ config(tags=[env_var('TAG', 'none')]) }} select * from {{ source('raw', 'orders') }}",
    "{{ config(enabled=var('with_orders', true)) }} select * from {{ source('raw', 'orders') }}",
  ],
  'models/staging/stg_items.sql': ['select 1 as id, {{ least_one() }} as n', 'select 2 as id', null],
  'models/marts/orders.sql': [
    "{{ config(schema=target.name) }} select * from {{ ref('stg_orders') }}",
    "select *, 1 as one from {{ ref('stg_orders') }} join {{ ref('names') }} using (id)",
    "select * from {{ ref('stg_orders') }} where {{ flags.FULL_REFRESH }}",
  ],
  'models/marts/customers_v1.sql': ['select 1 as id', 'select 3 as id'],
  'models/marts/customers_v2.sql': ['select 1 as id, 2 as b', null],
  'models/marts/old/late.sql': [
    "select * from {{ ref('orders') }}",
    "select * from {{ ref('orders') }}, {{ ref('tool') }}",
    null,
  ],
  'models/marts/more.sql': [
    null,
    "select * from {{ ref('customers', v=1) }}",
    '{{ config(materialized="ephemeral") }} select 1 as id',
  ],
  'models/staging.yml': [
    `sources:
  - name: raw
    tables: [{name: orders, columns: [{name: id, data_tests: [not_null, unique]}]}]
models:
  - name: stg_orders
    description: "{{ doc('orders') }}"
    columns: [{name: id, data_tests: [unique, not_null, positive]}]
  - name: stg_items
    columns: [{name: id, data_tests: [{relationships: {arguments: {to: "ref('stg_orders')", field: id}}}]}]
`,
    `sources:
  - name: raw
    schema: "{{ var('raw_schema', 'raw') }}"
    tables: [{name: orders}, {name: others}]
models:
  - name: stg_items
    columns: [{name: id, data_tests: [{relationships: {arguments: {to: "ref('orders')", field: id}}}, positive]}]
  - name: nowhere
    columns: [{name: id, data_tests: [unique]}]
  - name: stg_orders
    config: {meta: {n: 3}}
    data_tests: [{dbt_expectations_like: {arguments: {a: 1}, config: {enabled: false}}}]
`,
    `sources:
  - name: raw
    tables: [{name: orders, description: "{{ doc('orders') }}"}]
models:
  - name: stg_orders
    config: {meta: {n: 3.0}, contract: {enforced: true}}
    columns: [{name: id, data_type: int, constraints: [{type: primary_key}], data_tests: [{positive: {config: {where: "id < {{ var('size') }}"}}}]}]
`,
  ],
  'models/marts.yml': [
    `models:
  - name: customers
    latest_version: 1
    columns: [{name: id, data_tests: [unique]}]
    versions: [{v: 1}, {v: 2, columns: [{include: all, exclude: [id]}, {name: b, data_tests: [not_null]}]}]
  - name: orders
    access: public
unit_tests:
  - name: adds_nothing
    model: orders
    given: [{input: ref('stg_orders'), rows: [{id: 1}]}]
    expect: {rows: [{id: 1}]}
exposures:
  - {name: board, type: dashboard, owner: {name: A}, depends_on: [ref('orders')]}
macros:
  - name: least_one
    description: "{{ doc('orders') }}"
`,
    `models:
  - name: customers
    latest_version: 1
    versions: [{v: 1}, {v: 3, defined_in: customers_v2}]
  - name: orders
    columns: [{name: id, data_tests: [unique, {accepted_values: {arguments: {values: [1, 2]}}}]}]
unit_tests:
  - name: adds_nothing
    model: orders
    given: [{input: ref('stg_orders'), rows: [{id: 1}], format: dict}]
    expect: {fixture: expected, format: csv}
exposures:
  - {name: board, type: dashboard, owner: {name: A}, depends_on: [ref('orders'), "source('raw', 'orders')"]}
`,
    'models: [{name: orders, columns: [{name: id]}]\n',
    null,
  ],
  'models/metrics.yml': [
    null,
    `semantic_models:
  - name: sm_orders
    model: ref('orders')
    defaults: {agg_time_dimension: day}
    entities: [{name: id, type: primary}]
    dimensions: [{name: day, type: time, type_params: {time_granularity: day}}]
    measures: [{name: amount, agg: sum, create_metric: true}]
metrics:
  - {name: total, label: Total, type: simple, type_params: {measure: amount}}
`,
  ],
  'models/docs.md': [
    '{% docs orders %}What was bought.{% enddocs %}\n',
    '{% docs orders %}Something else.{% enddocs %}\n',
  ],
  'seeds/names.csv': ['id,name\n1,a\n', 'id,name\n2,b\n'],
  'tests/none.sql': [
    "select * from {{ ref('orders') }} where id < 0\n",
    "select * from {{ ref('names') }} where false",
    null,
  ],
  'tests/fixtures/expected.csv': ['id\n1\n', 'id\n2\n'],
  'snapshots/kept.sql': [
    `{% snapshot a_kept %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('orders') }}{% endsnapshot %}
{% snapshot b_kept %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('names') }}{% endsnapshot %}`,
    `{% snapshot b_kept %}{{ config(unique_key='id', strategy='check', check_cols=['id']) }} select * from {{ ref('names') }}{% endsnapshot %}
{% snapshot c_kept %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select 1 as id{% endsnapshot %}`,
  ],
  'snapshots/kept.yml': [
    null,
    'snapshots: [{name: b_kept, description: One., columns: [{name: id, data_tests: [unique]}]}, {name: y_kept, relation: "ref(\'names\')", config: {unique_key: id, strategy: check, check_cols: all}}]\n',
    'snapshots: [{name: b_kept, description: Two.}, {name: c_kept, description: Three.}]\n',
  ],
};

/** What may be said from outside. */
const settingVariants: readonly (readonly [string, readonly unknown[]])[] = [
  ['vars', [undefined, { size: 5 }, { with_orders: false }, { raw_schema: 'given' }]],
  ['target', [undefined, 'prod']],
  ['fullRefresh', [undefined, true]],
];
const envVariants: readonly (readonly [string, readonly (string | undefined)[]])[] = [
  ['TAG', [undefined, 'daily']],
  ['QUOTE', [undefined, 'false']],
];

/** A project on disk whose files can be changed. */
function makeProject() {
  const cwd = mkdtempSync(join(tmpdir(), 'xform-partial-'));
  const write = (path: string, text: string | null): void => {
    const file = join(cwd, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === null) rmSync(file, { force: true });
    else writeFileSync(file, text);
  };
  for (const [path, [text = null]] of Object.entries(variants)) write(path, text);
  return { cwd, write };
}

/** Numbers from 0 to n - 1, the same for the same seed. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const outcome = ({ success, problems, value }: Awaited<ReturnType<typeof parse>>): unknown =>
  comparable({ success, problems, manifest: value });

describe('partial parsing', () => {
  it('gives what a full parse gives, after any edits', async () => {
    const { cwd, write } = makeProject();
    const pick = numbers(Number(process.env.XFORM_TEST_SEED ?? 7));
    const env: Record<string, string> = {};
    const settings: Record<string, unknown> = {};
    const log: string[] = [];
    const paths = Object.keys(variants).filter((path) => variants[path]!.length > 1);
    const edit = (): void => {
      const chance = pick(10);
      if (chance === 0) {
        const [name, values] = settingVariants[pick(settingVariants.length)]!;
        settings[name] = values[pick(values.length)];
        log.push(`${name} = ${JSON.stringify(settings[name])}`);
      } else if (chance === 1) {
        const [name, values] = envVariants[pick(envVariants.length)]!;
        const value = values[pick(values.length)];
        if (value === undefined) delete env[name];
        else env[name] = value;
        log.push(`env ${name} = ${value}`);
      } else {
        const path = paths[pick(paths.length)]!;
        const number = pick(variants[path]!.length);
        write(path, variants[path]![number]!);
        log.push(`${path} #${number}`);
      }
    };
    const steps = Number(process.env.XFORM_TEST_EDITS ?? 25);
    let green = 0;
    for (let step = 0; step < steps; step++) {
      for (let more = pick(3); more >= 0; more--) edit();
      const given = { cwd, env, ...settings } as Settings;
      const partial = await parse(given);
      const full = await parse({ ...given, partialParse: false });
      expect(outcome(partial), log.join('\n')).toEqual(outcome(full));
      expect(Object.keys(partial.value?.nodes ?? {}), log.join('\n')).toEqual(Object.keys(full.value?.nodes ?? {}));
      if (full.success) green += 1;
    }
    // Some of the states must be good ones: a project with errors is always parsed as a whole.
    expect(green).toBeGreaterThan(steps / 8);
  }, 600_000);

  it('leaves alone what a change does not reach', async () => {
    const { cwd, write } = makeProject();
    const made = async (settings: Settings = {}): Promise<Map<string, number>> => {
      const { value } = await parse({ cwd, ...settings });
      return new Map(Object.entries(value!.nodes).map(([id, node]) => [id, node.created_at]));
    };
    const first = await made();
    const again = async (settings: Settings = {}): Promise<string[]> =>
      [...(await made(settings))].flatMap(([id, time]) => (first.get(id) === time ? [] : [id.split('.', 3)[2]!]));
    const hook = 'shop-on-run-start-0';
    write('models/marts/orders.sql', "select 7 as id, * from {{ ref('stg_orders') }}");
    expect(await again()).toEqual(['orders', hook]);
    write('models/marts/orders.sql', variants['models/marts/orders.sql']![0]!);
    expect(await again()).toEqual([]);
    expect((await again({ vars: { size: 9 } })).toSorted()).toEqual(
      ['stg_items', 'relationships_stg_items_id__id__ref_stg_orders_', hook].toSorted(),
    );
    expect(await again({ target: 'prod' })).toEqual(['orders', hook]);
    write('dbt_packages/tools/macros/cents.sql', variants['dbt_packages/tools/macros/cents.sql']![1]!);
    expect(await again()).toEqual(['tool', hook]);
  }, 120_000);
});
