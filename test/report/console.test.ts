import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Event, type GivenFlags, type Io, resolveFlags } from '../../src/core/index.ts';
import { reporter } from '../../src/report/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'xform-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function event(name: string, level: Event['level'], message: string, data: Event['data'] = {}, code = 'T000'): Event {
  return { name, code, level, message, data, at: new Date('2026-11-21T03:05:31.250Z'), thread: 'MainThread' };
}

const stream = [
  event('MainReportVersion', 'info', 'Running with xform=0.1.0 (dbt=1.12.6)', {}, 'A001'),
  event('SQLQuery', 'debug', 'On model.a: select 1'),
  event('LogModelResult', 'info', '1 of 2 OK created a .... [OK in 0.09s]'),
  event('LogTestResult', 'error', '2 of 2 FAIL 1 t .... [FAIL 1 in 0.05s]'),
  event('NothingToDo', 'warn', '[WARNING]: Nothing to do'),
  event('PrintEvent', 'info', 'hello from a template'),
  event('EndOfRunSummary', 'info', 'Completed with 1 error', { num_errors: 1 }),
];

interface Setting {
  readonly given?: GivenFlags;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly log?: string;
  readonly events?: readonly Event[];
  readonly command?: 'run' | 'list';
}

function print(setting: Setting): string {
  let text = '';
  const env = setting.env ?? {};
  const { flags, sources } = resolveFlags({
    command: setting.command ?? 'run',
    given: setting.given ?? {},
    env,
    yaml: JSON.parse,
  });
  const io: Io = {
    cwd: folder,
    env,
    stdout: (part) => {
      text += part;
    },
    stderr: () => {},
    isTTY: setting.isTTY ?? false,
    columns: 80,
    signal: () => new AbortController().signal,
  };
  const log = setting.log === undefined ? undefined : join(folder, setting.log);
  const report = reporter({ flags, sources, io, invocationId: 'an-id', logFilePath: log });
  for (const one of setting.events ?? stream) report.sink(one);
  report.close();
  return text;
}

describe('the console', () => {
  it('prints time and message, what was asked for bare, and no colours into a pipe', () => {
    expect(print({})).toBe(
      [
        '03:05:31  Running with xform=0.1.0 (dbt=1.12.6)',
        '03:05:31  1 of 2 OK created a .... [OK in 0.09s]',
        '03:05:31  2 of 2 FAIL 1 t .... [FAIL 1 in 0.05s]',
        '03:05:31  [WARNING]: Nothing to do',
        'hello from a template',
        '03:05:31  Completed with 1 error',
        '',
      ].join('\n'),
    );
  });

  it('colours the status, the tag and the verdict', () => {
    const text = print({ given: { useColors: true } });
    expect(text).toContain('[\u001b[32mOK\u001b[0m in 0.09s]');
    expect(text).toContain('[\u001b[31mFAIL 1\u001b[0m in 0.05s]');
    expect(text).toContain('[\u001b[33mWARNING\u001b[0m]: Nothing');
    expect(text).toContain('\u001b[31mCompleted with 1 error\u001b[0m');
    expect(print({ isTTY: true })).toBe(text);
    expect(print({ isTTY: true, env: { NO_COLOR: '1' } })).not.toContain('\u001b[3');
    expect(print({ isTTY: true, given: { useColors: false } })).not.toContain('\u001b[3');
  });

  it('colours what debug has checked', () => {
    const events = [
      event('DebugCmdOut', 'info', '  profiles.yml file [ERROR not found]'),
      event('DebugCmdOut', 'info', '  Connection test: [OK connection ok]\n'),
      event('DebugCmdResult', 'info', 'All checks passed!'),
    ];
    const text = print({ given: { useColors: true }, events });
    expect(text).toContain('[\u001b[31mERROR not found\u001b[0m]');
    expect(text).toContain('[\u001b[32mOK connection ok\u001b[0m]');
    expect(text).toContain('\u001b[32mAll checks passed!\u001b[0m');
  });

  it('keeps errors and what was asked for under --quiet', () => {
    expect(print({ given: { quiet: true } })).toBe(
      '03:05:31  2 of 2 FAIL 1 t .... [FAIL 1 in 0.05s]\nhello from a template\n',
    );
  });

  it('drops print() with --no-print, but never the lines of ls', () => {
    expect(print({ given: { print: false } })).not.toContain('hello');
    expect(print({ given: { print: false, quiet: true }, command: 'list' })).toContain('hello');
  });

  it('goes by --log-level', () => {
    expect(print({ given: { logLevel: 'debug' } })).toContain('On model.a: select 1');
    expect(print({ given: { debug: true } })).toContain('On model.a: select 1');
    expect(print({ given: { logLevel: 'warn' } })).not.toContain('OK created');
    expect(print({ given: { logLevel: 'none' } })).toBe('');
  });

  it('prints one JSON object a line', () => {
    const [first] = print({ given: { logFormat: 'json' }, env: { DBT_ENV_CUSTOM_ENV_TEAM: 'core' } }).split('\n');
    expect(JSON.parse(first ?? '')).toEqual({
      data: {},
      info: {
        category: '',
        code: 'A001',
        extra: { TEAM: 'core' },
        invocation_id: 'an-id',
        level: 'info',
        msg: 'Running with xform=0.1.0 (dbt=1.12.6)',
        name: 'MainReportVersion',
        pid: process.pid,
        thread: 'MainThread',
        ts: '2026-11-21T03:05:31.250000Z',
      },
    });
  });

  it('says no secret, plain or escaped', () => {
    const env = { DBT_ENV_SECRET_A: 'pa"ss', DBT_ENV_SECRET_B: 'pa"ss.word' };
    const events = [event('Note', 'info', 'using pa"ss.word and pa"ss', { sql: 'pa"ss' })];
    expect(print({ env, events })).toBe('03:05:31  using ***** and *****\n');
    expect(print({ env, events, given: { logFormat: 'json' } })).not.toContain('pa');
  });
});

