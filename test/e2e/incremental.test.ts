import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

/** A model that reads day 1 first and day 2 later; a row of day 1 comes again, changed. */
function model(config: string): string {
  return `{{ config(materialized='incremental', ${config}) }}
{% if is_incremental() %}
select 2 as id, 'b' as part, 'new' as state union all select 3, 'c', 'new'
{% else %}
select 1 as id, 'a' as part, 'old' as state union all select 2, 'b', 'old'
{% endif %}
`;
}

const table = async (project: TemporaryProject, select = 'id, state'): Promise<string[]> =>
  (await project.rows(`select ${select} from main.m order by all`)).map((row) => Object.values(row).join(' '));

describe('incremental models', () => {
  it.each([
    ['append', "incremental_strategy='append'", ['1 old', '2 new', '2 old', '3 new']],
    ['no key', "tags=['x']", ['1 old', '2 new', '2 old', '3 new']],
    ['delete+insert', "incremental_strategy='delete+insert', unique_key='id'", ['1 old', '2 new', '3 new']],
    [
      'delete+insert by two',
      "incremental_strategy='delete+insert', unique_key=['id', 'part']",
      ['1 old', '2 new', '3 new'],
    ],
    ['merge', "incremental_strategy='merge', unique_key='id'", ['1 old', '2 new', '3 new']],
    ['merge by two', "incremental_strategy='merge', unique_key=['id', 'part']", ['1 old', '2 new', '3 new']],
    ['the default with a key', "unique_key='id'", ['1 old', '2 new', '3 new']],
  ])('%s', async (_name, config, rows) => {
    const project = new TemporaryProject({ 'models/m.sql': model(config) });
    project.ok(['run']);
    expect(await table(project)).toEqual(['1 old', '2 old']);
    const said = project.ok(['run']);
    expect(said).toContain('OK created sql incremental model main.m');
    expect(await table(project)).toEqual(rows);
    project.ok(['run', '--full-refresh']);
    expect(await table(project)).toEqual(['1 old', '2 old']);
  });

  it('leaves rows alone whose composite key differs in one part', async () => {
    const project = new TemporaryProject({
      'models/m.sql': model("incremental_strategy='delete+insert', unique_key=['id', 'state']"),
    });
    project.ok(['run']);
    project.ok(['run']);
    expect(await table(project)).toEqual(['1 old', '2 new', '2 old', '3 new']);
  });

  it('updates only the columns that merge_update_columns names', async () => {
    const project = new TemporaryProject({
      'models/m.sql': `{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', merge_update_columns=['a']) }}
{% if is_incremental() %}select 1 as id, 'new' as a, 'new' as b{% else %}select 1 as id, 'old' as a, 'old' as b{% endif %}`,
    });
    project.ok(['run']);
    project.ok(['run']);
    expect(await project.rows('from main.m')).toEqual([{ id: 1, a: 'new', b: 'old' }]);
  });

  it('full_refresh: false in the config withstands --full-refresh', async () => {
    const project = new TemporaryProject({ 'models/m.sql': model("unique_key='id', full_refresh=false") });
    project.ok(['run']);
    project.ok(['run', '--full-refresh']);
    expect(await table(project)).toEqual(['1 old', '2 new', '3 new']);
  });

  it('a strategy that nobody knows fails', () => {
    const project = new TemporaryProject({
      'models/m.sql': model("incremental_strategy='telepathy', unique_key='id'"),
    });
    project.xform(['run']);
    const { code, stdout } = project.xform(['run']);
    expect(code).toBe(1);
    expect(stdout).toContain('telepathy');
  });
});

describe('on_schema_change', () => {
  const changing = (mode: string): string => `{{ config(materialized='incremental', on_schema_change='${mode}') }}
{% if is_incremental() %}select 2 as id, 'n' as extra{% else %}select 1 as id, 'g' as gone{% endif %}`;
  const columns = (project: TemporaryProject) =>
    project.column("select column_name from information_schema.columns where table_name = 'm' order by all");

  it('append_new_columns adds and keeps', async () => {
    const project = new TemporaryProject({ 'models/m.sql': changing('append_new_columns') });
    project.ok(['run']);
    project.ok(['run']);
    expect(await columns(project)).toEqual(['extra', 'gone', 'id']);
    expect(await project.rows('select id, gone, extra from main.m order by id')).toEqual([
      { id: 1, gone: 'g', extra: null },
      { id: 2, gone: null, extra: 'n' },
    ]);
  });

  it('sync_all_columns adds and removes', async () => {
    const project = new TemporaryProject({ 'models/m.sql': changing('sync_all_columns') });
    project.ok(['run']);
    project.ok(['run']);
    expect(await columns(project)).toEqual(['extra', 'id']);
    expect(await project.rows('select id, extra from main.m order by id')).toEqual([
      { id: 1, extra: null },
      { id: 2, extra: 'n' },
    ]);
  });

  it('fail fails and changes nothing', async () => {
    const project = new TemporaryProject({ 'models/m.sql': changing('fail') });
    project.ok(['run']);
    const { code, stdout } = project.xform(['run']);
    expect(code).toBe(1);
    expect(stdout).toContain('extra');
    expect(await project.rows('from main.m')).toEqual([{ id: 1, gone: 'g' }]);
  });

  it('ignore inserts the columns that the table has', async () => {
    const project = new TemporaryProject({
      'models/m.sql': `{{ config(materialized='incremental') }}
{% if is_incremental() %}select 2 as id, 'b' as name, 'n' as extra{% else %}select 1 as id, 'a' as name{% endif %}`,
    });
    project.ok(['run']);
    project.ok(['run']);
    expect(await project.rows('from main.m order by id')).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ]);
  });
});
