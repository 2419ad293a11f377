/** The format specification language of `format(value, spec)` and of `{:spec}` in format strings. */
import { textOf, typeName } from '../arguments.ts';
import { codePointLength, codePointSlice } from '../codepoints.ts';
import { big, isFloat, isInt, toDouble } from '../numbers.ts';
import { repr, str } from '../repr.ts';
import { PyError, PyObject, type Value } from '../value.ts';
import { floatDigits, groupDigits } from './number.ts';
import { asciiOnly } from './printf.ts';

interface Spec {
  fill: string;
  align: string;
  sign: string;
  alternate: boolean;
  zero: boolean;
  width: number;
  grouping: string;
  precision: number | undefined;
  type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** `format(value, spec)`. */
export function formatValue(value: Value, spec: string): string {
  if (spec === '') return str(value);
  if (isInt(value)) return formatInt(value, parse(spec));
  if (isFloat(value)) return formatFloat(toDouble(value), parse(spec));
  const text = textOf(value);
  if (text !== undefined) return formatText(text, parse(spec));
  if (value instanceof PyObject && value.format !== undefined) return value.format(spec);
  throw new PyError('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`);
}

/** Text aligned and cut as `spec` says: for classes of their own that format like strings. */
export function formatAsText(text: string, spec: string): string {
  return formatText(text, parse(spec));
}

/** Digits with their sign as `spec` says: for number classes of their own. `digits` gives them for a style and precision. */
export function formatAsNumber(
  negative: boolean,
  spec: string,
  digits: (style: string, precision: number | undefined) => string,
): string {
  const parsed = parse(spec);
  return layout(negative, '', digits(parsed.type, parsed.precision), parsed, 3);
}

function parse(spec: string): Spec {
  const found = SPEC.exec(spec);
  if (!found) throw new PyError('ValueError', 'Invalid format specifier');
  const [, fill, align, sign, , hash, zero, width, grouping, precision, type] = found;
  if (type === 'n' && grouping !== undefined) throw new PyError('ValueError', `Cannot specify '${grouping}' with 'n'.`);
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero !== undefined ? '=' : ''),
    sign: sign ?? '',
    alternate: hash !== undefined,
    zero: zero !== undefined,
    width: width === undefined ? 0 : Number(width),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  };
}

function unknownType(type: string, value: Value): PyError {
  return new PyError('ValueError', `Unknown format code '${type}' for object of type '${typeName(value)}'`);
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownType(spec.type, text);
  if (spec.sign !== '') throw new PyError('ValueError', 'Sign not allowed in string format specifier');
  if (spec.alternate) {
    throw new PyError('ValueError', 'Alternate form (#) not allowed in string format specifier');
  }
  // A lone 0 pads text on the right, where for numbers it goes after the sign.
  const align = spec.align === '=' && spec.zero ? '<' : spec.align;
  if (align === '=') throw new PyError('ValueError', "'=' alignment not allowed in string format specifier");
  if (spec.grouping !== '') throw new PyError('ValueError', `Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === undefined ? text : codePointSlice(text, 0, spec.precision);
  return aligned(cut, spec.fill, align || '<', spec.width);
}

function aligned(text: string, fill: string, align: string, width: number): string {
  const missing = width - codePointLength(text);
  if (missing <= 0) return text;
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function formatInt(value: number | bigint | boolean, spec: Spec): string {
  const whole = big(value);
  const size = whole < 0n ? -whole : whole;
  switch (spec.type) {
    case '':
    case 'd':
    case 'n':
      if (spec.precision !== undefined) break;
      return layout(whole < 0n, '', size.toString(), spec, 3);
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      if (spec.precision !== undefined) break;
      if (spec.grouping === ',') throw new PyError('ValueError', `Cannot specify ',' with '${spec.type}'.`);
      const digits = size.toString(spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16);
      const prefix = spec.alternate ? `0${spec.type}` : '';
      return layout(whole < 0n, prefix, spec.type === 'X' ? digits.toUpperCase() : digits, spec, 4);
    }
    case 'c':
      return aligned(String.fromCodePoint(Number(whole)), spec.fill, spec.align || '<', spec.width);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
      return formatFloat(toDouble(value), spec);
    default:
      throw unknownType(spec.type, value);
  }
  throw new PyError('ValueError', 'Precision not allowed in integer format specifier');
}

function formatFloat(value: number, spec: Spec): string {
  if (!/^[eEfFgGn%]?$/.test(spec.type)) throw unknownType(spec.type, 0.5);
  const negative = value < 0 || Object.is(value, -0);
  const style = spec.type === 'n' ? 'g' : spec.type;
  return layout(negative, '', floatDigits(value, style, spec.precision, spec.alternate), spec, 3);
}

/** Sign, prefix, grouped digits and padding. */
function layout(negative: boolean, prefix: string, digits: string, spec: Spec, groupSize: number): string {
  const lead = (negative ? '-' : spec.sign === '-' ? '' : spec.sign) + prefix;
  // Only ints are grouped by four, and then all of them is digits, letters included.
  const whole = groupSize === 4 ? digits : (/^\d+/.exec(digits)?.[0] ?? '');
  const rest = digits.slice(whole.length);
  const align = spec.align || '>';
  let body = spec.grouping === '' || whole === '' ? whole : groupDigits(whole, spec.grouping, groupSize);
  if (align === '=' && spec.fill === '0' && spec.grouping !== '' && whole !== '') {
    // Zeros that pad are grouped as well, and a group may make it one wider than asked for.
    let padded = whole;
    while (lead.length + groupDigits(padded, spec.grouping, groupSize).length + rest.length < spec.width) {
      padded = `0${padded}`;
    }
    body = groupDigits(padded, spec.grouping, groupSize);
  }
  if (align === '=') {
    const missing = spec.width - lead.length - body.length - rest.length;
    return lead + spec.fill.repeat(Math.max(0, missing)) + body + rest;
  }
  return aligned(lead + body + rest, spec.fill, align, spec.width);
}

/** `!r`, `!s` and `!a` of a format field. */
export function convertField(value: Value, conversion: string): Value {
  switch (conversion) {
    case 's':
      return str(value);
    case 'r':
      return repr(value);
    case 'a':
      return asciiOnly(repr(value));
    default:
      throw new PyError('ValueError', `Unknown conversion specifier ${conversion}`);
  }
}
