import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const events = `{{ config(materialized='table', event_time='at_time') }}
select i as id, timestamp '2024-01-01 12:00' + to_days(i::int) as at_time from range(10) t(i)
`;
const model = (config = '', columns = ''): string => `{{ config(
  materialized='incremental', incremental_strategy='microbatch', event_time='at_time', begin='2024-01-01', batch_size='day' ${config}
) }}
select id, at_time, '{{ model.batch.id if model.batch }}' as batch ${columns} from {{ ref('events') }}
`;
const WINDOW = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-05'];

function project(config?: string, columns?: string): TemporaryProject {
  return new TemporaryProject({ 'models/events.sql': events, 'models/mb.sql': model(config, columns) });
}

const batches = (files: TemporaryProject): Promise<unknown[]> =>
  files.column("select id || ' ' || batch from main.mb order by id");

describe('microbatch models', () => {
  it('are built batch by batch, each from its part of the input', async () => {
    const files = project();
    const said = files.ok(['run', ...WINDOW]);
    expect(said).toMatch(/^2 of 2 START sql microbatch model main\.mb \.+ \[RUN\]$/m);
    expect(said).toMatch(/^Batch 1 of 4 START batch 2024-01-01 of main\.mb \.+ \[RUN\]$/m);
    expect(said).toMatch(/^Batch 4 of 4 OK created batch 2024-01-04 of main\.mb \.+ \[OK in \d+\.\d\ds\]$/m);
    expect(said).toMatch(/^2 of 2 OK created sql microbatch model main\.mb \.+ \[SUCCESS in \d+\.\d\ds\]$/m);
    expect(await batches(files)).toEqual(['0 20240101', '1 20240102', '2 20240103', '3 20240104']);
    expect(files.read('target/compiled/shop/models/mb/mb_2024-01-03.sql')).toContain(
      `(select * from "shop"."main"."events" where at_time >= '2024-01-03 00:00:00+00:00' and at_time < '2024-01-04 00:00:00+00:00')`,
    );
  });

  it('look back, and build again what they look back on', async () => {
    const files = project(', lookback=1');
    files.ok(['run'], { XFORM_MICROBATCH_END_TIME: '2024-01-03 13:00:00' });
    expect(await batches(files)).toEqual(['0 20240101', '1 20240102', '2 20240103']);
    const said = files.ok(['run'], { XFORM_MICROBATCH_END_TIME: '2024-01-04 13:00:00' });
    expect(said).toContain('Batch 1 of 2 START batch 2024-01-03 of main.mb');
    expect(await batches(files)).toEqual(['0 20240101', '1 20240102', '2 20240103', '3 20240104']);
  });

  it('are built anew by --full-refresh', async () => {
    const files = project();
    files.ok(['run', ...WINDOW]);
    files.ok(['run', '--full-refresh', '--event-time-start', '2024-01-02', '--event-time-end', '2024-01-04']);
    expect(await batches(files)).toEqual(['1 20240102', '2 20240103']);
  });

  it('keep what went well, and say which batches did not', async () => {
    const files = project('', `{{ ', nosuch' if model.batch and model.batch.id == '20240103' }}`);
    const { code, stdout } = files.xform(['run', ...WINDOW]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/PARTIALLY created sql microbatch model main\.mb \.+ \[PARTIAL SUCCESS \(3\/4\) in/);
    expect(stdout).toContain('Completed with 1 partial success and 0 warnings');
    expect(stdout).toContain('Referenced column "nosuch" not found');
    expect(await batches(files)).toEqual(['0 20240101', '1 20240102', '3 20240104']);
    const { results } = files.artifact<{ results: Record<string, unknown>[] }>('run_results.json');
    expect(results.find(({ unique_id }) => unique_id === 'model.shop.mb')).toMatchObject({
      status: 'partial success',
      message: 'PARTIAL SUCCESS (3/4)',
      batch_results: { failed: [['2024-01-03T00:00:00+00:00', '2024-01-04T00:00:00+00:00']] },
    });
  });

  it('run their hooks once, before the first batch and after the last', async () => {
    const files = project(`,
      pre_hook="create table if not exists main.log as select ''::text as said limit 0; insert into main.log values ('before')",
      post_hook="insert into main.log values ('after')"`);
    files.ok(['run', ...WINDOW]);
    expect(await files.column('select said from main.log order by all')).toEqual(['after', 'before']);
  });

  it.each([
    ['event_time', "must provide an 'event_time'"],
    ['begin', "must provide a 'begin'"],
    ['batch_size', "must provide a 'batch_size' config that is one of ['hour', 'day', 'month', 'year'], but got: None"],
  ])('need %s', (name, problem) => {
    const files = new TemporaryProject({
      'models/events.sql': events,
      'models/mb.sql': model().replace(new RegExp(`${name}='[^']*',? ?`), ''),
    });
    const { code, stdout } = files.xform(['run']);
    expect(code).toBe(2);
    expect(stdout).toContain(problem);
  });
});

describe('--sample', () => {
  it('reads a span of event time of the inputs that have one', async () => {
    const files = new TemporaryProject({
      'models/events.sql': events,
      'models/all.sql': "select count(*) as rows from {{ ref('events') }}",
    });
    files.ok(['run', '--sample', "{start: '2024-01-02', end: '2024-01-05'}"]);
    expect(await files.column('select rows from main.all')).toEqual(['3']);
    expect(files.read('target/compiled/shop/models/all.sql')).toContain("at_time < '2024-01-05 00:00:00+00:00'");
    files.ok(['run', '--sample', '3 days']);
    expect(await files.column('select rows from main.all')).toEqual(['0']);
  });
});
