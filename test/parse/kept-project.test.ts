import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, parse } from '../../src/api/index.ts';
import { comparable } from './comparable.ts';

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: kept
profile: kept
vars: {first_day: "2020-01-01"}
models: {kept: {+materialized: view}}
on-run-start: ["select 1"]
`,
  'profiles.yml': 'kept: {target: dev, outputs: {dev: {type: duckdb, path: kept.duckdb, schema: main}}}\n',
  'models/orders.sql': `{{ config(tags=[env_var('TAG', 'none')], enabled=flags.FAIL_FAST or true) }}
select 1 as id, {{ "'" ~ var('first_day') ~ "'" }} as day
`,
  'models/late.sql': "\n\n  select * from {{ ref('orders') }} where id > {{ least() }}\n",
  'models/all.yml': `models:
  - name: orders
    description: "{{ doc('orders') }}"
    columns: [{name: id, data_tests: [unique, not_null, {accepted_values: {arguments: {values: [1, 2]}}}]}]
  - name: late
    columns: [{name: id, data_tests: [{relationships: {arguments: {to: "ref('orders')", field: id}}}]}]
  - name: nowhere
`,
  'models/docs.md': '{% docs orders %}What was bought.{% enddocs %}\n',
  'macros/least.sql': '{% macro least() %}0{% endmacro %}\n',
  'seeds/names.csv': 'id,name\n1,a\n',
  'tests/none.sql': "select * from {{ ref('late') }} where id < 0\n",
  'snapshots/kept.sql': `{% snapshot orders_kept %}
{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('orders') }}
{% endsnapshot %}
`,
};

function makeProject() {
  const cwd = mkdtempSync(join(tmpdir(), 'xform-kept-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const env: Record<string, string> = {};
  const settings = { cwd, env };
  const keyFile = join(cwd, 'target', 'partial_parse_key.json');
  /** Which parse the kept project stems from. */
  const keptId = (): string => JSON.parse(readFileSync(keyFile, 'utf8')).id;
  return { cwd, env, settings, write, keyFile, keptId };
}

describe('a kept project', () => {
  it('is taken up while nothing has changed, also by other commands', async () => {
    const { settings, keptId } = makeProject();
    const first = await parse(settings);
    const id = keptId();
    const second = await parse(settings);
    expect(keptId()).toBe(id);
    expect(comparable(second.value)).toEqual(comparable(first.value));
    expect(second.problems).toEqual(first.problems);
    expect(second.problems.map((problem) => problem.data.name)).toContain('nowhere');
    expect((await build(settings)).success).toBe(true);
    expect(keptId()).toBe(id);
  });

  it('is neither read nor written with --no-partial-parse', async () => {
    const { settings, keyFile } = makeProject();
    await parse({ ...settings, partialParse: false });
    expect(existsSync(keyFile)).toBe(false);
  });

  it('is not used where its files do not belong together', async () => {
    const { cwd, settings, keptId } = makeProject();
    await parse(settings);
    const id = keptId();
    writeFileSync(join(cwd, 'target', 'partial_parse.json'), '{"id": "another"}');
    expect((await parse(settings)).success).toBe(true);
    expect(keptId()).not.toBe(id);
  });

  it('survives a file that was only touched', async () => {
    const { cwd, settings, keptId } = makeProject();
    await parse(settings);
    const id = keptId();
    utimesSync(join(cwd, 'models/orders.sql'), 1, 1);
    await parse(settings);
    expect(keptId()).toBe(id);
  });

  it('is kept anew when a small change is met the second time', async () => {
    const { settings, write, keptId } = makeProject();
    await parse(settings);
    const id = keptId();
    write('models/orders.sql', 'select 9 as id, 8 as day\n');
    await parse(settings);
    expect(keptId()).toBe(id);
    await parse(settings);
    const next = keptId();
    expect(next).not.toBe(id);
    await parse(settings);
    expect(keptId()).toBe(next);
  });
});
