import { PyDict, PyObject, type Value } from '../jinja/index.ts';

/** What a value is, in the words of YAML, for messages. */
export function kindOf(value: Value | undefined): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof PyDict) return 'a mapping';
  if (typeof value === 'string') return value.length > 40 ? 'text' : `the text '${value}'`;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof PyObject)
    return value.typeName === 'float' ? `the number ${value.str()}` : `a ${value.typeName}`;
  return `the number ${value}`;
}
