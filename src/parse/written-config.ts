import type { Template } from '../jinja/index.ts';
import type { PlainObject } from './plain.ts';

/** The one call of `config` there is, with nothing but plain texts in it: what is written is what it comes to. */
const PLAIN = /\bconfig\(\s*(?:\w+\s*=\s*(?:'[^'\\]*'|"[^"\\]*")\s*,?\s*)*\)/;

/**
 * The settings of a template's `config(…)` as they are written, not as they come out here: texts as such, everything
 * else as the expression. Undefined where the two are the same, or where nothing is written out.
 */
export function writtenConfig(template: Template, code: string): PlainObject | undefined {
  const at = code.indexOf('config(');
  if (at === -1) return undefined;
  if (code.indexOf('config(', at + 1) === -1 && PLAIN.test(code)) return undefined;
  const call = template.calls().find(({ callee }) => callee === 'config');
  if (!call?.kwargs.length) return undefined;
  return Object.fromEntries(
    call.kwargs.map(({ name, arg }) => [name, typeof arg.literal === 'string' ? arg.literal : arg.text]),
  );
}
