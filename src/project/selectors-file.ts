import { DiagnosticError } from '../core/index.ts';
import { PyDict, toPlain, withWholeNumbers } from '../jinja/index.ts';
import { invalidSelectorsFile } from './diagnostics.ts';
import { kindOf } from './kind-of.ts';
import { type RenderText, renderTree } from './render.ts';
import { locate } from './yaml/index.ts';
import { readOptionalMapping } from './yaml-file.ts';

/** One entry of selectors.yml, rendered; its `definition` is read where selections are understood. */
export interface SelectorEntry {
  readonly name: string;
  readonly definition: unknown;
  readonly description?: string;
  readonly default?: boolean;
}

const FILE = 'selectors.yml';

/** Reads selectors.yml of a project; no entries where there is no such file. Throws a DiagnosticError. */
export function readSelectors(root: string, render: RenderText): readonly SelectorEntry[] {
  const { text, value } = readOptionalMapping(root, FILE);
  const written = value.get('selectors');
  if (written === undefined || written === null) return [];
  const fail = (path: (string | number)[], reason: string): never => {
    throw new DiagnosticError(invalidSelectorsFile({ reason }, { at: locate(text, FILE, path) }));
  };
  const rendered = renderTree(written, render, { file: FILE, text, path: ['selectors'] });
  if (rendered.problems.length) throw new DiagnosticError(...rendered.problems);
  if (!Array.isArray(rendered.value)) {
    return fail(['selectors'], `selectors: must be a list, but is ${kindOf(rendered.value)}`);
  }
  return rendered.value.map((entry, index) => {
    const at = ['selectors', index];
    if (!(entry instanceof PyDict)) return fail(at, `a selector must be a mapping, but is ${kindOf(entry)}`);
    if (typeof entry.get('name') !== 'string') return fail(at, 'a selector needs a name');
    if (!entry.has('definition')) return fail(at, `the selector '${String(entry.get('name'))}' needs a definition`);
    return withWholeNumbers(toPlain(entry)) as unknown as SelectorEntry;
  });
}
