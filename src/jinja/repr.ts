/** Python's `repr(x)` and `str(x)`. */
import { floatRepr } from './numbers.ts';
import { PyDict, PyFloat, PyObject, PySet, PyText, PyTuple, type Value } from './value.ts';

/** Python's `str(value)`: what a template prints. */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatRepr(value);
  if (value instanceof PyObject && value.str !== PyObject.prototype.str) return value.str();
  return repr(value);
}

/** Python's `repr(value)`. */
export function repr(value: Value): string {
  return reprWithin(value, undefined);
}

/** `open` holds the containers being printed, so that one that holds itself prints as `[...]`. */
function reprWithin(value: Value, open: Set<object> | undefined): string {
  switch (typeof value) {
    case 'string':
      return strRepr(value);
    case 'number':
      return Number.isInteger(value) ? String(value) : floatRepr(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      if (value === null) return 'None';
      if (!Array.isArray(value) && value.repr !== PyObject.prototype.repr) return value.repr();
      return containerRepr(value, open);
  }
}

function containerRepr(value: Value[] | PyObject, open: Set<object> = new Set()): string {
  if (value instanceof PyText) return strRepr(value.value);
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (open.has(value)) return Array.isArray(value) ? '[...]' : value instanceof PyDict ? '{...}' : '(...)';
  open.add(value);
  try {
    if (Array.isArray(value)) return `[${value.map((item) => reprWithin(item, open)).join(', ')}]`;
    if (value instanceof PyTuple) {
      const inner = value.items.map((item) => reprWithin(item, open)).join(', ');
      return value.items.length === 1 ? `(${inner},)` : `(${inner})`;
    }
    if (value instanceof PyDict) {
      const inner: string[] = [];
      for (const [key, item] of value.entries()) inner.push(`${reprWithin(key, open)}: ${reprWithin(item, open)}`);
      return `{${inner.join(', ')}}`;
    }
    if (value instanceof PySet) {
      if (value.size() === 0) return `${value.typeName}()`;
      const inner = `{${Array.from(value.iterate(), (item) => reprWithin(item, open)).join(', ')}}`;
      return value.typeName === 'set' ? inner : `${value.typeName}(${inner})`;
    }
    return value.repr();
  } finally {
    open.delete(value);
  }
}

const PLAIN = /^[ !#-&(-[\]-~]*$/;
// What Python's str.isprintable refuses: separators other than the space, controls, formats, surrogates, unassigned.
const UNPRINTABLE = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const SHORT_ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The repr of a string: single quotes unless it holds some and no double ones. */
export function strRepr(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, escapeCharacter);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** True where Python prints every character of the text as it is. */
export function isPrintable(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text);
}
