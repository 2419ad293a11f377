/** Filters over numbers, and the defaults for what is missing. */
import { getAttr, missing } from '../access.ts';
import { asIndex, asText, textOf, typeName } from '../arguments.ts';
import { abs, div, mul, pow } from '../arithmetic.ts';
import { floatDigits } from '../format/number.ts';
import { truthy } from '../iteration.ts';
import {
  big,
  divideHalfEven,
  exactFraction,
  fixedDigits,
  isInt,
  isNumber,
  pyFloat,
  pyInt,
  toDouble,
  toInt,
  truncate,
} from '../numbers.ts';
import { PyError, PyFloat, PyObject, Undefined, type Value } from '../value.ts';
import { filter } from './definition.ts';

/** True for the errors that a conversion filter answers with its default. */
function isConversionError(error: unknown, ...more: string[]): boolean {
  return error instanceof PyError && ['TypeError', 'ValueError', ...more].includes(error.type);
}

function toFloat(value: Value, fallback: Value): Value {
  if (value instanceof Undefined) throw value.failure();
  try {
    return pyFloat(value);
  } catch (error) {
    if (isConversionError(error)) return fallback;
    throw error;
  }
}

function toInteger(value: Value, fallback: Value, base: number): Value {
  if (value instanceof Undefined) throw value.failure();
  try {
    return pyInt(value, base);
  } catch (error) {
    if (!isConversionError(error)) throw error;
  }
  try {
    return truncate(toDouble(pyFloat(value)));
  } catch (error) {
    if (isConversionError(error, 'OverflowError')) return fallback;
    throw error;
  }
}

/** Python's `round(value, digits)`: ties to even, on the exact value of a float. */
export function round(value: Value, digits: number): Value {
  if (isInt(value)) {
    if (digits >= 0) return toInt(big(value));
    const unit = 10n ** BigInt(-digits);
    return toInt(divideHalfEven(big(value), unit) * unit);
  }
  if (isNumber(value)) {
    const double = toDouble(value);
    if (!Number.isFinite(double)) return double;
    const negative = double < 0 || Object.is(double, -0);
    const size = digits >= 0 ? Number(fixedDigits(double, digits)) : roundedToUnit(Math.abs(double), -digits);
    return PyFloat.of(negative ? -size : size);
  }
  if (value instanceof Undefined) throw value.failure();
  const own = value instanceof PyObject ? value.arithmetic?.('round', digits, false) : undefined;
  if (own !== undefined) return own;
  throw new PyError('TypeError', `type ${typeName(value)} doesn't define __round__ method`);
}

function roundedToUnit(size: number, zeros: number): number {
  const { numerator, denominator } = exactFraction(size);
  const unit = 10n ** BigInt(zeros);
  return Number(divideHalfEven(numerator, denominator * unit) * unit);
}

function roundBy(value: Value, digits: number, method: string): Value {
  if (method === 'common') return round(value, digits);
  if (method !== 'ceil' && method !== 'floor') {
    throw new PyError('FilterArgumentError', 'method must be common, ceil or floor');
  }
  const unit = pow(10, digits);
  const scaled = mul(value, unit);
  const whole = isInt(scaled) ? big(scaled) : BigInt(Math[method](toDouble(pyFloat(scaled))));
  return div(toInt(whole), unit);
}

const UNITS = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function fileSize(value: Value, binary: boolean): string {
  if (value instanceof Undefined) throw value.failure();
  const bytes = toDouble(pyFloat(value));
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${truncate(bytes)} Bytes`;
  let unit = base;
  let place = 0;
  while (place < UNITS.length - 1 && bytes >= unit * base) {
    unit *= base;
    place++;
  }
  const prefix = UNITS[place] as string;
  return `${floatDigits(bytes / unit, 'f', 1)} ${binary ? `${prefix.toUpperCase()}i` : prefix}B`;
}

const byDefault = (name: string) =>
  filter(name, ['default_value', 'boolean'], (value, [fallback = '', boolean = false]) =>
    value instanceof Undefined || (truthy(boolean) && !truthy(value)) ? fallback : value,
  );

const itself = (name: string) => filter(name, [], (value) => value);

/** The filters of this file; dbt's `as_…` are markers only where values are rendered as themselves. */
export const numberFilters = [
  filter('abs', [], (value) => abs(value)),
  filter(
    'attr',
    ['name'],
    (value, [name]) => {
      const key = asText(name, 'attr()');
      // Only attributes count here: an item of that name is as good as missing.
      const found = getAttr(value, key);
      return value instanceof PyObject && value.getItem(key) === found ? missing(value, key) : found;
    },
    1,
  ),
  byDefault('d'),
  byDefault('default'),
  filter('filesizeformat', ['binary'], (value, [binary = false]) => fileSize(value, truthy(binary))),
  filter('float', ['default'], (value, [fallback = new PyFloat(0)]) => toFloat(value, fallback)),
  filter('int', ['default', 'base'], (value, [fallback = 0, base]) => toInteger(value, fallback, asIndex(base, 10))),
  filter('round', ['precision', 'method'], (value, [digits, method = 'common']) =>
    roundBy(value, asIndex(digits, 0), textOf(method) ?? ''),
  ),
  itself('as_text'),
  itself('as_bool'),
  itself('as_number'),
  itself('as_native'),
  filter('is_list', [], (value) => Array.isArray(value)),
];
