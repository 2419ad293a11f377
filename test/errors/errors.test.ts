// Every folder beside this file is a tiny project, a command, and the exact text a user sees. UPDATE_ERRORS=1 rewrites
// the texts: read the difference before it is kept.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, hold, normalized, prepareCli } from './cli.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const update = process.env.UPDATE_ERRORS === '1';
const desk = new Desk();

beforeAll(prepareCli);
afterAll(() => desk.clear());

/** A file of a case, or what stands for it. */
function part(name: string, file: string, otherwise: string): string {
  const where = path.join(here, name, file);
  return existsSync(where) ? readFileSync(where, 'utf8') : otherwise;
}

/** Words of a command line; quotes hold words together. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

async function outcome(name: string): Promise<{ text: string; exit: string }> {
  const project = path.join(desk.folder, name);
  mkdirSync(project, { recursive: true });
  const files = path.join(here, name, 'project');
  if (existsSync(files)) cpSync(files, project, { recursive: true });
  const held = part(name, 'hold.txt', '').trim();
  const release = held === '' ? undefined : await hold(path.join(project, held));
  try {
    const env = JSON.parse(part(name, 'env.json', '{}')) as Record<string, string>;
    const commands = part(name, 'command.txt', 'build').trim().split('\n');
    // Several commands lead up to the last one, which is what is looked at.
    for (const command of commands.slice(0, -1)) await desk.run(words(command), project, env);
    const { code, output } = await desk.run(words(commands.at(-1)!), project, env);
    return { text: normalized(output, project, desk), exit: `${code}\n` };
  } finally {
    await release?.();
  }
}

describe('what a user sees', () => {
  it.concurrent.each(cases)('%s', { timeout: 60_000 }, async (name) => {
    const { text, exit } = await outcome(name);
    if (update) {
      writeFileSync(path.join(here, name, 'expected.txt'), text);
      writeFileSync(path.join(here, name, 'exit.txt'), exit);
    }
    expect(text).not.toMatch(/\n\s+at .*\.[jt]s:\d+/);
    expect(text).not.toContain('internal error');
    // A folder named `<code>-not-…` shows where the code must not appear.
    const code = /^XF\d{4}(?!-not-)/.exec(name)?.[0];
    if (code) expect(text).toContain(`[${code}]`);
    expect(text).toBe(part(name, 'expected.txt', 'no expected.txt: run with UPDATE_ERRORS=1'));
    expect(exit).toBe(part(name, 'exit.txt', ''));
  });
});

/** Codes without a folder, and why none can show them. */
const unshown: Readonly<Record<string, string>> = {
  XF1003: 'needs a file that is not UTF-8 or may not be read: hostile.test.ts',
  XF1907: 'needs a system that refuses something: refusals.test.ts',
  XF1020: 'for programs: the command line refuses such --vars first, see usage-vars',
  XF1206: 'needs a port that is taken',
  XF1210: 'needs the results of another program, which were not made by a command that can be repeated',
  XF2120: 'needs a relation made in another case by hand: test/builtins',
  XF2121: 'for callers of the relation and column objects in macros: test/builtins',
  XF2122: 'for callers of the relation and column objects in macros: test/builtins',
  XF5022: 'needs a seed of more than a mebibyte: test/state',
  XF4069: "told in dbt's words, as the event M030: see warning-nothing-selected",
  XF5011: 'needs artifacts of an earlier run: test/artifacts',
  XF5012: 'needs artifacts of an earlier run: test/artifacts',
  XF6005: 'needs two connections that write at the same moment: test/adapters/duckdb',
  XF6006: 'needs a query that is stopped by hand: test/adapters/duckdb',
  XF6008: 'depends on the disk, the memory or the network',
  XF6014: 'needs two projects in one process: test/adapters/duckdb',
  XF6015: 'needs a broken installation: test/e2e/package.test.ts',
  XF7006: 'needs a run that is stopped by hand: test/run',
  XF7007: 'a bug of xform, or of a driver: test/e2e/bug.test.ts',
};

/** Codes of whole subjects that are shown elsewhere. */
const shownElsewhere: readonly (readonly [codes: RegExp, why: string])[] = [
  [/^XF14/, 'packages come over a network: test/packages'],
  [/^XF61/, 'needs a Postgres server: test/adapters/postgres'],
];

describe('the codes of diagnostics', () => {
  const declared = new Map<string, string>();
  const files = ['src', 'adapters'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  for (const file of files.filter((file) => file.endsWith('diagnostics.ts'))) {
    const source = readFileSync(path.join(root, file), 'utf8');
    for (const [, code] of source.matchAll(/=\s*diagnostic<.*?>\(\s*'(XF\d{4})'/gs)) {
      it(`${code} is declared once`, () => expect(declared.get(code!) ?? file).toBe(file));
      declared.set(code!, file);
    }
  }
  const shown = new Set(cases.map((name) => name.slice(0, 6)));

  it('are all shown by a folder, or cannot be shown for a reason', () => {
    const missing = [...declared.keys()]
      .filter((code) => !shown.has(code) && unshown[code] === undefined)
      .filter((code) => !shownElsewhere.some(([codes]) => codes.test(code)));
    expect(missing.sort()).toEqual([]);
  });
  it('are met by another test where there is no folder', () => {
    const test = path.resolve(here, '..');
    const texts = readdirSync(test, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && path.join(test, file) !== fileURLToPath(import.meta.url))
      .map((file) => readFileSync(path.join(test, file), 'utf8'));
    const unmet = [...declared.keys()].filter((code) => !shown.has(code) && !texts.some((text) => text.includes(code)));
    expect(unmet.sort()).toEqual([]);
  });
  it('have a reason only where there is no folder', () => {
    expect(Object.keys(unshown).filter((code) => shown.has(code) || !declared.has(code))).toEqual([]);
  });
  it('are the codes that folders are named after', () => {
    expect([...shown].filter((code) => code.startsWith('XF') && !declared.has(code))).toEqual([]);
  });
});
