import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compileTemplate,
  drive,
  makeModules,
  PyDecimal,
  PyError,
  PyFunction,
  str,
  type Value,
} from '../../src/jinja/index.ts';

/** A template and what Jinja2 3.1.6 on Python 3.11 makes of it; errors by the name of their class. */
interface Pair {
  t: string;
  exp: string;
}

const pairs = JSON.parse(readFileSync(new URL('../fixtures/jinja/runtime.json', import.meta.url), 'utf8')) as Pair[];

const host = new Map<string, Value>([
  ['modules', makeModules()],
  ['D', new PyFunction('Decimal', ([text = null]) => PyDecimal.parse(str(text)))],
]);
const scope = { lookup: (name: string) => host.get(name) };

function errorName(error: unknown): string {
  if (error instanceof PyError) return `ERROR:${error.type}`;
  const { type, name } = error as { type?: string; name?: string };
  return `ERROR:${type ?? name}`;
}

describe('values, operators, methods, filters, tests and modules answer as Python does', () => {
  it('has the recorded pairs', () => {
    expect(pairs.length).toBeGreaterThan(800);
  });

  it.each(pairs)('$t', ({ t, exp }) => {
    let got: string;
    try {
      got = compileTemplate(t, 'probe.sql').render(scope).text;
    } catch (error) {
      got = errorName(error);
    }
    expect(got).toBe(exp);
  });

  it('and does so where calls may wait', async () => {
    const wrong: { t: string; got: string; exp: string }[] = [];
    for (const { t, exp } of pairs) {
      let got: string;
      try {
        const rendered = await drive(compileTemplate(t, 'probe.sql').renderWaiting(scope), (request) => request());
        got = rendered.text;
      } catch (error) {
        got = errorName(error);
      }
      if (got !== exp) wrong.push({ t, got, exp });
    }
    expect(wrong).toEqual([]);
  });
});
