import { describe, expect, it } from 'vitest';
import { countResults, type EndedNode, endOfRun } from '../../src/run/end-of-run.ts';

function result(name: string, status: string, message: string | null = null, more: Partial<EndedNode> = {}): EndedNode {
  return { name, status, message, resourceType: 'model', path: `models/${name}.sql`, ...more };
}

function printed(results: readonly EndedNode[], interrupted = false): readonly string[] {
  return endOfRun(results, interrupted)
    .filter(({ level }) => level !== 'debug')
    .map(({ message }) => message);
}

describe('endOfRun', () => {
  it('says that all went well', () => {
    expect(printed([result('a', 'success'), result('t', 'pass')])).toEqual([
      '',
      'Completed successfully',
      '',
      'Done. PASS=2 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=0 TOTAL=2',
    ]);
  });

  it('tells failures before warnings, and where to look', () => {
    const test = { resourceType: 'test', path: 'models/schema.yml' };
    const results = [
      result('w', 'warn', 'Got 1 result, configured to warn if != 0', test),
      result('t', 'fail', 'Got 2 results, configured to fail if != 0', {
        ...test,
        compiledPath: 'target/compiled/t.sql',
        failuresRelation: 'audit.t',
      }),
      result('m', 'error'),
      result('after', 'skipped', 'Skipped because of m'),
      result('board', 'skipped', 'Skipped because of m', { resourceType: 'exposure' }),
    ];
    expect(printed(results)).toEqual([
      '',
      'Completed with 3 errors, 0 partial successes, and 1 warning:',
      '',
      '[ERROR]: in test t (models/schema.yml)',
      '  Got 2 results, configured to fail if != 0',
      '',
      '  compiled code at target/compiled/t.sql',
      '',
      '  See test failures:\n  ---------------------\n  select * from audit.t\n  ---------------------',
      '',
      '[ERROR]: in model m (models/m.sql)',
      '  Status: error',
      '',
      '[WARNING]: in test w (models/schema.yml)',
      '[WARNING]: Got 1 result, configured to warn if != 0',
      '',
      'Done. PASS=0 WARN=1 ERROR=2 SKIP=2 NO-OP=0 REUSED=0 TOTAL=5',
    ]);
  });

  it('counts every kind', () => {
    const statuses = [
      'success',
      'pass',
      'warn',
      'fail',
      'runtime error',
      'partial success',
      'skipped',
      'no-op',
      'reused',
    ];
    expect(countResults(statuses.map((status) => result('x', status)))).toEqual({
      pass: 2,
      warn: 1,
      error: 3,
      skip: 1,
      noop: 1,
      reused: 1,
      total: 9,
    });
    expect(printed([result('a', 'success')], true)[1]).toBe('Exited because of keyboard interrupt');
  });
});
