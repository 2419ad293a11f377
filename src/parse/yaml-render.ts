import { callPlain, compileTemplate, nativeRender, PyDict, type Scope, type Value } from '../jinja/index.ts';

/** Whether a string holds anything for Jinja to do. */
export const hasJinja = (text: string): boolean => text.includes('{{') || text.includes('{%') || text.includes('{#');

/** A string of a YAML file, rendered to the value it means (`"{{ var('n') | as_number }}"` to a number). */
export function renderText(text: string, scope: Scope, file: string): Value {
  if (!hasJinja(text)) return text;
  return literalCall(text, scope) ?? nativeRender(compileTemplate(text, file), scope);
}

const NAME = String.raw`\(\s*(['"])([\w .-]+)\2(?:\s*,\s*(['"])([\w .-]+)\4)?\s*\)`;
const LITERAL_CALL = new RegExp(String.raw`^\s*\{\{-?\s*(?:(ref|source)${NAME})\s*-?\}\}\s*$`);
const FILTERED_CALL = new RegExp(String.raw`^\{\{ get_where_subquery\((?:(ref|source)${NAME})\) \}\}$`);

/**
 * The value of `{{ ref('customers') }}` and the like, which nearly every test has one of: called as it stands, without a
 * template being made. Undefined for all other text, and where the call fails: a template can tell where it did.
 */
function literalCall(text: string, scope: Scope): Value | undefined {
  const filtered = FILTERED_CALL.exec(text);
  const call = filtered ?? LITERAL_CALL.exec(text);
  if (call === null) return undefined;
  const [, callee = '', , first = '', , second] = call;
  try {
    const named = callPlain(scope.lookup(callee)!, second === undefined ? [first] : [first, second], null, scope);
    return filtered ? callPlain(scope.lookup('get_where_subquery')!, [named], null, scope) : named;
  } catch {
    return undefined;
  }
}

/** Path from the entry of a properties file to one of its values. */
export type KeyPath = readonly (string | number)[];

/**
 * Renders all strings of a YAML value, except where `keep` says that they are rendered later.
 * Shares what it does not change.
 */
export function renderYaml(
  value: Value,
  scope: Scope,
  file: string,
  keep: (path: KeyPath) => boolean,
  path: KeyPath = [],
): Value {
  if (path.length && keep(path)) return value;
  if (typeof value === 'string') return renderText(value, scope, file);
  if (Array.isArray(value)) {
    let changed = false;
    const items = value.map((item, i) => {
      const rendered = renderYaml(item, scope, file, keep, [...path, i]);
      changed ||= rendered !== item;
      return rendered;
    });
    return changed ? items : value;
  }
  if (value instanceof PyDict) {
    let changed = false;
    const entries = [...value.entries()].map(([key, item]): [Value, Value] => {
      const rendered = renderYaml(item, scope, file, keep, [...path, key as string]);
      changed ||= rendered !== item;
      return [key, rendered];
    });
    return changed ? new PyDict(entries) : value;
  }
  return value;
}

const TESTS_AND_TEXT = new Set(['tests', 'data_tests', 'description', 'loaded_at_query']);
const LATE_CONFIG = new Set(['pre_hook', 'post_hook', 'pre-hook', 'post-hook', 'loaded_at_query']);

/** Parts of an entry of a properties file that are rendered later: tests when they are made, descriptions with `doc()`. */
export function renderedLater(section: string): (path: KeyPath) => boolean {
  const node = (path: KeyPath): boolean => {
    const [a, b, c] = path;
    if (TESTS_AND_TEXT.has(a as string)) return true;
    if (a === 'config' && LATE_CONFIG.has(b as string)) return true;
    if (typeof b === 'number' && TESTS_AND_TEXT.has(c as string)) return true;
    if (a === 'versions' && path.length === 5 && path[4] === 'description') return true;
    return path.length === 2 && TESTS_AND_TEXT.has(b as string);
  };
  switch (section) {
    case 'sources':
      return (path) => {
        const [a, b] = path;
        if (a === 'description' || a === 'loaded_at_query') return true;
        if (a === 'config' && b === 'loaded_at_query') return true;
        return a === 'tables' && path.length > 2 && node(path.slice(2));
      };
    case 'macros':
      return (path) => (path[0] === 'arguments' ? path.length > 1 && node(path.slice(1)) : node(path));
    case 'metrics':
      return (path) => path.includes('filter') || node(path);
    case 'saved_queries':
      return (path) => (path[0] === 'query_params' && path[1] === 'where') || node(path);
    case 'exposures':
      return (path) => path[0] === 'description' || path[0] === 'depends_on';
    case 'unit_tests':
      return (path) =>
        path[0] === 'given' || path[0] === 'expect' || path[0] === 'overrides' || path[0] === 'description';
    default:
      return node;
  }
}