describe('the live line', () => {
  const node = { unique_id: 'model.p.a', node_name: 'a' };
  const events = [
    event('ConcurrencyLine', 'info', 'Concurrency', { node_count: 2 }),
    event('NodeStart', 'debug', '', { node_info: node }),
    event('Note', 'info', 'between'),
    event('NodeFinished', 'debug', '', { node_info: node }),
  ];

  it('stands under what is printed, and goes when the run is over', () => {
    const text = print({ isTTY: true, given: { useColors: false }, events });
    expect(text).toContain('between\n\r\u001b[2K0 of 2 done, 1 running: a 0s');
    expect(text.endsWith('\r\u001b[2K')).toBe(true);
  });

  it('is never seen outside of a terminal, nor in logs', () => {
    expect(print({ events })).not.toContain('\r');
    expect(print({ isTTY: true, events, given: { logFormat: 'json' } })).not.toContain('\r');
    expect(print({ isTTY: true, events, given: { quiet: true } })).not.toContain('\r');
  });
});

describe('the log file', () => {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('takes everything, with level and thread, under a separator', () => {
    print({ log: 'a/dbt.log' });
    expect(text('a/dbt.log')).toMatch(/\n\n={30} \d\d:\d\d:31\.250000 \| an-id ={30}\n/);
    expect(text('a/dbt.log')).toMatch(/\d\d:\d\d:31\.250000 \[debug\] \[MainThread\]: On model\.a: select 1\n/);
    expect(text('a/dbt.log')).not.toContain('\u001b');
  });

  it('keeps colours that came with a message out', () => {
    const events = [
      event('MainEncounteredError', 'error', '\u001b[31mCompilation Error\u001b[0m', { exc: '\u001b[31mx' }),
    ];
    print({ log: 'plain.log', events });
    expect(text('plain.log')).toMatch(/: Compilation Error\n$/);
    const json = JSON.parse(print({ given: { logFormat: 'json' }, events }));
    expect([json.info.msg, json.data.exc]).toEqual(['Compilation Error', 'x']);
  });

  it('is JSON, or less, on demand', () => {
    print({ log: 'b.log', given: { quiet: true }, env: { DBT_LOG_FORMAT_FILE: 'json', DBT_LOG_LEVEL_FILE: 'info' } });
    const names = text('b.log')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).info.name);
    expect(names).toEqual(stream.filter(({ level }) => level !== 'debug').map(({ name }) => name));
    print({ log: 'none.log', given: { logLevelFile: 'none' } });
    expect(existsSync(join(folder, 'none.log'))).toBe(false);
  });

  it('does not come back while clean deletes it', () => {
    print({ log: 'c.log', events: [event('ConfirmCleanPath', 'info', 'Cleaned logs/*', {}, 'Z013')] });
    expect(existsSync(join(folder, 'c.log'))).toBe(false);
  });

  it('is rolled over at its size, five times', () => {
    for (let n = 0; n < 9; n++) {
      print({ log: 'd.log', given: { logFileMaxBytes: 60 }, events: [event('Note', 'info', `round ${n}`)] });
    }
    expect(text('d.log')).toContain('round 8');
    expect(text('d.log.1')).toContain('round 7');
    expect(text('d.log.5')).toContain('round 3');
    expect(existsSync(join(folder, 'd.log.6'))).toBe(false);
  });
});
