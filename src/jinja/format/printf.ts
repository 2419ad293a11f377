/** Python's `%` formatting of strings. */
import { textOf, typeName } from '../arguments.ts';
import { codePointSlice } from '../codepoints.ts';
import { isFloat, isInt, isNumber, pyFloat, toDouble, truncate } from '../numbers.ts';
import { repr, str } from '../repr.ts';
import { PyDict, PyError, PyObject, PyText, PyTuple, Undefined, type Value } from '../value.ts';
import { floatDigits } from './number.ts';

const CONVERSION = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g;

/** `template % args`. */
export function printf(template: string, args: Value): string {
  const given = args instanceof PyTuple ? args.items : [args];
  const mapping = args instanceof PyDict || Array.isArray(args) || isItemSource(args);
  let used = 0;
  const next = (): Value => {
    const value = given[used++];
    if (value === undefined) throw new PyError('TypeError', 'not enough arguments for format string');
    return value;
  };
  let named = false;
  const text = template.replace(CONVERSION, (found, key, flags: string, width, precision, type: string, at: number) => {
    if (type === '') {
      throw new PyError('ValueError', 'incomplete format');
    }
    if (type === '%' && found === '%%') return '%';
    let value: Value | undefined;
    if (key !== undefined) {
      if (!mapping || args instanceof PyTuple) throw new PyError('TypeError', 'format requires a mapping');
      named = true;
      value = itemOf(args, key);
    }
    const wide = width === '*' ? starred(next()) : width === undefined ? 0 : Number(width);
    const exact = precision === '*' ? starred(next()) : precision === undefined ? undefined : Number(precision);
    if (type === '%') return '%';
    if (!'diouxXeEfFgGcrsa'.includes(type)) {
      const code = type.codePointAt(0) as number;
      throw new PyError(
        'ValueError',
        `unsupported format character '${code > 31 && code < 127 ? type : '?'}' (0x${code.toString(16)}) at index ${at + found.length - 1}`,
      );
    }
    const body = convert(type, value ?? next(), flags, exact);
    return pad(body, wide < 0 ? `${flags}-` : flags, Math.abs(wide), 'rsac'.includes(type));
  });
  if (!named && used < given.length && !mapping) {
    throw new PyError('TypeError', 'not all arguments converted during string formatting');
  }
  return text;
}

function isItemSource(value: Value): boolean {
  return (
    value instanceof PyObject &&
    !(value instanceof PyTuple) &&
    !(value instanceof PyText) &&
    !isNumber(value) &&
    value.getItem !== PyObject.prototype.getItem
  );
}

function itemOf(mapping: Value, key: string): Value {
  const value = mapping instanceof PyObject ? mapping.getItem(key) : undefined;
  if (value === undefined) {
    if (Array.isArray(mapping)) throw new PyError('TypeError', 'list indices must be integers or slices, not str');
    throw new PyError('KeyError', repr(key));
  }
  return value;
}

function starred(value: Value): number {
  if (!isInt(value)) throw new PyError('TypeError', '* wants int');
  return Number(value);
}

/** Sign and digits apart, so that zero padding goes between them. */
interface Body {
  sign: string;
  text: string;
}

function convert(type: string, value: Value, flags: string, precision: number | undefined): Body {
  switch (type) {
    case 's':
      return { sign: '', text: cut(str(value), precision) };
    case 'r':
      return { sign: '', text: cut(repr(value), precision) };
    case 'a':
      return { sign: '', text: cut(asciiOnly(repr(value)), precision) };
    case 'c':
      return { sign: '', text: character(value) };
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return integerBody(type, value, flags, precision);
    default: {
      if (value instanceof Undefined) throw value.failure();
      if (!isNumber(value) && !(value instanceof PyObject && value.toFloat !== undefined)) {
        throw new PyError('TypeError', `must be real number, not ${typeName(value)}`);
      }
      const number = toDouble(pyFloat(value));
      const negative = number < 0 || Object.is(number, -0);
      return { sign: signOf(negative, flags), text: floatDigits(number, type, precision, flags.includes('#')) };
    }
  }
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function integerBody(type: string, value: Value, flags: string, precision: number | undefined): Body {
  const decimal = type === 'd' || type === 'i' || type === 'u';
  if (value instanceof Undefined) throw value.failure();
  let whole: bigint;
  if (isInt(value)) whole = BigInt(value);
  else if (decimal && isFloat(value)) whole = BigInt(truncate(toDouble(value)));
  else if (decimal && value instanceof PyObject && value.toInteger !== undefined) whole = BigInt(value.toInteger());
  else if (decimal)
    throw new PyError('TypeError', `%${type} format: a real number is required, not ${typeName(value)}`);
  else throw new PyError('TypeError', `%${type} format: an integer is required, not ${typeName(value)}`);
  const size = whole < 0n ? -whole : whole;
  let digits = size.toString(decimal ? 10 : type === 'o' ? 8 : 16);
  if (type === 'X') digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(precision, '0');
  const prefix = flags.includes('#') && !decimal ? `0${type}` : '';
  return { sign: signOf(whole < 0n, flags) + prefix, text: digits };
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined || text.length <= precision ? text : codePointSlice(text, 0, precision);
}

function character(value: Value): string {
  const text = textOf(value);
  if (text !== undefined && Array.from(text).length === 1) return text;
  if (isInt(value)) {
    const code = Number(value);
    if (code >= 0 && code < 0x110000) return String.fromCodePoint(code);
    throw new PyError('OverflowError', '%c arg not in range(0x110000)');
  }
  throw new PyError('TypeError', '%c requires int or char');
}

/** Non-ASCII characters as escapes, as Python's `ascii()` does to a repr. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (found) => {
    const code = found.codePointAt(0) as number;
    if (code < 0x100) return `\\x${code.toString(16)}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

function pad(body: Body, flags: string, width: number, isText: boolean): string {
  const whole = body.sign + body.text;
  const missing = width - Array.from(whole).length;
  if (missing <= 0) return whole;
  if (flags.includes('-')) return whole + ' '.repeat(missing);
  const zeros = flags.includes('0') && !isText && !/^(?:inf|nan)$/i.test(body.text);
  return zeros ? body.sign + '0'.repeat(missing) + body.text : ' '.repeat(missing) + whole;
}
