import { describe, expect, it } from 'vitest';
import { type BatchWindow, batchesOf, batchOf, batchStart, wallClock } from '../../src/run/batches.ts';
import { type BatchPlan, type MicrobatchWork, runMicrobatch } from '../../src/run/microbatch.ts';

const at = (text: string): Date => new Date(`${text}Z`);

describe('the start of a batch', () => {
  it.each([
    ['hour', '2024-09-17T16:06:05', 0, '2024-09-17T16:00:00'],
    ['hour', '2024-01-01T00:30:00', -1, '2023-12-31T23:00:00'],
    ['day', '2024-09-17T16:06:05', 0, '2024-09-17T00:00:00'],
    ['day', '2024-02-28T23:59:59', 1, '2024-02-29T00:00:00'],
    ['month', '2024-09-17T16:06:05', -1, '2024-08-01T00:00:00'],
    ['month', '2024-12-31T00:00:00', 1, '2025-01-01T00:00:00'],
    ['year', '2024-02-29T16:06:05', 1, '2025-01-01T00:00:00'],
  ] as const)('of a %s at %s, %i later', (size, moment, later, expected) => {
    expect(batchStart(at(moment), size, later)).toEqual(at(expected));
  });

  it.each([
    ['hour', '2024-01-31T16', '20240131T16'],
    ['day', '2024-01-31', '20240131'],
    ['month', '2024-01', '202401'],
    ['year', '2024', '2024'],
  ] as const)('names a batch of a %s', (size, name, id) => {
    expect(batchOf({ start: at('2024-01-31T16:00:00'), end: at('2024-02-01T00:00:00') }, size)).toMatchObject({
      name,
      id,
    });
  });

  it('takes a clock with a zone for UTC', () => {
    expect(wallClock('2024-01-31')).toEqual(at('2024-01-31T00:00:00'));
    expect(wallClock('2024-01-31 16:05:00+02:00')).toEqual(at('2024-01-31T16:05:00'));
    expect(wallClock('soon')).toBeUndefined();
  });
});

describe('the batches of a run', () => {
  const window: BatchWindow = {
    size: 'day',
    begin: at('2024-01-01T10:00:00'),
    lookback: 1,
    incremental: false,
    from: null,
    to: null,
    now: at('2024-01-03T09:30:00'),
  };
  const names = (change: Partial<BatchWindow>): string[] => batchesOf({ ...window, ...change }).map(({ name }) => name);

  it('begin where the model begins, in its first run', () => {
    expect(names({})).toEqual(['2024-01-01', '2024-01-02', '2024-01-03']);
  });
  it('are the current one and those looked back on, later', () => {
    expect(names({ incremental: true })).toEqual(['2024-01-02', '2024-01-03']);
    expect(names({ incremental: true, lookback: 0 })).toEqual(['2024-01-03']);
  });
  it('count the day before where it is exactly midnight', () => {
    expect(names({ incremental: true, now: at('2024-01-03T00:00:00') })).toEqual(['2024-01-01', '2024-01-02']);
  });
  it('are those of the window that is asked for', () => {
    const change = { incremental: true, from: at('2023-12-30T12:00:00'), to: at('2024-01-01T01:00:00') };
    expect(names(change)).toEqual(['2023-12-30', '2023-12-31', '2024-01-01']);
  });
  it('join without a gap', () => {
    const batches = batchesOf({ ...window, size: 'month', begin: at('2023-11-15T00:00:00') });
    expect(batches.map(({ span }) => span.start.toISOString().slice(0, 7))).toEqual(['2023-11', '2023-12', '2024-01']);
    for (const [i, { span }] of batches.entries()) expect(batches[i + 1]?.span.start ?? span.end).toEqual(span.end);
  });
});

describe('running batches', () => {
  const batches = batchesOf({
    size: 'day',
    begin: at('2024-01-01T00:00:00'),
    lookback: 1,
    incremental: false,
    from: null,
    to: null,
    now: at('2024-01-06T00:00:00'),
  });

  /** Runs five batches and tells what went on, in order. */
  async function run(change: Partial<MicrobatchWork>, failing: readonly number[] = [], threads: string[] = []) {
    const log: string[] = [];
    const outcome = await runMicrobatch({
      batches,
      done: [],
      incremental: false,
      concurrent: false,
      thread: 'own',
      spare: { take: () => threads.pop(), give: (thread) => threads.push(thread) },
      run: async ({ at: index, incremental }: BatchPlan, thread) => {
        log.push(`${index} ${thread}${incremental ? ' adds' : ''}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { status: failing.includes(index) ? 'error' : 'success', problems: [] };
      },
      skip: ({ at: index }) => log.push(`${index} skipped`),
      isStopped: () => false,
      ...change,
    });
    return { log, outcome };
  }

  it('goes one after the other, the first into a new table', async () => {
    const { log, outcome } = await run({});
    expect(log).toEqual(['0 own', '1 own adds', '2 own adds', '3 own adds', '4 own adds']);
    expect(outcome).toMatchObject({ status: 'success', message: 'SUCCESS' });
    expect(outcome.batchResults.successful[0]).toEqual(['2024-01-01T00:00:00+00:00', '2024-01-02T00:00:00+00:00']);
  });

  it('borrows free threads for all but the first and the last, and gives them back', async () => {
    const threads = ['a', 'b'];
    const { log } = await run({ concurrent: true }, [], threads);
    expect(log[0]).toBe('0 own');
    expect(log.slice(1, 4).sort()).toEqual(['1 own adds', '2 b adds', '3 a adds']);
    expect(log[4]).toBe('4 own adds');
    expect(threads.sort()).toEqual(['a', 'b']);
  });

  it('leaves the others out where the first fails', async () => {
    const { log, outcome } = await run({}, [0]);
    expect(log).toEqual(['0 own', '1 skipped', '2 skipped', '3 skipped', '4 skipped']);
    expect(outcome).toMatchObject({ status: 'error', message: 'ERROR', batchResults: { successful: [] } });
    expect(outcome.batchResults.failed).toHaveLength(5);
  });

  it('goes on where a later one fails, and tells how many did not', async () => {
    const { outcome } = await run({}, [2]);
    expect(outcome).toMatchObject({ status: 'partial success', message: 'PARTIAL SUCCESS (4/5)' });
    expect(outcome.batchResults.failed).toEqual([['2024-01-03T00:00:00+00:00', '2024-01-04T00:00:00+00:00']]);
  });

  it('counts what an earlier run has built', async () => {
    const done = [['2023-12-31T00:00:00+00:00', '2024-01-01T00:00:00+00:00']] as const;
    const { outcome } = await run({ done, batches: batches.slice(0, 1), incremental: true });
    expect(outcome.batchResults.successful).toHaveLength(2);
    expect(outcome.message).toBe('SUCCESS');
  });

  it('begins nothing more once the run is stopped', async () => {
    let isStopped = false;
    const { log, outcome } = await run({
      isStopped: () => isStopped,
      run: async () => {
        isStopped = true;
        return { status: 'success', problems: [] };
      },
    });
    expect(log).toEqual([]);
    expect(outcome).toMatchObject({ status: 'partial success', message: 'PARTIAL SUCCESS (1/5)' });
  });
});
