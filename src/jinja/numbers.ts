/** Python's two kinds of number over JavaScript's: what is an int, what is a float, and going between them exactly. */
import { PyError, PyFloat, PyText, type Value } from './value.ts';

/** A float as a Value. */
export type Float = number | PyFloat;
/** An int as a Value. */
export type Int = number | bigint;

/** True for Python's int, bool included. */
export function isInt(value: Value): value is number | bigint | boolean {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint' || typeof value === 'boolean';
}

/** True for Python's float. */
export function isFloat(value: Value): value is number | PyFloat {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof PyFloat;
}

/** True for int, bool and float. */
export function isNumber(value: Value): value is number | bigint | boolean | PyFloat {
  return (
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof PyFloat
  );
}

/** An int in its canonical form: a number where it is safe, else a bigint. */
export function toInt(value: bigint): Int {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** An int as a bigint. */
export function big(value: number | bigint | boolean): bigint {
  return typeof value === 'bigint' ? value : BigInt(value);
}

/** A number as a double; OverflowError where an int is too large for one. */
export function toDouble(value: number | bigint | boolean | PyFloat): number {
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  const double = Number(value);
  if (!Number.isFinite(double)) throw new PyError('OverflowError', 'int too large to convert to float');
  return double;
}

/** A double cut to an int, as `int(x)` does. */
export function truncate(value: number): Int {
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/** Python's repr of a float. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return twoDigitExponent(value.toExponential());
  if (Number.isInteger(value)) return `${Object.is(value, -0) ? '-0' : value}.0`;
  return String(value);
}

/** `1e-7` as Python writes it: `1e-07`. */
export function twoDigitExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A finite double as the exact fraction `numerator / denominator`, the denominator a power of two. */
export function exactFraction(value: number): { numerator: bigint; denominator: bigint } {
  let denominator = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    // Doubling is exact, so this ends after at most 1074 steps with nothing lost.
    scaled *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(scaled), denominator };
}

/** `numerator / denominator` rounded to the nearest integer, ties to even; the denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  let quotient = numerator / denominator;
  let rest = numerator % denominator;
  if (rest < 0n) {
    rest += denominator;
    quotient -= 1n;
  }
  const twice = rest * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n !== 0n)) quotient += 1n;
  return quotient;
}

/** The absolute value of a finite double with exactly `digits` digits after the point, correctly rounded. */
export function fixedDigits(value: number, digits: number): string {
  const { numerator, denominator } = exactFraction(Math.abs(value));
  const text = divideHalfEven(numerator * 10n ** BigInt(digits), denominator)
    .toString()
    .padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The absolute value of a finite double as `digits + 1` significant digits and a decimal exponent. */
export function scientificDigits(value: number, digits: number): { mantissa: string; exponent: number } {
  if (value === 0) return { mantissa: '0'.repeat(digits + 1), exponent: 0 };
  const { numerator, denominator } = exactFraction(Math.abs(value));
  let exponent = Math.floor(Math.log10(Math.abs(value)));
  // The logarithm may be off by one, and rounding may carry into one more digit.
  for (let tries = 0; tries < 4; tries++) {
    const shift = digits - exponent;
    const scaled =
      shift >= 0
        ? divideHalfEven(numerator * 10n ** BigInt(shift), denominator)
        : divideHalfEven(numerator, denominator * 10n ** BigInt(-shift));
    const mantissa = scaled.toString();
    if (mantissa.length === digits + 1) return { mantissa, exponent };
    exponent += mantissa.length > digits + 1 ? 1 : -1;
  }
  return { mantissa: '1'.padEnd(digits + 1, '0'), exponent };
}

const INTEGER = /^[+-]?\d+(?:_\d+)*$/u;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/iu;
const NAMED_FLOAT = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/** `float(text)`; undefined where the text is not a float. */
export function parseFloatText(text: string): Float | undefined {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return PyFloat.of(Number(trimmed.replaceAll('_', '')));
  const named = NAMED_FLOAT.exec(trimmed);
  if (!named) return undefined;
  if (named[2] === undefined) return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** `int(text, base)`; undefined where the text is not such an integer. */
export function parseIntText(text: string, base = 10): Int | undefined {
  let digits = text.trim();
  if (base === 10) {
    if (!INTEGER.test(digits)) return undefined;
    digits = digits.replaceAll('_', '');
    const quick = Number(digits);
    return Number.isSafeInteger(quick) ? quick + 0 : BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  }
  const sign = digits.startsWith('-') ? -1n : 1n;
  digits = digits.replace(/^[+-]/, '').toLowerCase();
  const prefix = /^0([xob])_?/.exec(digits);
  const prefixBase = prefix ? { x: 16, o: 8, b: 2 }[prefix[1] as 'x' | 'o' | 'b'] : undefined;
  let radix = base;
  if (prefix && (base === 0 || base === prefixBase)) {
    radix = prefixBase as number;
    digits = digits.slice(prefix[0].length);
  } else if (base === 0) {
    if (/^0+[1-9]/.test(digits)) return undefined;
    radix = 10;
  }
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(digits)) return undefined;
  let result = 0n;
  for (const character of digits.replaceAll('_', '')) {
    const digit = Number.parseInt(character, 36);
    if (digit >= radix) return undefined;
    result = result * BigInt(radix) + BigInt(digit);
  }
  return toInt(sign * result);
}

/** `float(x)`. */
export function pyFloat(value: Value): Float {
  if (isNumber(value)) return PyFloat.of(toDouble(value));
  const text = value instanceof PyText ? value.value : value;
  if (typeof text === 'string') {
    const parsed = parseFloatText(text);
    if (parsed === undefined) throw new PyError('ValueError', `could not convert string to float: '${text}'`);
    return parsed;
  }
  const own = value !== null && typeof value === 'object' && !Array.isArray(value) ? value.toFloat?.() : undefined;
  if (own !== undefined) return PyFloat.of(own);
  throw new PyError('TypeError', `float() argument must be a string or a real number, not '${plainTypeName(value)}'`);
}

/** `int(x)`, with a base for strings. */
export function pyInt(value: Value, base = 10): Int {
  if (typeof value === 'number') return truncate(value);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof PyFloat) return truncate(value.value);
  const text = value instanceof PyText ? value.value : value;
  if (typeof text === 'string') {
    const parsed = parseIntText(text, base);
    if (parsed === undefined) throw new PyError('ValueError', `invalid literal for int() with base ${base}: '${text}'`);
    return parsed;
  }
  const own = value !== null && typeof value === 'object' && !Array.isArray(value) ? value.toInteger?.() : undefined;
  if (own !== undefined) return own;
  throw new PyError(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${plainTypeName(value)}'`,
  );
}

function plainTypeName(value: Value): string {
  if (value === null) return 'NoneType';
  return Array.isArray(value) ? 'list' : typeof value === 'object' ? value.typeName : typeof value;
}
