// Writes dbt projects to measure with: a warehouse of N models as companies have them, or N views that select 1.
// As a command: node bench/generate.mjs DIR [models] [--flat]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const domains = ['sales', 'finance', 'logistics', 'marketing', 'support', 'product', 'people', 'risk'];
const modelsPerSource = 8;

/** Collects the files of a project and writes them at the end; folders are made once. */
function writer(folder) {
  const made = new Set();
  rmSync(folder, { recursive: true, force: true });
  return (name, text) => {
    const file = path.join(folder, name);
    const parent = path.dirname(file);
    if (!made.has(parent)) {
      mkdirSync(parent, { recursive: true });
      made.add(parent);
    }
    writeFileSync(file, text);
  };
}

/** The profile writes the database beside the project, where every command line under measurement finds it. */
const profile = `bench:
  target: dev
  outputs:
    dev: {type: duckdb, path: bench.duckdb, schema: main, threads: 4}
`;

const projectFile = (models, more = '') => `name: bench
version: "1.0"
profile: bench
${more}models:
  bench:
${models}
vars:
  first_day: "2020-01-01"
`;

/** N views without dependencies: what a build costs beyond the SQL it runs. */
export function generateFlat(folder, count) {
  const write = writer(folder);
  write('dbt_project.yml', projectFile('    +materialized: view'));
  write('profiles.yml', profile);
  for (let n = 0; n < count; n++) write(`models/group_${n % 20}/view_${n}.sql`, `select 1 as id, ${n} as n\n`);
  return count;
}

const macros = {
  'money.sql': `{% macro in_currency(column, digits=2) %}round({{ column }} / 100.0, {{ digits }}){% endmacro %}
`,
  'keys.sql': `{% macro key_of(columns) -%}
  md5({% for column in columns %}coalesce(cast({{ column }} as varchar), '-'){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}
`,
  'recent.sql': `{% macro only_newer(relation, column) -%}
  {% if is_incremental() %}where {{ relation }}.{{ column }} > (select max({{ column }}) from {{ this }}){% endif %}
{%- endmacro %}
`,
  'test_in_range.sql': `{% test in_range(model, column_name, low=0, high=none) %}
select * from {{ model }}
where {{ column_name }} < {{ low }}{% if high is not none %} or {{ column_name }} > {{ high }}{% endif %}
{% endtest %}
`,
};

/** Two fifths staging, a third intermediate, the rest marts; the same project on every call. */
function planModels(count) {
  const staging = Math.max(1, Math.round(count * 0.4));
  const intermediate = Math.round(count * 0.33);
  const models = [];
  for (let n = 0; n < count; n++) {
    const domain = domains[n % domains.length];
    if (n < staging) models.push({ name: `stg_${domain}__table_${n}`, domain, layer: 'staging', inputs: [], n });
    else {
      const layer = n < staging + intermediate ? 'intermediate' : 'marts';
      const earlier = layer === 'intermediate' ? staging : staging + intermediate;
      const inputs = Array.from({ length: 1 + (n % 3) }, (_, k) => models[(n * 7 + k * 131) % earlier].name);
      const prefix = layer === 'intermediate' ? 'int' : n % 2 ? 'fct' : 'dim';
      models.push({ name: `${prefix}_${domain}__${n}`, domain, layer, inputs: [...new Set(inputs)], n });
    }
  }
  return models;
}

/** The one table that all sources stand for, made before the first run so that every model and test has rows. */
const rawData = `on-run-start:
  - create schema if not exists raw
  - >
    create table if not exists raw.events as
    select n as id, n % 7 as customer_id, ['Placed', 'Shipped', 'Returned'][n % 3 + 1] as status,
    n * 137 as amount_cents, '2024-01-15 12:00:00' as updated_at from range(20) as numbers(n)
`;

