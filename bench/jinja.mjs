// Times the Jinja room on models of about 60 lines: parsing, compiling, rendering, and loading from the compile cache.
// Usage: node bench/jinja.mjs [models]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const COUNT = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'bench-jinja-'));
const bundled = join(folder, 'jinja.mjs');
await build({
  stdin: {
    contents: `export * from './index.ts'; export { parse } from './parser.ts'; export { SourceText } from './source-text.ts';`,
    resolveDir: new URL('../src/jinja', import.meta.url).pathname,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: bundled,
  logLevel: 'error',
});
const jinja = await import(pathToFileURL(bundled).href);

/** A model with the things models are made of, different in every one. */
function model(n) {
  const columns = Array.from({ length: 16 }, (_, i) => `    source_${n}.column_${i} as c_${i},`).join('\n');
  return `{{ config(materialized='table', tags=['daily', 'n${n}'], meta={'owner': {'team': 'data'}}) }}
{% set methods = ['card', 'cash', 'coupon', 'gift_${n}'] %}
{%- set ns = namespace(total=0) -%}
with source_${n} as (
    select * from {{ ref('stg_orders_${n}') }}
    {% if is_incremental() %}
    where updated_at > (select max(updated_at) from {{ this }})
    {% endif %}
),
pivoted as (
    select
${columns}
        {% for method in methods %}
        sum(case when method = '{{ method }}' then {{ cents('amount', 2) }} else 0 end) as {{ method | lower }}_amount{% if not loop.last %},{% endif %}
        {%- set ns.total = ns.total + 1 %}
        {% endfor %}
    from source_${n}
    left join {{ source('raw', 'payments') }} p on p.id = source_${n}.id
    {%- for key, value in {'a': 1, 'b': 2, 'c': ${n}}.items() %}
    and p.{{ key }} = {{ value }} -- {{ loop.index }} of {{ loop.length }}
    {%- endfor %}
),
{# a comment #}
final as (
    select *, {{ ns.total }} as methods, '{{ var("start", "2020-01-01") }}' as started,
        {{ "coalesce(x, 0)" if ${n} % 2 == 0 else "x" }} as x
    from pivoted
    {% set filter = "state in ('" ~ ['open', 'closed'] | join("', '") ~ "')" %}
    where {{ filter }}
)
select
    *,
    row_number() over (partition by id order by created_at) as rn
from final
{% if target.name == 'dev' %}limit 100{% endif %}
`;
}

const text = (make) => new jinja.PyFunction('f', make);
const names = new Map(
  Object.entries({
    config: text(() => ''),
    ref: text(([name]) => `"db"."schema"."${name}"`),
    source: text(([, name]) => `"raw"."${name}"`),
    var: text(([, fallback]) => fallback),
    is_incremental: text(() => true),
    this: '"db"."schema"."me"',
    target: new jinja.PyDict([['name', 'dev']]),
  }),
);
const scope = { lookup: (name) => names.get(name) };
const macro = '{% macro cents(column, digits=2) %}({{ column }} / 100)::numeric(16, {{ digits }}){% endmacro %}';
names.set('cents', jinja.compileMacro(jinja.extractBlocks(macro, 'm.sql')[0], macro, 'm.sql').bind(scope, 'pkg.cents'));

const sources = Array.from({ length: COUNT }, (_, n) => model(n));
const rows = [];
async function time(label, run) {
  const start = performance.now();
  const result = await run();
  rows.push([label, ((performance.now() - start) / COUNT).toFixed(4)]);
  return result;
}

await time('parse', () => sources.map((source) => jinja.parse(new jinja.SourceText('m.sql', source))));
const templates = await time('compile: parse, tree kept', () =>
  sources.map((source) => jinja.compileTemplate(source, 'm.sql')),
);
await time('first render, with code generation', () => templates.map((template) => template.render(scope).text.length));
for (let i = 0; i < 3; i++) await time('render', () => templates.map((template) => template.render(scope).text.length));
await time('first waiting render, with parse and code generation', async () => {
  for (const template of templates) await jinja.drive(template.renderWaiting(scope));
});
for (let i = 0; i < 2; i++) {
  await time('waiting render', async () => {
    for (const template of templates) await jinja.drive(template.renderWaiting(scope));
  });
}
await time('static calls, with parse', () => templates.map((template) => template.calls().length));
const cold = jinja.CompileCache.open(folder);
for (const source of sources) jinja.compileTemplate(source, 'm.sql', { cache: cold }).render(scope);
await time('save the cache', () => cold.save());
const warm = await time('open the cache', () => jinja.CompileCache.open(folder));
const loaded = await time('compile from the cache', () =>
  sources.map((source) => jinja.compileTemplate(source, 'm.sql', { cache: warm })),
);
await time('first render from the cache', () => loaded.map((template) => template.render(scope).text.length));

console.log(`${COUNT} models, ${sources[0].split('\n').length} lines, ms per model`);
for (const [label, ms] of rows) console.log(`  ${ms}  ${label}`);
rmSync(folder, { recursive: true, force: true });
