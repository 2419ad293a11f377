import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import { JinjaError, PyDate, PyDict, PyError, type Value } from '../jinja/index.ts';
import { unrenderable } from './diagnostics.ts';
import { locate, type YamlPath } from './yaml/index.ts';

/** Renders one text of a configuration file to the value it stands for (`"{{ 1 }}"` to text, `| as_number` to a number). */
export type RenderText = (text: string, file: string) => Value;

/** What `renderTree` needs to know about the file. */
export interface RenderedFile {
  readonly file: string;
  /** The file's text, for the place in messages. */
  readonly text: string;
  /** Where the value to render stands in the file. */
  readonly path?: YamlPath;
}

const jinja = /\{[{%#]/;

/**
 * Renders every text inside a value read from YAML; keys stay as they are, dates become text. `wanted` says no to what is
 * rendered later, or never. Failures are collected, each with its place, and leave the text as it is.
 */
export function renderTree(
  value: Value,
  render: RenderText,
  { file, text, path = [] }: RenderedFile,
  wanted: (path: YamlPath) => boolean = () => true,
): { readonly value: Value; readonly problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const visit = (item: Value, at: YamlPath): Value => {
    if (Array.isArray(item)) return item.map((child, index) => visit(child, [...at, index]));
    if (item instanceof PyDict) {
      const result = new PyDict();
      for (const [key, child] of item.entries()) result.set(key, visit(child, [...at, String(key)]));
      return result;
    }
    if (!wanted(at)) return item;
    if (item instanceof PyDate) return item.str().replace(' ', 'T');
    if (typeof item !== 'string') return item;
    // A template drops one line break at its end, with or without expressions in it.
    if (!jinja.test(item)) return item.endsWith('\n') ? item.slice(0, -1) : item;
    try {
      return render(item, file);
    } catch (error) {
      problems.push(...failures(error, item, { file, text, path: [...path, ...at] }));
      return item;
    }
  };
  return { value: visit(value, []), problems };
}

/** What went wrong in a template, told with its place in the YAML file instead of the place in the template. */
function failures(error: unknown, template: string, { file, text, path = [] }: RenderedFile): Diagnostic[] {
  const at = locate(text, file, path);
  if (error instanceof DiagnosticError)
    return error.diagnostics.map((diagnostic) => ({ ...diagnostic, at, labels: [] }));
  if (error instanceof PyError || error instanceof JinjaError)
    return [unrenderable({ file, text: template, reason: error.message }, { at })];
  throw error;
}
