import { typeName } from '../../arguments.ts';
import { big, divideHalfEven, exactFraction, isFloat, isInt, isNumber, toDouble, toInt } from '../../numbers.ts';
import { PyError, PyFloat, PyFunction, PyObject, type Value } from '../../value.ts';
import { padded } from './civil.ts';

const DAY = 86_400_000_000n;
const LIMIT = 999_999_999n;

/** A length of time, in whole microseconds. */
export class PyTimeDelta extends PyObject {
  readonly typeName = 'timedelta';
  override readonly module = 'datetime';
  readonly microseconds: bigint;
  constructor(microseconds: bigint) {
    super();
    this.microseconds = microseconds;
    const days = floorDivide(microseconds, DAY);
    if (days > LIMIT || days < -LIMIT) {
      throw new PyError('OverflowError', `days=${days}; must have magnitude <= 999999999`);
    }
  }
  /** Days, seconds of the day and microseconds of the second, the last two never negative. */
  get parts(): { days: number; seconds: number; micros: number } {
    const days = floorDivide(this.microseconds, DAY);
    const rest = Number(this.microseconds - days * DAY);
    return { days: Number(days), seconds: Math.floor(rest / 1e6), micros: rest % 1e6 };
  }
  override truthy(): boolean {
    return this.microseconds !== 0n;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'days':
        return this.parts.days;
      case 'seconds':
        return this.parts.seconds;
      case 'microseconds':
        return this.parts.micros;
      case 'total_seconds':
        return new PyFunction(name, () => PyFloat.of(Number(this.microseconds) / 1e6));
      default:
        return undefined;
    }
  }
  override str(): string {
    const { days, seconds, micros } = this.parts;
    const clock = `${Math.floor(seconds / 3600)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}`;
    const lead = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return lead + clock + (micros === 0 ? '' : `.${padded(micros, 6)}`);
  }
  override repr(): string {
    const { days, seconds, micros } = this.parts;
    const written = [
      days === 0 ? '' : `days=${days}`,
      seconds === 0 ? '' : `seconds=${seconds}`,
      micros === 0 ? '' : `microseconds=${micros}`,
    ].filter((part) => part !== '');
    return `datetime.timedelta(${written.join(', ') || '0'})`;
  }
  override equals(other: Value): boolean {
    return other instanceof PyTimeDelta && other.microseconds === this.microseconds;
  }
  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTimeDelta)) return undefined;
    return this.microseconds < other.microseconds ? -1 : this.microseconds > other.microseconds ? 1 : 0;
  }
  override hashKey(): unknown {
    return `\u0000td${this.microseconds}`;
  }
  override arithmetic(operator: string, other: Value, reflected: boolean): Value | undefined {
    const own = this.microseconds;
    switch (operator) {
      case 'neg':
        return new PyTimeDelta(-own);
      case 'pos':
        return this;
      case 'abs':
        return new PyTimeDelta(own < 0n ? -own : own);
      case '*':
        return isNumber(other) ? scaled(own, other) : undefined;
      default:
    }
    if (other instanceof PyTimeDelta) {
      const [left, right] = reflected ? [other.microseconds, own] : [own, other.microseconds];
      return between(operator, left, right);
    }
    if (reflected || !isNumber(other)) return undefined;
    if (operator === '/' || (operator === '//' && isInt(other))) {
      if (toDouble(other) === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
      if (operator === '//') return new PyTimeDelta(floorDivide(own, big(other as number)));
      return divided(own, other);
    }
    return undefined;
  }
}

function between(operator: string, left: bigint, right: bigint): Value | undefined {
  switch (operator) {
    case '+':
      return new PyTimeDelta(left + right);
    case '-':
      return new PyTimeDelta(left - right);
    default:
  }
  if (operator !== '/' && operator !== '//' && operator !== '%') return undefined;
  if (right === 0n) {
    throw new PyError(
      'ZeroDivisionError',
      operator === '/' ? 'division by zero' : 'integer division or modulo by zero',
    );
  }
  if (operator === '/') return PyFloat.of(Number(left) / Number(right));
  const quotient = floorDivide(left, right);
  return operator === '//' ? toInt(quotient) : new PyTimeDelta(left - quotient * right);
}

function ratio(value: number | bigint | boolean | PyFloat): { numerator: bigint; denominator: bigint } {
  if (!isFloat(value)) return { numerator: big(value), denominator: 1n };
  const double = toDouble(value);
  if (!Number.isFinite(double)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  return exactFraction(double);
}

function scaled(own: bigint, factor: number | bigint | boolean | PyFloat): PyTimeDelta {
  const { numerator, denominator } = ratio(factor);
  return new PyTimeDelta(divideHalfEven(own * numerator, denominator));
}

function divided(own: bigint, divisor: number | bigint | boolean | PyFloat): PyTimeDelta {
  const { numerator, denominator } = ratio(divisor);
  const sign = numerator < 0n ? -1n : 1n;
  return new PyTimeDelta(divideHalfEven(own * denominator * sign, numerator * sign));
}

/** Division that rounds down. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ['days', DAY],
  ['seconds', 1_000_000n],
  ['microseconds', 1n],
  ['milliseconds', 1000n],
  ['minutes', 60_000_000n],
  ['hours', 3_600_000_000n],
  ['weeks', 7n * DAY],
];
/** The parameters of `timedelta(…)`. */
export const TIMEDELTA_PARAMETERS = UNITS.map(([name]) => name);

/** `timedelta(days, seconds, …)` from bound arguments: floats are added exactly and rounded once. */
export function makeTimeDelta(amounts: readonly (Value | undefined)[]): PyTimeDelta {
  let numerator = 0n;
  let denominator = 1n;
  UNITS.forEach(([name, unit], i) => {
    const amount = amounts[i];
    if (amount === undefined) return;
    if (!isNumber(amount)) {
      throw new PyError('TypeError', `unsupported type for timedelta ${name} component: ${typeName(amount)}`);
    }
    const part = ratio(amount);
    numerator = numerator * part.denominator + part.numerator * unit * denominator;
    denominator *= part.denominator;
  });
  return new PyTimeDelta(divideHalfEven(numerator, denominator));
}
