import { describe, expect, it } from 'vitest';
import { compileTemplate, fromPlain, type Value } from '../../src/jinja/index.ts';

const render = (template: string, names: Readonly<Record<string, Value>> = {}): string =>
  compileTemplate(template, 'test').render({ lookup: (name) => (Object.hasOwn(names, name) ? names[name] : undefined) })
    .text;

/** None is a value: what is None must not be taken for what is not there. */
describe('None', () => {
  it('is found as attribute, item and name', () => {
    const d = fromPlain({ a: null, b: { c: null } });
    expect(
      render('{{ d.a is none }} {{ d.b.c is none }} {{ d["a"] is none }} {{ n is none }} {{ n is defined }}', {
        d,
        n: null,
      }),
    ).toBe('True True True True True');
  });
  it('is what get and pop give, not their default', () => {
    expect(render("{% set d = {'a': none} %}{{ d.get('a', 1) }} {{ d.pop('a', 2) }} {{ d.get('a', 3) }}")).toBe(
      'None None 3',
    );
  });
  it('can be written as JSON', () => {
    expect(render('{{ d.a | tojson }}', { d: fromPlain({ a: null }) })).toBe('null');
  });
});
