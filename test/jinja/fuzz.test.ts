import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTemplate, drive, JinjaError, type Rendered, type Value } from '../../src/jinja/index.ts';

/** Random templates with what real Jinja2 made of them: scripts/jinja/fuzz.py makes more. */
const cases: { t: string; exp: string }[] = JSON.parse(
  readFileSync(new URL('../fixtures/jinja/fuzz.json', import.meta.url), 'utf8'),
);
const names: Readonly<Record<string, Value>> = { h: 'HOST', a: [5, 6] };
const scope = { lookup: (name: string) => (Object.hasOwn(names, name) ? names[name] : undefined) };

async function answer(render: () => Rendered | Promise<Rendered>): Promise<string> {
  try {
    return (await render()).text.replace(/ at 0x[0-9a-f]+/g, '');
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return error.type === 'TemplateSyntaxError' ? 'ERROR:syntax' : `ERROR:${error.type}`;
  }
}

describe('random templates render as with Jinja2', () => {
  it.each(cases.map((one, i) => [i, one] as const))('case %i', async (_, { t, exp }) => {
    expect(await answer(() => compileTemplate(t, 'fuzz').render(scope))).toBe(exp);
    expect(await answer(() => drive(compileTemplate(t, 'fuzz').renderWaiting(scope)))).toBe(exp);
  });
});
