import { describe, expect, it } from 'vitest';
import * as lines from '../../src/run/events.ts';
import * as output from '../../src/run/output-events.ts';
import * as session from '../../src/run/session-events.ts';

const place = (index: number, total: number) => ({ index, total });
const ended = (index: number, total: number, status: string, seconds: number) => ({ index, total, status, seconds });

describe('lines of nodes', () => {
  // As dbt-core printed them.
  it.each([
    [
      lines.logStartLine('sql view model main.stg', place(2, 15)),
      '2 of 15 START sql view model main.stg .......................................... [RUN]',
    ],
    [
      lines.logModelResult('sql view model main.stg', ended(2, 15, 'OK', 0.09)),
      '2 of 15 OK created sql view model main.stg ..................................... [OK in 0.09s]',
    ],
    [
      lines.logSeedResult(
        { schema: 'main', relation: 'raw', resultMessage: 'INSERT 3' },
        ended(1, 15, 'success', 0.05),
      ),
      '1 of 15 OK loaded seed file main.raw ........................................... [INSERT 3 in 0.05s]',
    ],
    [
      lines.logSnapshotResult(
        { description: 'snapshot main_snaps.raw_snap', resultMessage: 'OK' },
        ended(3, 15, 'success', 0.09),
      ),
      '3 of 15 OK snapshotted snapshot main_snaps.raw_snap ............................ [OK in 0.09s]',
    ],
    [
      lines.logTestResult('not_null_stg_name', 1, ended(7, 15, 'fail', 0.05)),
      '7 of 15 FAIL 1 not_null_stg_name ............................................... [FAIL 1 in 0.05s]',
    ],
    [
      lines.logTestResult('nn_warn', 1, ended(4, 15, 'warn', 0.06)),
      '4 of 15 WARN 1 nn_warn ......................................................... [WARN 1 in 0.06s]',
    ],
    [
      lines.skippingDetails({ resourceType: 'model', schema: 'main', name: 'bad' }, place(9, 15)),
      '9 of 15 SKIP relation main.bad ................................................. [SKIP]',
    ],
    [
      lines.skippingDetails({ resourceType: 'unit_test', schema: 'x', name: 'ut_dbl' }, place(12, 15)),
      '12 of 15 SKIP unit_test ut_dbl ................................................. [SKIP]',
    ],
    [
      lines.logModelResult('sql table model main.bad', ended(1, 2, 'error', 0.16)),
      '1 of 2 ERROR creating sql table model main.bad ................................. [ERROR in 0.16s]',
    ],
    [
      lines.logStartBatch('batch 2026-11-20 of main.mb', place(1, 2)),
      'Batch 1 of 2 START batch 2026-11-20 of main.mb ....................................... [RUN]',
    ],
    [
      lines.logModelResult('sql microbatch model main.mb', ended(10, 12, 'SUCCESS', 0.5)),
      '10 of 12 OK created sql microbatch model main.mb ............................... [SUCCESS in 0.50s]',
    ],
    [
      lines.logHookStartLine('shop.on-run-start.0', place(1, 1)),
      '1 of 1 START hook: shop.on-run-start.0 ......................................... [RUN]',
    ],
    [
      lines.logFreshnessResult({ source: 'src', table: 'raw' }, ended(1, 1, 'warn', 0.03)),
      '1 of 1 WARN freshness of src.raw ............................................... [WARN in 0.03s]',
    ],
  ])('%#', (event, text) => {
    expect(event.message).toBe(text);
  });

  it('cuts long hooks as dbt does', () => {
    const event = lines.logHookStartLine('x'.repeat(100), place(1, 1));
    expect(event.message).toBe(`1 of 1 START hook: ${'x'.repeat(58)}... [RUN]`);
  });

  it('has the level that --quiet goes by', () => {
    expect(lines.logTestResult('t', 1, ended(1, 1, 'fail', 0)).level).toBe('error');
    expect(lines.logTestResult('t', 1, ended(1, 1, 'warn', 0)).level).toBe('warn');
    expect(lines.logModelResult('m', ended(1, 1, 'error', 0)).level).toBe('error');
    expect(lines.logModelResult('m', ended(1, 1, 'OK', 0)).level).toBe('info');
  });
});