function stagingSql({ domain, n }) {
  return `with source as (
    select * from {{ source('${domain}', 'table_${n}') }}
)

select
    id,
    {{ key_of(['id', 'customer_id']) }} as row_key,
    customer_id,
    lower(status) as status,
    {{ in_currency('amount_cents') }} as amount,
    cast(updated_at as timestamp) as updated_at
from source
where updated_at >= '{{ var("first_day") }}'
`;
}

function joinedSql({ inputs, layer, n }) {
  const incremental = layer === 'marts' && n % 5 === 0;
  const config = incremental ? `{{ config(materialized='incremental', unique_key='id') }}\n\n` : '';
  const ctes = inputs.map((name, k) => `input_${k} as (\n    select * from {{ ref('${name}') }}\n)`).join(',\n\n');
  const joins = inputs.map((_, k) => (k === 0 ? '' : `\nleft join input_${k} on input_${k}.id = input_0.id`)).join('');
  return `${config}{% set statuses = ['placed', 'shipped', 'returned'] %}
with ${ctes}

select
    input_0.id,
    input_0.row_key,
    input_0.customer_id,
    input_0.status,
    input_0.amount,
    input_0.updated_at,
    {% for status in statuses -%}
    case when input_0.status = '{{ status }}' then input_0.amount else 0 end as {{ status }}_amount{{ ',' if not loop.last }}
    {% endfor %}
from input_0${joins}
${incremental ? "{{ only_newer('input_0', 'updated_at') }}\n" : ''}`;
}

function propertiesOf({ name, domain, inputs, n }) {
  const range = n % 10 === 0 ? '\n        data_tests:\n          - in_range: {arguments: {low: 0}}' : '';
  const relationship =
    inputs.length > 2 ? `\n          - relationships: {arguments: {to: "ref('${inputs[1]}')", field: id}}` : '';
  return `  - name: ${name}
    description: Rows of ${domain}, prepared in ${name}.
    config: {tags: [${domain}]}
    columns:
      - name: id
        description: Identifies the row.
        data_tests:
          - unique
          - not_null${relationship}
      - name: status
        description: Where it stands.
        data_tests:
          - accepted_values: {arguments: {values: [placed, shipped, returned]}}
      - name: amount
        description: In the currency of the books.${range}
`;
}

/** A project of `count` models with 3.3 tests each, sources, macros and incremental models. */
export function generateWarehouse(folder, count) {
  const write = writer(folder);
  const layers =
    '    staging: {+materialized: view}\n    intermediate: {+materialized: view}\n    marts: {+materialized: table}';
  write('dbt_project.yml', projectFile(layers, rawData));
  write('profiles.yml', profile);
  for (const [name, text] of Object.entries(macros)) write(`macros/${name}`, text);

  const models = planModels(count);
  const properties = new Map();
  const sources = new Map(domains.map((domain) => [domain, []]));
  for (const model of models) {
    const folderName = `models/${model.layer}/${model.domain}`;
    write(`${folderName}/${model.name}.sql`, model.layer === 'staging' ? stagingSql(model) : joinedSql(model));
    if (model.layer === 'staging')
      sources.get(model.domain).push(`      - {name: table_${model.n}, identifier: events}\n`);
    // One properties file for a handful of models, as most projects have it.
    const file = `${folderName}/_properties_${Math.floor(model.n / (domains.length * modelsPerSource))}.yml`;
    properties.set(file, (properties.get(file) ?? 'version: 2\nmodels:\n') + propertiesOf(model));
  }
  for (const [file, text] of properties) write(file, text);
  for (const [domain, tables] of sources) {
    if (tables.length === 0) continue;
    const head = `version: 2\nsources:\n  - name: ${domain}\n    schema: raw\n    tables:\n`;
    write(`models/staging/${domain}/_sources.yml`, head + tables.join(''));
  }
  return models.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, count = '1000', form] = process.argv.slice(2);
  if (!folder) throw new Error('node bench/generate.mjs DIR [models] [--flat]');
  const generate = form === '--flat' ? generateFlat : generateWarehouse;
  console.log(`${generate(path.resolve(folder), Number(count))} models in ${folder}`);
}
