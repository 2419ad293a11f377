/**
 * Plain values as Python prints them. dbt makes names and ids of tests from that text, so it has to be the same.
 * A float with an integer value, a date and the like come as objects with `str()` (the template runtime's values do).
 */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Printable
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** A value that knows its Python text. */
export interface Printable {
  readonly typeName: string;
  str(): string;
  repr(): string;
}

/** Whether a value brings its own Python text. */
export function isPrintable(value: object): value is Printable {
  return 'typeName' in value && 'str' in value && typeof value.str === 'function';
}

/** A mapping, as against a list or a single value. */
export function isMapping(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isPrintable(value);
}

/** Python's `str(value)`. */
export function pythonStr(value: PlainValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isPrintable(value)) return value.str();
  return pythonRepr(value);
}

/** Python's `repr(value)`. */
export function pythonRepr(value: PlainValue): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return reprString(value);
  if (typeof value === 'number') return reprNumber(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isPrintable(value)) return value.repr();
  const items = Object.entries(value as { readonly [key: string]: PlainValue });
  return `{${items.map(([key, item]) => `${reprString(key)}: ${pythonRepr(item)}`).join(', ')}}`;
}

/** Whole numbers print as ints; exponents where Python has them: below 1e-4 and from 1e16, with two digits at least. */
function reprNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  return `${mantissa}e-${exponent.slice(1).padStart(2, '0')}`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What `repr` never prints as it is: controls, separators but the space, unassigned and private characters. */
const HIDDEN = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(HIDDEN, (character) => SHORT_ESCAPES[character] ?? reprCodePoint(character));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function reprCodePoint(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
