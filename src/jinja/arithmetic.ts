/** Python's arithmetic. Ints stay exact at any size; a float stays a float; everything unlike is a TypeError. */
import { operandName, textOf, typeName } from './arguments.ts';
import { printf } from './format/printf.ts';
import { big, type Float, isFloat, isInt, isNumber, toDouble, toInt } from './numbers.ts';
import { str } from './repr.ts';
import { PyError, PyFloat, PyObject, PySet, PyTuple, Undefined, type Value } from './value.ts';

type Whole = number | bigint | boolean;
const MAX_REPEAT = 1 << 28;

/** `a + b`. */
export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (!Number.isInteger(sum)) return sum;
    if (Number.isInteger(a) && Number.isInteger(b))
      return Number.isSafeInteger(sum) ? sum : toInt(BigInt(a) + BigInt(b));
    return new PyFloat(sum);
  }
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isNumber(a) && isNumber(b)) {
    if (isFloat(a) || isFloat(b)) return PyFloat.of(toDouble(a) + toDouble(b));
    return toInt(big(a as Whole) + big(b as Whole));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.concat(b);
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple(a.items.concat(b.items));
  const own = hooks('+', a, b);
  if (own !== undefined) return own;
  const left = textOf(a);
  const right = textOf(b);
  if (left !== undefined) {
    if (right !== undefined) return left + right;
    throw new PyError('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
  }
  if (Array.isArray(a)) throw new PyError('TypeError', `can only concatenate list (not "${typeName(b)}") to list`);
  if (a instanceof PyTuple) {
    throw new PyError('TypeError', `can only concatenate tuple (not "${typeName(b)}") to tuple`);
  }
  throw unsupported('+', a, b);
}

/** `a - b`. */
export function sub(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) {
    if (isFloat(a) || isFloat(b)) return PyFloat.of(toDouble(a) - toDouble(b));
    if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a - b)) return a - b;
    return toInt(big(a as Whole) - big(b as Whole));
  }
  if (a instanceof PySet && b instanceof PySet) {
    return new PySet(Array.from(a.iterate()).filter((item) => !b.contains(item)));
  }
  return hooks('-', a, b) ?? refuse('-', a, b);
}

/** `a * b`. */
export function mul(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) {
    if (isFloat(a) || isFloat(b)) return PyFloat.of(toDouble(a) * toDouble(b));
    // Adding 0 turns -0, which is no int, into 0.
    if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a * b)) return a * b + 0;
    return toInt(big(a as Whole) * big(b as Whole));
  }
  const own = hooks('*', a, b);
  if (own !== undefined) return own;
  if (isInt(b)) return repeat(a, b) ?? refuse('*', a, b);
  if (isInt(a)) return repeat(b, a) ?? refuse('*', a, b);
  for (const [sequence, count] of [
    [a, b],
    [b, a],
  ] as const) {
    if (textOf(sequence) !== undefined || Array.isArray(sequence) || sequence instanceof PyTuple) {
      throw new PyError('TypeError', `can't multiply sequence by non-int of type '${typeName(count)}'`);
    }
  }
  return refuse('*', a, b);
}

/** `a / b`: always a float between numbers. */
export function div(a: Value, b: Value): Value {
  if (!isNumber(a) || !isNumber(b)) return hooks('/', a, b) ?? refuse('/', a, b);
  if (isFloat(a) || isFloat(b)) {
    const divisor = toDouble(b);
    if (divisor === 0) throw new PyError('ZeroDivisionError', 'float division by zero');
    return PyFloat.of(toDouble(a) / divisor);
  }
  const divisor = big(b as Whole);
  if (divisor === 0n) throw new PyError('ZeroDivisionError', 'division by zero');
  if (typeof a === 'bigint' || typeof b === 'bigint') return PyFloat.of(divideBig(big(a as Whole), divisor));
  return PyFloat.of(Number(a) / Number(b));
}

/** `a // b`. */
export function floordiv(a: Value, b: Value): Value {
  if (!isNumber(a) || !isNumber(b)) return hooks('//', a, b) ?? refuse('//', a, b);
  if (isFloat(a) || isFloat(b)) {
    const divisor = toDouble(b);
    if (divisor === 0) throw new PyError('ZeroDivisionError', 'float floor division by zero');
    return floorFloat(toDouble(a), divisor);
  }
  const dividend = big(a as Whole);
  const divisor = big(b as Whole);
  if (divisor === 0n) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
  return toInt((dividend - floorRest(dividend, divisor)) / divisor);
}

/** `a % b`: the rest of numbers, printf formatting of strings. */
export function mod(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) {
    if (isFloat(a) || isFloat(b)) {
      const divisor = toDouble(b);
      if (divisor === 0) throw new PyError('ZeroDivisionError', 'float modulo');
      return PyFloat.of(floatRest(toDouble(a), divisor));
    }
    const divisor = big(b as Whole);
    if (divisor === 0n) throw new PyError('ZeroDivisionError', 'integer modulo by zero');
    return toInt(floorRest(big(a as Whole), divisor));
  }
  const own = hooks('%', a, b);
  if (own !== undefined) return own;
  const template = textOf(a);
  return template !== undefined ? printf(template, b) : refuse('%', a, b);
}

