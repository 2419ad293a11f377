// Types of columns as the analysis tells them without a warehouse, held against those of the tables that were built.
import { afterAll, describe, expect, it } from 'vitest';
import type { Catalog, Lineage } from '../../src/artifacts/index.ts';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  await Promise.all(all.map((subject) => subject.stop()));
});

const files = {
  'seeds/raw.csv': 'id,name,price,day,stamp,yes,big\n1,a,1.5,2024-01-01,2024-01-01 10:00:00,true,3000000000\n',
  'seeds/schema.yml': 'seeds: [{name: raw, config: {column_types: {price: "numeric(10,2)"}}}]\n',
  'models/stg.sql': "select *, price * 2 as twice, id + big as total, name || '!' as loud from {{ ref('raw') }}",
  'models/grouped.sql': `select name, count(*) as n, sum(id) as ids, avg(price) as average, min(day) as first_day, max(stamp) as last_stamp,
    array_agg(id) as list from {{ ref('stg') }} group by 1`,
  'models/series.sql': `select n, n * 2 as twice from generate_series(1, 3) as g(n)`,
  'models/added.sql': `{{ config(materialized='incremental') }} select id, stamp, row_number() over (order by id) as place,
    case when yes then id end as maybe, coalesce(name, 'none') as name from {{ ref('stg') }}`,
  'snapshots/by_time.sql': `{% snapshot by_time %}{{ config(unique_key='id', strategy='timestamp', updated_at='stamp') }}
    select * from {{ ref('raw') }}{% endsnapshot %}`,
  'snapshots/by_day.sql': `{% snapshot by_day %}{{ config(unique_key='id', strategy='timestamp', updated_at='day',
    snapshot_meta_column_names={'dbt_valid_from': 'since'}) }} select id, day from {{ ref('raw') }}{% endsnapshot %}`,
  'snapshots/by_check.sql': `{% snapshot by_check %}{{ config(unique_key='id', strategy='check', check_cols='all', hard_deletes='new_record') }}
    select id, name from {{ ref('raw') }}{% endsnapshot %}`,
  'models/versions.sql': "select id, dbt_valid_from, dbt_valid_to from {{ ref('by_time') }}",
};
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  duckdb: {
    'models/nested.sql': `select {'a': id, 'key': name} as s, [id, 2] as l, map {name: price} as m, l[1] as one, s['key'] as k,
      [x * 2.5 for x in l] as made, list_transform(l, x -> x || name) as texts from {{ ref('stg') }}`,
    'models/rows.sql': "select s.*, x, y from {{ ref('nested') }}, unnest(l) as u(x), unnest(texts) as v(y)",
  },
  postgres: {
    'models/nested.sql': `select array[id, 2] as l, to_jsonb(name) as j, jsonb_build_object('a', id) as o, array[name] as texts
      from {{ ref('stg') }}`,
    'models/rows.sql': `select x, y, n, l[1] as one, o -> 'a' as a, o ->> 'a' as t, e.key, e.value
      from {{ ref('nested') }}, unnest(l) as x, unnest(texts) with ordinality as v(y, n), jsonb_each(o) as e`,
  },
};

/** Catalogs of Postgres leave numbers in brackets out. */
const bare = (type: string | null): string =>
  String(type)
    .toLowerCase()
    .replace(/\([\d,]+\)/, '');

describe.each(all)('types told on $name', (subject) => {
  it.skipIf(subject.missing !== undefined)('are those of the tables, and all are told', () => {
    const project = new ConformanceProject(subject, { ...files, ...own[subject.name] });
    project.ok(['build']);
    project.ok(['docs', 'generate']);
    const lineage = project.artifact<Lineage>('lineage.json');
    const catalog = project.artifact<Catalog>('catalog.json');
    const told = Object.entries(lineage.nodes).map(([id, { columns }]) => [
      id,
      columns.map(({ name, type }) => `${name} ${bare(type)}`),
    ]);
    const there = Object.entries(lineage.nodes).map(([id]) => [
      id,
      Object.values(catalog.nodes[id]!.columns).map(({ name, type }) => `${name} ${bare(type)}`),
    ]);
    expect(told).toEqual(there);
    expect(told).toHaveLength(11);
  });
});
