import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { type Parsed, parseArguments } from '../../src/cli/program.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

function parse(line: string): Parsed {
  return parseArguments(line.split(' ').filter(Boolean), commands);
}

function given(line: string): Readonly<Record<string, unknown>> {
  const parsed = parse(line);
  if (parsed.help !== undefined) throw new Error('help');
  const { invocationCommand: _, ...rest } = parsed.given;
  return { command: parsed.command, ...rest };
}

function failure(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return `${error.command}: ${error.message}`;
    throw error;
  }
  throw new Error('understood');
}

describe('the command line', () => {
  it('takes common options before and after the command', () => {
    expect(given('--target prod --no-print run -q')).toEqual({
      command: 'run',
      target: 'prod',
      print: false,
      quiet: true,
    });
  });

  it('gathers the words of lists until the next option, over repeated and joined spellings', () => {
    expect(given('build -s a b+ --exclude c --select d,e --models f -m g --full-refresh')).toEqual({
      command: 'build',
      select: ['a', 'b+', 'd,e', 'f', 'g'],
      exclude: ['c'],
      fullRefresh: true,
    });
    expect(parseArguments(['run', '--select', 'a  b'], commands)).toMatchObject({ given: { select: ['a', 'b'] } });
  });

  it('keeps ls --models apart from --select, and -s of init from both', () => {
    expect(given('ls -s a -m b')).toEqual({ command: 'list', select: ['a'], models: ['b'] });
    expect(given('init shop -s')).toEqual({ command: 'init', projectName: 'shop', skipProfileSetup: true });
  });

  it('leaves the reading of values to the resolver', () => {
    expect(given('show --limit -1 --inline=select --vars {a:1}')).toEqual({
      command: 'show',
      limit: '-1',
      inline: 'select',
      vars: '{a:1}',
    });
    expect(given('run-operation grant --args {role:x}')).toEqual({
      command: 'run-operation',
      macro: 'grant',
      args: '{role:x}',
    });
  });

  it('remembers what was typed', () => {
    const parsed = parse('run -s a');
    expect(parsed).toMatchObject({ given: { invocationCommand: 'xform run -s a' } });
  });

  it('starts afresh with every command line', () => {
    expect(given('run -s a')).toEqual({ command: 'run', select: ['a'] });
    expect(given('run')).toEqual({ command: 'run' });
  });

  it.each([
    ['buld', "xform: No such command 'buld'. Did you mean 'build'?"],
    ['buld --select a', "xform: No such command 'buld'. Did you mean 'build'?"],
    ['run --fullrefresh', "xform run: No such option '--fullrefresh'. Did you mean '--full-refresh'?"],
    ['--fial-fast run', "xform run: No such option '--fial-fast'. Did you mean '--fail-fast'?"],
    ['run --sel x', "xform run: No such option '--sel'. Did you mean '--select'?"],
    ['build --inline x', "xform build: No such option '--inline'."],
    ['run --vars', "xform run: Option '--vars' requires an argument."],
    ['run extra words', 'xform run: Got unexpected extra arguments (extra words)'],
    [
      '--target a run --target b',
      'xform run: target was provided both before and after the subcommand, it can only be set either before or after.',
    ],
  ])('refuses %s', (line, text) => {
    expect(failure(line)).toBe(text);
  });

  it('takes commands of two words', () => {
    const docs = { name: 'docs generate' as const, summary: 'Write the docs', examples: [] };
    expect(parseArguments(['-q', 'docs', 'generate', '--static'], [docs])).toMatchObject({
      command: 'docs generate',
      given: { quiet: true, static: true },
    });
    expect(parseArguments(['docs', 'generate', '--help'], [docs]).help).toContain('Usage: xform docs generate');
    expect(() => parseArguments(['docs', 'generate', '--inline', 'x'], [docs])).toThrow("No such option '--inline'.");
  });

  it('gives help of xform and of a command', () => {
    expect(parse('').help).toContain('Usage: xform [OPTIONS] COMMAND');
    expect(parse('--help').help).toContain('run-operation');
    const help = parse('ls --help').help;
    expect(help).toContain('Usage: xform list');
    expect(help).toContain('json|name|path|selector');
    expect(help).not.toContain('--store-failures');
    for (const line of help?.split('\n') ?? []) expect(line.length).toBeLessThan(120);
  });
});