/** `a ** b`. */
export function pow(a: Value, b: Value): Value {
  if (!isNumber(a) || !isNumber(b)) return hooks('**', a, b) ?? refuse('** or pow()', a, b);
  if (isInt(a) && isInt(b) && big(b) >= 0n) return intPower(big(a), big(b));
  const base = toDouble(a);
  const exponent = toDouble(b);
  if (base === 0 && exponent < 0) {
    throw new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  }
  if (base === 1) return new PyFloat(1);
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return new PyFloat(1);
  if (base < 0 && Number.isFinite(exponent) && Number.isFinite(base) && !Number.isInteger(exponent)) {
    throw new PyError('ValueError', 'a negative number raised to a fractional power is complex');
  }
  const result = base ** exponent;
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new PyError('OverflowError', "(34, 'Numerical result out of range')");
  }
  return PyFloat.of(result);
}

/** `-a`. */
export function neg(a: Value): Value {
  if (typeof a === 'number') return 0 - a;
  if (typeof a === 'bigint') return toInt(-a);
  if (typeof a === 'boolean') return a ? -1 : 0;
  if (a instanceof PyFloat) return new PyFloat(-a.value);
  return ownUnary('neg', a) ?? refuseUnary('-', a);
}

/** `+a`. */
export function pos(a: Value): Value {
  if (typeof a === 'number' || typeof a === 'bigint' || a instanceof PyFloat) return a;
  if (typeof a === 'boolean') return Number(a);
  return ownUnary('pos', a) ?? refuseUnary('+', a);
}

/** `a ~ b ~ …`: everything as text, one after the other. */
export function concat(values: readonly Value[]): string {
  let text = '';
  for (const value of values) text += str(value);
  return text;
}

/** `abs(a)`. */
export function abs(a: Value): Value {
  if (isFloat(a)) return PyFloat.of(Math.abs(toDouble(a)));
  if (isInt(a)) return big(a) < 0n ? neg(a) : pos(a);
  const own = ownUnary('abs', a);
  if (own !== undefined) return own;
  throw new PyError('TypeError', `bad operand type for abs(): '${typeName(a)}'`);
}

/** What the operands' own classes make of it. */
function hooks(operator: string, a: Value, b: Value): Value | undefined {
  if (a instanceof PyObject) {
    const own = a.arithmetic?.(operator, b, false);
    if (own !== undefined) return own;
  }
  return b instanceof PyObject ? b.arithmetic?.(operator, a, true) : undefined;
}

function ownUnary(operator: string, a: Value): Value | undefined {
  return a instanceof PyObject ? a.arithmetic?.(operator, null, false) : undefined;
}

function refuse(operator: string, a: Value, b: Value): never {
  throw unsupported(operator, a, b);
}

function unsupported(operator: string, a: Value, b: Value): PyError {
  if (a instanceof Undefined) return a.failure();
  if (b instanceof Undefined) return b.failure();
  return new PyError(
    'TypeError',
    `unsupported operand type(s) for ${operator}: '${operandName(a)}' and '${operandName(b)}'`,
  );
}

function refuseUnary(operator: string, a: Value): never {
  if (a instanceof Undefined) throw a.failure();
  throw new PyError('TypeError', `bad operand type for unary ${operator}: '${typeName(a)}'`);
}

function repeat(sequence: Value, count: number | bigint | boolean): Value | undefined {
  const times = Math.max(0, Number(count));
  const text = textOf(sequence);
  const items = Array.isArray(sequence) ? sequence : sequence instanceof PyTuple ? sequence.items : undefined;
  const size = text?.length ?? items?.length;
  if (size === undefined) return undefined;
  if (size * times > MAX_REPEAT) throw new PyError('MemoryError', 'the repeated sequence is too long');
  if (text !== undefined) return text.repeat(times);
  const repeated: Value[] = [];
  for (let i = 0; i < times; i++) for (const item of items as readonly Value[]) repeated.push(item);
  return Array.isArray(sequence) ? repeated : new PyTuple(repeated);
}

function floorRest(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function floatRest(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floorFloat(a: number, b: number): Float {
  const rest = a % b;
  // In this order, as Python rounds: the quotient first, then one less where the signs differ.
  const quotient = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0);
  if (quotient === 0) return PyFloat.of(a / b < 0 || Object.is(a / b, -0) ? -0 : 0);
  const floor = Math.floor(quotient);
  return PyFloat.of(quotient - floor > 0.5 ? floor + 1 : floor);
}

/** The quotient of two big ints, correctly rounded to a double. */
function divideBig(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  const dividend = a < 0n ? -a : a;
  const divisor = b < 0n ? -b : b;
  const shift = Math.max(0, divisor.toString(2).length - dividend.toString(2).length + 66);
  const scaled = dividend << BigInt(shift);
  let quotient = scaled / divisor;
  // A last bit that says "and something more" makes the one rounding, to a double, come out right.
  if (scaled % divisor !== 0n) quotient |= 1n;
  const result = shift > 1000 ? Number(quotient) / 2 ** 1000 / 2 ** (shift - 1000) : Number(quotient) / 2 ** shift;
  if (!Number.isFinite(result)) throw new PyError('OverflowError', 'integer division result too large for a float');
  return negative ? -result : result;
}

function intPower(base: bigint, exponent: bigint): Whole {
  if (base === 0n || base === 1n) return toInt(exponent === 0n ? 1n : base);
  if (base === -1n) return exponent % 2n === 0n ? 1 : -1;
  if (BigInt(base.toString(2).length) * exponent > 10_000_000n) {
    throw new PyError('OverflowError', 'the power is too large');
  }
  return toInt(base ** exponent);
}
