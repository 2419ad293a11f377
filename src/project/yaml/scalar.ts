import { PyFloat, type Value } from '../../jinja/index.ts';
import { readTimestamp } from './timestamp.ts';

/** Text that looks like a value of some type but is none, such as the date 2024-02-30. */
export class ScalarError extends Error {}

const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ...['~', 'null', 'Null', 'NULL', ''].map((word) => [word, null] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const decimal = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const otherInt = /^[-+]?(?:0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** The value of an unquoted scalar: YAML 1.1 as PyYAML resolves it. */
export function resolvePlain(text: string): Value {
  // Nearly all scalars are words, so the first character decides as early as it can.
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (numeric) {
    if (decimal.test(text)) return readInt(text);
    if (float.test(text)) return readFloat(text);
    if (otherInt.test(text)) return readInt(text);
    return timestamp.test(text) ? moment(text) : text;
  }
  if (text.length > 5) return text;
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text === '=' || text === '<<') throw new ScalarError(`'${text}' has no value here; quote it`);
  return text;
}

/** The value of a scalar with an explicit tag (`!!int`, …); undefined for tags that are not of YAML's own types. */
export function resolveTagged(text: string, tag: string): Value | undefined {
  switch (tag) {
    case 'str':
      return text;
    case 'null':
      return null;
    case 'bool': {
      const word = words.get(text.toLowerCase());
      if (typeof word === 'boolean') return word;
      throw new ScalarError(`'${text}' is not a boolean`);
    }
    case 'int':
      return readInt(text);
    case 'float':
      return readFloat(text);
    case 'timestamp':
      return moment(text);
    default:
      return undefined;
  }
}

function readInt(written: string): number | bigint {
  const text = written.replaceAll('_', '');
  const negative = text.startsWith('-');
  const digits = negative || text.startsWith('+') ? text.slice(1) : text;
  let value: bigint | number;
  if (digits.length < 16 && !digits.startsWith('0') && /^\d+$/.test(digits)) value = Number(digits);
  else if (digits.includes(':')) value = digits.split(':').reduce((sum, part) => sum * 60n + whole(part, written), 0n);
  else if (digits === '0') value = 0;
  else if (digits.startsWith('0') && !/^0[xb]/.test(digits)) value = whole(`0o${digits}`, written);
  else value = whole(digits, written);
  if (negative) value = value === 0 ? 0 : -value;
  return typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;
}

function whole(digits: string, written: string): bigint {
  try {
    if (/^(?:\d+|0[xob][0-9a-fA-F]+)$/.test(digits)) return BigInt(digits);
  } catch {
    // `0o8` and the like: falls through to the same refusal.
  }
  throw new ScalarError(`'${written}' is not an integer`);
}

function readFloat(written: string): Value {
  const text = written.replaceAll('_', '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = /^[-+]/.test(text) ? text.slice(1) : text;
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  const value = digits.includes(':')
    ? digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    : digits === ''
      ? Number.NaN
      : Number(digits);
  if (Number.isNaN(value)) throw new ScalarError(`'${written}' is not a number`);
  return PyFloat.of(sign * value);
}

function moment(text: string): Value {
  const value = readTimestamp(text);
  if (value === undefined) throw new ScalarError(`'${text}' is not a date that exists; quote it if it is text`);
  return value;
}
