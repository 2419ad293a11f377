import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('--empty', () => {
  const files = {
    'seeds/raw.csv': 'id,price\n1,1.5\n2,2.5\n',
    'models/sources.yml': 'sources: [{name: shop, schema: main, tables: [{name: raw}]}]\n',
    'models/inline.sql': "{{ config(materialized='ephemeral') }} select 3 as id",
    'models/all.sql': `{{ config(materialized='table') }}
select id from {{ ref('raw') }} union all select id from {{ source('shop', 'raw') }} union all select id from {{ ref('inline') }}
-- {{ ref('raw').render() }}`,
    'snapshots/snap.sql': `{% snapshot snap %}
{{ config(unique_key='id', strategy='check', check_cols='all', hard_deletes='invalidate', target_schema='main') }}
select * from {{ ref('raw') }}
{% endsnapshot %}`,
  };

  it('reads no rows of refs, sources and ephemeral models', async () => {
    const project = new TemporaryProject(files);
    project.ok(['seed']);
    project.ok(['run']);
    expect(await project.column('select count(*)::int from main."all"')).toEqual([5]);
    project.ok(['run', '--empty']);
    expect(await project.column('select count(*)::int from main."all"')).toEqual([0]);
    const sql = project.read('target/compiled/shop/models/all.sql');
    expect(sql).toContain('from (select * from "shop"."main"."raw" where false limit 0)');
    expect(sql).toContain('from (select * from __dbt__cte__inline where false limit 0)');
    expect(sql).toMatch(/-- "shop"\."main"\."raw"\s*$/);
  });

  it('keeps the history of snapshots', async () => {
    const project = new TemporaryProject(files);
    project.ok(['seed']);
    project.ok(['snapshot']);
    project.ok(['snapshot', '--empty']);
    const current = 'select count(*)::int from main.snap where dbt_valid_to is null';
    expect(await project.column(current)).toEqual([2]);
  });

  it('makes seeds with the types of their rows, and without the rows', async () => {
    const project = new TemporaryProject(files);
    project.ok(['seed', '--empty']);
    expect(await project.column('select count(*)::int from main.raw')).toEqual([0]);
    const types = await project.column("select data_type from information_schema.columns where table_name = 'raw'");
    project.ok(['seed', '--full-refresh']);
    expect(await project.column('select count(*)::int from main.raw')).toEqual([2]);
    expect(await project.column("select data_type from information_schema.columns where table_name = 'raw'")).toEqual(
      types,
    );
  });
});
