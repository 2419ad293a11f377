import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { realDbt } from '../e2e/real-dbt.ts';
import { ConformanceProject, type Subject, subjects } from './warehouses.ts';

const dbt = realDbt();
if ('reason' in dbt) console.log(`tables handed over: skipped, ${dbt.reason}`);
const all = await subjects();
afterAll(async () => {
  await Promise.all(all.map((subject) => subject.stop()));
});

/** The seed as it is at each build: rows change, go, come, and come back. */
const seeds = [
  ['1,new,10,2024-01-01 00:00:00', '2,new,20,2024-01-01 00:00:00', '3,new,30,2024-01-01 00:00:00'],
  ['1,new,10,2024-01-01 00:00:00', '2,paid,21,2024-01-02 00:00:00', '4,new,40,2024-01-02 00:00:00'],
  ['1,paid,10,2024-01-03 00:00:00', '2,paid,21,2024-01-02 00:00:00', '3,back,30,2024-01-03 00:00:00'],
].map((rows) => `id,status,amount,changed_at\n${rows.join('\n')}\n`);

const later = '{% if is_incremental() %} where changed_at > (select max(changed_at) from {{ this }}) {% endif %}';
const growing = (config: string, select = '*'): string =>
  `{{ config(materialized='incremental', ${config}) }} select ${select} from {{ ref('orders') }} ${later}`;
const orNone = (value: string): string => `(${value} if target.type == 'postgres' else none)`;

const files = {
  'models/as_view.sql': "select id, status from {{ ref('orders') }}",
  'models/as_table.sql': `{{ config(materialized='table', indexes=${orNone("[{'columns': ['id'], 'unique': true}]")} or []) }}
select * from {{ ref('as_view') }}`,
  // A view at first, then a table, then a view again.
  'models/turning.sql': `{{ config(materialized='table' if var('build') == 1 else 'view') }} select * from {{ ref('as_table') }}`,
  'models/refreshed.sql': `{{ config(materialized=${orNone("'materialized_view'")} or 'view') }} select count(*) as n from {{ ref('orders') }}`,
  'models/appended.sql': growing("incremental_strategy='append'"),
  'models/replaced.sql': growing("incremental_strategy='delete+insert', unique_key='id'"),
  'models/merged.sql': growing("incremental_strategy='merge', unique_key='id', merge_exclude_columns=['amount']"),
  'models/by_default.sql': growing("unique_key=['id', 'status']"),
  'models/widened.sql': growing(
    "unique_key='id', on_schema_change='append_new_columns'",
    "id, changed_at {{ ', amount * 2 as twice' if var('build') > 0 }}",
  ),
  'models/promised.sql': growing(
    "unique_key='id', on_schema_change='append_new_columns'",
    'cast(id as bigint) as id, cast(status as varchar) as status, cast(changed_at as timestamp) as changed_at',
  ),
  'models/promised_table.sql':
    "{{ config(materialized='table') }} select cast(id as bigint) as id, cast(amount as numeric(9,2)) as amount from {{ ref('orders') }}",
  'models/models.yml': `models:
  - name: promised
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: bigint, constraints: [{type: not_null}]}
      - {name: status, data_type: varchar}
      - {name: changed_at, data_type: timestamp}
  - name: promised_table
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: bigint, constraints: [{type: not_null}, {type: primary_key}]}
      - {name: amount, data_type: 'numeric(9,2)', constraints: [{type: check, expression: amount > 0}]}
  - name: as_view
    columns:
      - name: status
        data_tests: [{accepted_values: {arguments: {values: [new]}, config: {severity: warn, store_failures: true, alias: odd}}}]
snapshots:
  - {name: by_time, relation: ref('orders'), config: {unique_key: id, strategy: timestamp, updated_at: changed_at}}
  - {name: by_check, relation: ref('orders'), config: {unique_key: id, strategy: check, check_cols: [status, amount], hard_deletes: invalidate}}
  - {name: by_record, relation: ref('orders'), config: {unique_key: [id, status], strategy: check, check_cols: all, hard_deletes: new_record}}
`,
};

const tables = ['orders', 'as_view', 'as_table', 'turning', 'refreshed', 'promised', 'promised_table'];
const incremental = ['appended', 'replaced', 'merged', 'by_default', 'widened'];
/** What is looked at after each build. When a row was closed or found is left out where it is the moment of the build. */
const queries: readonly string[] = [
  ...[...tables, ...incremental].map((name) => `select '${name}' as t, x.* from {schema}.${name} x`),
  "select 'by_time', x.* from {schema}.by_time x",
  ...['by_check', 'by_record'].map(
    (name) => `select '${name}', id, status, amount, dbt_valid_to is null,
      count(*) over (partition by dbt_scd_id), dbt_valid_from = dbt_updated_at from {schema}.${name}`,
  ),
  "select 'by_record', id, status, dbt_is_deleted from {schema}.by_record",
  "select 'odd', x.* from {schema}_dbt_test__audit.odd x",
  `select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = '{schema}'`,
  `select table_name, table_type from information_schema.tables where table_schema = '{schema}'`,
  `select table_name, constraint_type, count(*) from information_schema.table_constraints
    where table_schema = '{schema}' and constraint_type <> 'NOT NULL' group by 1, 2`,
];

/** Names of indexes are made up, so they are counted. */
const indexes = "select tablename, count(*) from pg_indexes where schemaname = '{schema}' group by 1";

type Builder = 'dbt' | 'xform';

/** Builds the project once with each builder in turn, the seed changing in between; what there is after each build. */
async function history(subject: Subject, builders: readonly Builder[]): Promise<string[][]> {
  const project = new ConformanceProject(subject, files);
  const seen: string[][] = [];
  for (const [build, builder] of builders.entries()) {
    project.write('seeds/orders.csv', seeds[build]!);
    const args = ['build', '--vars', JSON.stringify({ build })];
    if (builder === 'xform') project.ok(args);
    else runDbt(args, project.folder);
    const lines: string[] = [];
    for (const query of [...queries, ...(subject.name === 'postgres' ? [indexes] : [])])
      lines.push(...(await project.lines(query)));
    seen.push(lines.map((line) => line.replaceAll(project.schema, '{schema}')));
  }
  return seen;
}

function runDbt(args: readonly string[], cwd: string): void {
  if ('reason' in dbt) throw new Error(dbt.reason);
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
  const done = spawnSync(dbt.command, [...args, '--profiles-dir', '.'], { cwd, encoding: 'utf8', env });
  if (done.status !== 0) throw new Error(`dbt ended with ${done.status}\n${done.stdout}${done.stderr}`);
}

/** Tables that dbt built are taken over by xform, and handed back. */
describe.each(all)('tables on $name', (subject) => {
  const isMissing = 'reason' in dbt || subject.missing !== undefined;
  const hasAdapter = 'reason' in dbt || dbt.adapters.includes(subject.name);
  if (!hasAdapter) console.log(`tables handed over: skipped on ${subject.name}, dbt is there without its adapter`);
  let alone: Promise<string[][]> | undefined;
  const withDbtAlone = () => (alone ??= history(subject, ['dbt', 'dbt', 'dbt']));

  it.skipIf(isMissing || !hasAdapter).each<[Builder, Builder, Builder]>([
    ['dbt', 'xform', 'dbt'],
    ['xform', 'dbt', 'xform'],
  ])('are built by %s, %s and %s as by dbt alone', { timeout: 900_000 }, async (...builders) => {
    const expected = await withDbtAlone();
    const seen = await history(subject, builders);
    for (const [build, lines] of seen.entries()) expect(lines, `after build ${build + 1}`).toEqual(expected[build]);
  });
});
