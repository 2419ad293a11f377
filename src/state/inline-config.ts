import { compileTemplate, JinjaError } from '../jinja/index.ts';

/** Settings that several levels add up to: what is written in the file is not all there is to them. */
const MERGED: ReadonlySet<string> = new Set([
  'pre-hook',
  'post-hook',
  'pre_hook',
  'post_hook',
  'packages',
  'meta',
  'quoting',
  'column_types',
  'docs',
  'contract',
  'grants',
  'snapshot_meta_column_names',
]);

/**
 * What the `config(…)` calls of a template say, as it is written: by key, the text of the expression. The text tells an
 * edit apart from a setting that merely comes out differently in another environment. Templates that cannot be read
 * say nothing.
 */
export function inlineConfig(code: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!code.includes('config')) return found;
  try {
    for (const call of compileTemplate(code, '').calls()) {
      if (call.callee !== 'config') continue;
      for (const { name, arg } of call.kwargs) {
        if (!MERGED.has(name)) found.set(name, arg.text);
      }
    }
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
  }
  return found;
}
