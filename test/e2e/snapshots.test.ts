import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const source = (rows: string): string => `{{ config(materialized='table') }}\n${rows}\n`;
const first = source(
  "select 1 as id, 'a' as state, timestamp '2025-01-01' as seen_at union all select 2, 'b', timestamp '2025-01-01'",
);
const second = source("select 1 as id, 'changed' as state, timestamp '2025-02-01' as seen_at");

function project(config: string): TemporaryProject {
  return new TemporaryProject({
    'models/src.sql': first,
    'snapshots/snap.yml': `snapshots:\n  - name: snap\n    relation: ref('src')\n    config: {unique_key: id, ${config}}\n`,
  });
}

const open = 'dbt_valid_to is null as is_open';

describe('snapshots', () => {
  it('by timestamp keep the old row beside the new one', async () => {
    const shop = project('strategy: timestamp, updated_at: seen_at');
    shop.ok(['build']);
    shop.write('models/src.sql', second);
    shop.ok(['build']);
    expect(
      await shop.rows(
        `select id, state, cast(dbt_valid_from as date)::text as since, cast(dbt_valid_to as date)::text as until from main.snap order by all`,
      ),
    ).toEqual([
      { id: 1, state: 'a', since: '2025-01-01', until: '2025-02-01' },
      { id: 1, state: 'changed', since: '2025-02-01', until: null },
      { id: 2, state: 'b', since: '2025-01-01', until: null },
    ]);
    shop.ok(['build']);
    expect(await shop.column('select count(*) from main.snap')).toEqual(['3']);
  });

  it.each(['all', '[state]'])('by check of %s see what changed', async (columns) => {
    const shop = project(`strategy: check, check_cols: ${columns}`);
    shop.ok(['build']);
    shop.write('models/src.sql', second);
    shop.ok(['build']);
    expect(await shop.rows(`select id, state, ${open} from main.snap order by all`)).toEqual([
      { id: 1, state: 'a', is_open: false },
      { id: 1, state: 'changed', is_open: true },
      { id: 2, state: 'b', is_open: true },
    ]);
    expect(await shop.column('select count(distinct dbt_scd_id) from main.snap')).toEqual(['3']);
  });

  it('close rows that are gone, where hard_deletes says so', async () => {
    const shop = project('strategy: check, check_cols: all, hard_deletes: invalidate');
    shop.ok(['build']);
    shop.write('models/src.sql', second);
    shop.ok(['build']);
    expect(await shop.rows(`select id, ${open} from main.snap where id = 2`)).toEqual([{ id: 2, is_open: false }]);
  });

  it('record rows that are gone as deleted, where hard_deletes says so', async () => {
    const shop = project('strategy: check, check_cols: all, hard_deletes: new_record');
    shop.ok(['build']);
    shop.write('models/src.sql', second);
    shop.ok(['build']);
    expect(await shop.rows(`select dbt_is_deleted, ${open} from main.snap where id = 2 order by all`)).toEqual([
      { dbt_is_deleted: 'False', is_open: false },
      { dbt_is_deleted: 'True', is_open: true },
    ]);
  });

  it('do not lose columns that come later', async () => {
    const shop = project('strategy: timestamp, updated_at: seen_at');
    shop.ok(['build']);
    shop.write(
      'models/src.sql',
      source("select 1 as id, 'changed' as state, timestamp '2025-02-01' as seen_at, 5 as more"),
    );
    shop.ok(['build']);
    expect(await shop.rows('select state, more from main.snap where id = 1 order by all')).toEqual([
      { state: 'a', more: null },
      { state: 'changed', more: 5 },
    ]);
  });

  it('have columns of other names where they are given, and two of a file are compiled into a file each', async () => {
    const block = (name: string, more: string): string =>
      `{% snapshot ${name} %}{{ config(unique_key='id', strategy='timestamp', updated_at='seen_at'${more}) }}
      select *, '${name}' as from_where from {{ ref('src') }}{% endsnapshot %}\n`;
    const names = ", snapshot_meta_column_names={'dbt_valid_from': 'since', 'dbt_valid_to': 'until'}";
    const shop = new TemporaryProject({
      'models/src.sql': first,
      'snapshots/both.sql': block('one', names) + block('other', ''),
    });
    shop.ok(['build']);
    shop.write('models/src.sql', second);
    shop.ok(['build']);
    expect(await shop.column('select count(*) from main.one where until is null and since is not null')).toEqual(['2']);
    expect(await shop.column('select count(*) from main.other where dbt_valid_to is null')).toEqual(['2']);
    for (const name of ['one', 'other'])
      expect(shop.read(`target/compiled/shop/snapshots/both.sql/${name}.sql`)).toContain(`'${name}' as from_where`);
  });
});
