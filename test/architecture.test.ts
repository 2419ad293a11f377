import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ensureBuilt, loadedFiles } from './architecture/loaded-files.ts';
import { forbidden, valueCycles } from './architecture/rooms.ts';
import { importsOf, readSources, withoutComments } from './architecture/source-file.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = readSources(root, ['src', 'adapters']);

const forbiddenNames = ['utils', 'util', 'helpers', 'helper', 'common', 'types', 'context', 'manager', 'misc'];
const mostLines = 400;

/** Files that are longer with good reason: file → reason. */
const longFiles: Readonly<Record<string, string>> = {
  'src/core/flag-table.ts': 'one table, an entry for every flag, read from top to bottom',
  'src/sql/types/duckdb-functions.ts': 'written by a script from the catalog of DuckDB',
  'src/sql/types/postgres-functions.ts': 'written by a script from the catalog of Postgres',
};

/** Variables at module level that do no harm: `file: name` → reason. */
const variables: Readonly<Record<string, string>> = {
  'src/jinja/value.ts: nextIdentity': 'numbers objects apart; it does not matter which invocation counts',
};

describe('the reading of imports', () => {
  it('tells types, values, re-exports and late imports apart', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import { type B, type C } from './b.ts';",
      "import { type D, e } from './d.ts';",
      'import {\n  f,\n  g,\n} from "./ignored.ts";'.replaceAll('"', "'"),
      "export * from './h.ts';",
      "import './i.ts';",
      "// import './comment.ts';",
      "const late = () => import('./j.ts');",
    ].join('\n');
    const seen = importsOf(text).map((line) => [line.specifier, line.typeOnly, line.dynamic]);
    expect(seen).toEqual([
      ['./a.ts', true, false],
      ['./b.ts', true, false],
      ['./d.ts', false, false],
      ['./ignored.ts', false, false],
      ['./h.ts', false, false],
      ['./i.ts', false, false],
      ['./j.ts', false, true],
    ]);
  });

  it('finds what is forbidden', () => {
    expect(forbidden('src/parse/a.ts', '../core/index.ts')).toBeUndefined();
    expect(forbidden('src/core/a.ts', '../parse/index.ts')).toContain('core has rank 0');
    expect(forbidden('src/parse/a.ts', '../packages/index.ts')).toContain('rank 4');
    expect(forbidden('src/parse/a.ts', '../core/span.ts')).toContain('another door');
    expect(forbidden('src/run/a.ts', '../../adapters/duckdb/index.ts')).toContain('reaches into');
    expect(forbidden('adapters/duckdb/a.ts', '../../src/parse/index.ts')).toContain('core and adapter only');
    expect(forbidden('adapters/postgres/a.ts', '../duckdb/index.ts')).toContain('reaches into');
    expect(forbidden('src/run/a.ts', '@duckdb/node-api')).toContain('only adapters/duckdb/');
  });

  it('finds a circle, and none where it is of types or late', () => {
    const file = (name: string, ...lines: string[]) => ({ file: name, text: '', imports: importsOf(lines.join('\n')) });
    const there = "import { a } from './a.ts';";
    const back = "import { b } from './b.ts';";
    expect(valueCycles([file('src/x/a.ts', back), file('src/x/b.ts', there)])).toHaveLength(1);
    expect(valueCycles([file('src/x/a.ts', "import type { b } from './b.ts';"), file('src/x/b.ts', there)])).toEqual(
      [],
    );
    expect(valueCycles([file('src/x/a.ts', "const b = import('./b.ts');"), file('src/x/b.ts', there)])).toEqual([]);
  });
});

describe('rooms', () => {
  it('are read at all', () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  it('import only rooms of lower rank, through their index.ts', () => {
    const wrong = sources.flatMap(({ file, imports }) =>
      imports.flatMap(({ specifier }) => {
        const why = forbidden(file, specifier);
        return why === undefined ? [] : [`${file} imports ${specifier}: ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('have no circle of files that need one another when loaded', () => {
    expect(valueCycles(sources).map((cycle) => cycle.join(' → '))).toEqual([]);
  });

  it('have an index.ts that only re-exports', () => {
    const wrong = sources
      .filter(({ file }) => /^(src\/\w+|adapters\/\w+)\/index\.ts$/.test(file) && !file.startsWith('adapters/'))
      .filter(
        ({ text }) =>
          withoutComments(text)
            .replace(/^export\b[^'"`;]*\bfrom\s*'[^']+';$/gm, '')
            .trim() !== '',
      )
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are named after what they hold', () => {
    const wrong = sources
      .map(({ file }) => file)
      .filter((file) => forbiddenNames.includes(path.basename(file).replace(/\.tsx?$/, '')));
    expect(wrong).toEqual([]);
  });

  it(`have at most ${mostLines} lines, but for those with a reason`, () => {
    const wrong = sources
      .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > mostLines && !(file in longFiles))
      .map(({ file, lines }) => `${file}: ${lines} lines`);
    expect(wrong).toEqual([]);
  });

  it('give no reason for a length they do not have', () => {
    const long = sources.filter(({ text }) => text.split('\n').length - 1 > mostLines).map(({ file }) => file);
    expect(Object.keys(longFiles).filter((file) => !long.includes(file))).toEqual([]);
  });

  it('keep no variable beside their functions: invocations run side by side in one process', () => {
    const wrong = sources.flatMap(({ file, text }) =>
      [...withoutComments(text).matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map((found) => `${file}: ${found[1]}`),
    );
    expect(wrong.filter((variable) => !(variable in variables))).toEqual([]);
  });
});

describe('the start of the command line', () => {
  const heavy = /^(src\/(jinja|sql|parse|project|compile|run|api)|adapters|node_modules\/js-yaml)\//;

  it.each(['--version', '--help'])('%s loads no driver and no parser', (flag) => {
    const loaded = loadedFiles(ensureBuilt(root), [flag]);
    expect(loaded.status).toBe(0);
    expect(loaded.stdout).not.toBe('');
    expect(loaded.sources).toContain('src/cli/main.ts');
    expect(loaded.sources.filter((file) => heavy.test(file))).toEqual([]);
    expect(loaded.urls.filter((url) => url.includes('/node_modules/'))).toEqual([]);
  });
});
