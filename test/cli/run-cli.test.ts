import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { DiagnosticError, diagnostic, type Execute, type Io } from '../../src/core/index.ts';

async function cli(line: string, execute: Execute) {
  let stdout = '';
  let stderr = '';
  const io: Io = {
    cwd: '/',
    env: {},
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTTY: false,
    columns: 80,
    signal: () => new AbortController().signal,
  };
  const code = await runCli(
    line.split(' ').filter(Boolean),
    io,
    async () => ({ execute }),
    () => undefined,
  );
  return { code, stdout, stderr };
}

const done: Execute = async () => ({ exitCode: 0 });

describe('runCli', () => {
  it('hands command, flags and the world to execute, and its exit code back', async () => {
    let seen: unknown;
    const result = await cli('test -s a', async (command, given, io) => {
      seen = { command, select: given.select };
      io.stdout('ran\n');
      return { exitCode: 1 };
    });
    expect(seen).toEqual({ command: 'test', select: ['a'] });
    expect(result).toEqual({ code: 1, stdout: 'ran\n', stderr: '' });
  });

  it('never loads the api for help or a wrong command line', async () => {
    const never: Execute = async () => {
      throw new Error('loaded');
    };
    expect((await cli('--help', never)).code).toBe(0);
    expect((await cli('', never)).code).toBe(2);
    const wrong = await cli('run --nope', never);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toBe(
      "Usage: xform run [OPTIONS]\nTry 'xform run --help' for help.\n\nError: No such option '--nope'.\n",
    );
  });

  it('tells a problem with flags as a usage error', async () => {
    const bad = diagnostic<object>('XF0000', { category: 'Usage', message: () => 'sample: not now' });
    const result = await cli('run', async () => {
      throw new DiagnosticError(bad({}));
    });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^Usage: xform run [\s\S]*^Error: sample: not now \[XF0000\]$/m);
  });

  it('tells other diagnostics where programs look for them', async () => {
    const bad = diagnostic<object>('XF4999', { category: 'Compilation', message: () => 'no such thing' });
    const result = await cli('run', async () => {
      throw new DiagnosticError(bad({}));
    });
    expect(result).toMatchObject({ code: 2, stderr: '' });
    expect(result.stdout).toBe('Encountered an error:\nCompilation Error\n  no such thing\n  [XF4999]\n');
  });

  it('owns up to a bug, with the stack only for --debug', async () => {
    const broken: Execute = async () => {
      throw new TypeError('x is not a function');
    };
    const short = await cli('run', broken);
    expect(short.code).toBe(2);
    expect(short.stderr).toMatch(/^internal error [0-9a-f]{8} \(a bug in xform\): x is not a function\n/);
    expect(short.stderr).not.toContain('run-cli.test.ts');
    expect((await cli('run --debug', broken)).stderr).toContain('run-cli.test.ts');
    expect((await cli('parse', done)).code).toBe(0);
  });
});
