import { describe, expect, it } from 'vitest';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

const files = {
  'models/good.sql': 'select 1 as id\n',
  'models/bad.sql': "select {{ var('text', 'oops') }} as id\n",
  'models/after.sql': "select * from {{ ref('bad') }}\n",
  'models/beside.sql': 'select 2 as id\n',
  'models/m.yml': 'models:\n  - name: after\n    columns: [{name: id, data_tests: [not_null]}]\n',
};

describe('retry', () => {
  it('runs what failed and what was skipped, with the command and the flags of the run before', async () => {
    const project = new TemporaryProject(files);
    expect(project.xform(['build', '--exclude', 'beside', '--threads', '2', '--full-refresh']).code).toBe(1);
    expect(project.xform(['retry']).code).toBe(1);
    expect(project.artifact<RunResults>('run_results.json').args).toMatchObject({
      which: 'build',
      full_refresh: true,
      threads: 2,
    });
    project.write('models/bad.sql', 'select 3 as id\n');
    const said = project.ok(['retry']);
    expect(said).toContain('Done. PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=0 TOTAL=3');
    expect(
      Object.keys(project.statuses())
        .map((id) => id.split('.')[2])
        .sort(),
    ).toEqual(['after', 'bad', 'not_null_after_id']);
    expect(await project.column('select id from after')).toEqual([3]);
    expect(
      await project.column("select table_name from information_schema.tables where table_name = 'beside'"),
    ).toEqual([]);
    expect(project.ok(['retry'])).toContain('Nothing to do.');
    expect(project.ok(['retry'])).toContain('Nothing to do.');
  });

  it('takes flags that are given now over those of the run before', async () => {
    const project = new TemporaryProject(files);
    expect(project.xform(['run', '--vars', '{text: "nonsense("}']).code).toBe(1);
    project.ok(['retry', '--vars', '{text: 5}']);
    expect(await project.column('select id from after')).toEqual([5]);
  });

  it('reads the results of another folder, and says where there are none', () => {
    const project = new TemporaryProject(files);
    const none = project.xform(['retry']);
    expect(none.code).toBe(2);
    expect(none.stdout).toContain("Could not find previous run in 'target' target directory");
    project.xform(['run', '--target-path', 'kept']);
    expect(project.xform(['retry', '--state', 'kept']).code).toBe(1);
    expect(Object.keys(project.statuses()).sort()).toEqual(['model.shop.after', 'model.shop.bad']);
  });

  it('says that a test is gone, and refuses commands that cannot be retried', () => {
    const project = new TemporaryProject(files);
    project.xform(['build']);
    project.write('models/m.yml', 'models: [{name: after}]\n');
    project.write('models/bad.sql', 'select 3 as id\n');
    expect(project.ok(['retry'])).toMatch(/No longer in the project, so not retried: test\.shop\.not_null_after_id\./);
    const results = project.artifact<RunResults>('run_results.json');
    project.write('target/run_results.json', JSON.stringify({ ...results, args: { which: 'show' } }));
    const { code, stdout } = project.xform(['retry']);
    expect(code).toBe(2);
    expect(stdout).toContain("The previous command 'show' cannot be retried");
    expect(stdout).toContain('[XF1210]');
  });

  it('builds of a microbatch model only the batches that failed', async () => {
    const project = new TemporaryProject({
      'models/events.sql':
        "{{ config(materialized='table', event_time='happened') }}\nselect unnest([1, 2, 3]) as id, unnest(['1', 'x', '3']) as word, unnest([timestamp '2024-01-01', timestamp '2024-01-02', timestamp '2024-01-03']) as happened\n",
      'models/daily.sql':
        "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', batch_size='day', begin='2024-01-01') }}\nselect id, happened, cast(word as integer) as n, 'first' as run from {{ ref('events') }}\n",
    });
    const window = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-04'];
    expect(project.xform(['run', ...window]).code).toBe(1);
    expect(project.statuses()['model.shop.daily']).toBe('partial success');
    const sql = project.read('models/daily.sql');
    project.write('models/daily.sql', sql.replace('cast(', 'try_cast(').replace("'first'", "'second'"));
    expect(project.ok(['retry'])).toMatch(/Batch 1 of 1 START batch 2024-01-02 of main\.daily/);
    expect(await project.column('select run from daily order by id')).toEqual(['first', 'second', 'first']);
  });
});
