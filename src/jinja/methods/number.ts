/** The methods and attributes of int, bool and float. */
import { pair } from '../arguments.ts';
import { exactFraction, toDouble, toInt } from '../numbers.ts';
import { PyError, PyFloat, type Value } from '../value.ts';
import { methodTable } from './method.ts';

/** The methods of int. */
export const intMethods = methodTable<number | bigint | boolean>({
  as_integer_ratio: (self) => pair(toInt(BigInt(self)), 1),
  bit_count: (self) => magnitude(self).toString(2).replaceAll('0', '').length,
  bit_length: (self) => (magnitude(self) === 0n ? 0 : magnitude(self).toString(2).length),
  conjugate: (self) => toInt(BigInt(self)),
});

/** The methods of float. */
export const floatMethods = methodTable<number | PyFloat>({
  as_integer_ratio: (self) => {
    const value = toDouble(self);
    if (!Number.isFinite(value)) {
      throw new PyError(Number.isNaN(value) ? 'ValueError' : 'OverflowError', 'cannot convert to integer ratio');
    }
    const { numerator, denominator } = exactFraction(value);
    return pair(toInt(numerator), toInt(denominator));
  },
  conjugate: (self) => self,
  is_integer: (self) => self instanceof PyFloat,
});

/** `real`, `imag`, `numerator`, `denominator`. */
export function numberAttribute(
  value: number | bigint | boolean | PyFloat,
  name: string,
  isFloat: boolean,
): Value | undefined {
  const itself = typeof value === 'boolean' ? Number(value) : value;
  switch (name) {
    case 'real':
      return itself;
    case 'imag':
      return isFloat ? new PyFloat(0) : 0;
    case 'numerator':
      return isFloat ? undefined : itself;
    case 'denominator':
      return isFloat ? undefined : 1;
    default:
      return undefined;
  }
}

function magnitude(value: number | bigint | boolean): bigint {
  const whole = BigInt(value);
  return whole < 0n ? -whole : whole;
}