describe('lines of a run', () => {
  it('counts what was found in the order given, without what there is none of', () => {
    const counts: [string, number][] = [
      ['model', 7],
      ['analysis', 1],
      ['test', 5],
      ['snapshot', 0],
      ['source', 1],
      ['macro', 511],
      ['unit_test', 2],
      ['saved_query', 2],
    ];
    expect(session.foundStats(counts).message).toBe(
      'Found 7 models, 1 analysis, 5 data tests, 1 source, 511 macros, 2 unit tests, 2 saved queries',
    );
  });

  it('sums up what ran', () => {
    const kinds = ['view model', 'project hook', 'view model', 'exposure', 'test', 'test', 'project hook'];
    expect(session.finishedRunningStats(kinds, 3725.5).message).toBe(
      'Finished running 1 exposure, 2 project hooks, 2 data tests, 2 view models in 1 hours 2 minutes and 5.50 seconds (3725.50s).',
    );
  });

  it.each([
    [{ errors: 0, warnings: 0, partialSuccesses: 0 }, 'Completed successfully'],
    [{ errors: 1, warnings: 1, partialSuccesses: 0 }, 'Completed with 1 error, 0 partial successes, and 1 warning:'],
    [{ errors: 0, warnings: 2, partialSuccesses: 0 }, 'Completed with 2 warnings:'],
    [{ errors: 0, warnings: 0, partialSuccesses: 1 }, 'Completed with 1 partial success and 0 warnings'],
    [{ errors: 1, warnings: 0, partialSuccesses: 0, interrupted: true }, 'Exited because of keyboard interrupt'],
  ])('ends %j', (end, text) => {
    expect(session.endOfRunSummary(end).message).toBe(text);
  });

  it('prints the last line', () => {
    const stats = { pass: 11, warn: 1, error: 1, skip: 1, noop: 0, reused: 0, total: 14 };
    expect(session.statsLine(stats).message).toBe('Done. PASS=11 WARN=1 ERROR=1 SKIP=1 NO-OP=0 REUSED=0 TOTAL=14');
  });

  it('names what failed', () => {
    const of = { resourceType: 'test', name: 'nn', path: 'models/schema.yml' };
    expect(session.runResultFailure(of).message).toBe('[ERROR]: in test nn (models/schema.yml)');
    expect(session.gotResults(1, 'fail', '!= 0')).toBe('Got 1 result, configured to fail if != 0');
    expect(session.sqlCompiledPath('target/a.sql').message).toBe('  compiled code at target/a.sql');
  });
});

describe('what commands print', () => {
  const shown = { name: 'a', uniqueId: 'model.p.a', inline: false, format: 'json' as const, quiet: false };

  it('keeps numbers of rows as they are written', () => {
    const rows = '[\n  {\n    "id": 12345678901234567890\n  }\n]';
    expect(output.showNode(rows, shown).message).toBe(
      '{\n  "node": "a",\n  "show": [\n    {\n      "id": 12345678901234567890\n    }\n  ]\n}',
    );
    expect(output.showNode(rows, { ...shown, inline: true }).message).toMatch(/^\{\n {2}"show": \[/);
  });

  it('shows SQL under a headline unless quiet', () => {
    expect(output.compiledNode('select 1', { ...shown, format: 'text' }).message).toBe(
      "Compiled node 'a' is:\nselect 1",
    );
    expect(output.compiledNode('select 1', { ...shown, format: 'text', quiet: true }).message).toBe('select 1');
    expect(output.compiledNode("select 'é'", shown).message).toBe(
      '{\n  "node": "a",\n  "compiled": "select \'\\u00e9\'"\n}',
    );
  });
});
