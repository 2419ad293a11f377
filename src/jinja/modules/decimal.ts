import { typeName } from '../arguments.ts';
import { formatAsNumber } from '../format/index.ts';
import { divideHalfEven, exactFraction, isFloat, isInt, toDouble, toInt } from '../numbers.ts';
import { PyError, PyFunction, PyObject, type Value } from '../value.ts';

const PRECISION = 28;
const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?$/i;
type Special = 'NaN' | 'Infinity';

/** Python's decimal.Decimal: what warehouses give for NUMERIC, digit for digit. */
export class PyDecimal extends PyObject {
  readonly typeName = 'Decimal';
  override readonly module = 'decimal';
  readonly negative: boolean;
  /** The digits as an integer without sign; the value is `digits * 10 ** exponent`. */
  readonly digits: bigint;
  readonly exponent: number;
  readonly special: Special | undefined;

  constructor(negative: boolean, digits: bigint, exponent: number, special?: Special) {
    super();
    this.negative = negative;
    this.digits = digits;
    this.exponent = exponent;
    this.special = special;
  }

  /** `Decimal(text)`; InvalidOperation where the text is no number. */
  static parse(text: string): PyDecimal {
    const trimmed = text.trim().replaceAll('_', '');
    const found = DECIMAL.exec(trimmed);
    if (found) {
      const fraction = found[3] ?? found[4] ?? '';
      const exponent = Number(found[5] ?? 0) - fraction.length;
      return new PyDecimal(found[1] === '-', BigInt((found[2] ?? '') + fraction), exponent);
    }
    const named = /^([+-]?)(?:(inf|infinity)|s?nan\d*)$/i.exec(trimmed);
    if (named) return new PyDecimal(named[1] === '-', 0n, 0, named[2] === undefined ? 'NaN' : 'Infinity');
    throw new PyError('InvalidOperation', "[<class 'decimal.ConversionSyntax'>]");
  }

  /** An int as a Decimal. */
  static fromInt(value: number | bigint | boolean): PyDecimal {
    const whole = BigInt(value);
    return new PyDecimal(whole < 0n, whole < 0n ? -whole : whole, 0);
  }

  /** The exact value of a double. */
  static fromDouble(value: number): PyDecimal {
    if (!Number.isFinite(value)) return new PyDecimal(value < 0, 0n, 0, Number.isNaN(value) ? 'NaN' : 'Infinity');
    const { numerator, denominator } = exactFraction(Math.abs(value));
    const places = denominator.toString(2).length - 1;
    return new PyDecimal(value < 0 || Object.is(value, -0), numerator * 5n ** BigInt(places), -places);
  }

  get signed(): bigint {
    return this.negative ? -this.digits : this.digits;
  }

  override truthy(): boolean {
    return this.special !== undefined || this.digits !== 0n;
  }
  override toFloat(): number {
    if (this.special === 'NaN') return Number.NaN;
    if (this.special === 'Infinity') return this.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return Number(`${this.negative ? '-' : ''}${this.digits}e${this.exponent}`);
  }
  override toInteger(): number | bigint {
    if (this.special === 'NaN') throw new PyError('ValueError', 'cannot convert NaN to integer');
    if (this.special) throw new PyError('OverflowError', 'cannot convert Infinity to integer');
    if (this.exponent >= 0) return toInt(this.signed * 10n ** BigInt(this.exponent));
    return toInt(this.signed / 10n ** BigInt(-this.exponent));
  }
  /** An int where the value is whole, else a double: how dbt writes decimals into JSON. */
  toPlainNumber(): number | bigint {
    return this.special === undefined && this.isWhole() ? this.toInteger() : this.toFloat();
  }
  private isWhole(): boolean {
    return this.exponent >= 0 || this.digits % 10n ** BigInt(-this.exponent) === 0n;
  }

  override str(): string {
    const sign = this.negative ? '-' : '';
    if (this.special) return sign + this.special;
    const text = this.digits.toString();
    const adjusted = this.exponent + text.length - 1;
    if (this.exponent <= 0 && adjusted >= -6) {
      if (this.exponent === 0) return sign + text;
      const padded = text.padStart(1 - this.exponent, '0');
      return `${sign}${padded.slice(0, this.exponent)}.${padded.slice(this.exponent)}`;
    }
    const fraction = text.length > 1 ? `.${text.slice(1)}` : '';
    return `${sign}${text[0]}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }
  override repr(): string {
    return `Decimal('${this.str()}')`;
  }
  override hashKey(): unknown {
    if (this.special) return this.toFloat();
    if (this.isWhole()) return this.toInteger();
    const double = this.toFloat();
    return PyDecimal.fromDouble(double).equals(this) ? double : `\u0000d${this.normalized().str()}`;
  }
  override equals(other: Value): boolean {
    const number = toDecimal(other, true);
    return number !== undefined && order(this, number) === 0;
  }
  override compare(other: Value): number | undefined {
    const number = toDecimal(other, true);
    return number === undefined ? undefined : order(this, number);
  }

  override arithmetic(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (operator === 'neg')
      return rounded(new PyDecimal(!this.negative && this.digits !== 0n, this.digits, this.exponent, this.special));
    if (operator === 'pos') return rounded(this);
    if (operator === 'abs') return rounded(new PyDecimal(false, this.digits, this.exponent, this.special));
    if (operator === 'round') return this.quantize(-Number(other));
    const number = toDecimal(other, false);
    if (number === undefined) return undefined;
    return reflected ? calculate(operator, number, this) : calculate(operator, this, number);
  }

  /** The value with exactly this exponent, rounded half to even. */
  quantize(exponent: number): PyDecimal {
    return new PyDecimal(this.negative, atExponent(this.digits, this.exponent, exponent), exponent, this.special);
  }
  /** Without trailing zeros. */
  normalized(): PyDecimal {
    if (this.digits === 0n) return new PyDecimal(this.negative, 0n, 0, this.special);
    const text = this.digits.toString();
    const kept = text.replace(/0+$/, '');
    return new PyDecimal(this.negative, BigInt(kept), this.exponent + text.length - kept.length, this.special);
  }

  override format(spec: string): string {
    if (this.special) return formatAsNumber(this.negative, spec, () => this.special as string);
    return formatAsNumber(this.negative, spec, (style, precision) => {
      const size = new PyDecimal(false, this.digits, this.exponent);
      const isPercent = style === '%';
      const scaled = isPercent ? new PyDecimal(false, this.digits, this.exponent + 2) : size;
      if (style === '' && precision === undefined) return size.str();
      if (style === '' || style.toLowerCase() === 'g') {
        const text = (precision === undefined ? size : roundedTo(size, Math.max(1, precision))).str();
        return style === 'g' ? text.toLowerCase() : text;
      }
      if (style.toLowerCase() === 'e') {
        const exact = precision === undefined ? size : roundedTo(size, precision + 1, true);
        const text = exact.digits.toString();
        const power = exact.exponent + text.length - 1;
        const fraction = text.length > 1 ? `.${text.slice(1)}` : '';
        return `${text[0]}${fraction}${style}${power < 0 ? '-' : '+'}${Math.abs(power)}`;
      }
      const placed = precision === undefined ? scaled : scaled.quantize(-precision);
      return fixedText(placed) + (isPercent ? '%' : '');
    });
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'is_nan':
        return new PyFunction(name, () => this.special === 'NaN');
      case 'is_infinite':
        return new PyFunction(name, () => this.special === 'Infinity');
      case 'is_finite':
        return new PyFunction(name, () => this.special === undefined);
      case 'is_zero':
        return new PyFunction(name, () => this.special === undefined && this.digits === 0n);
      case 'is_signed':
        return new PyFunction(name, () => this.negative);
      case 'normalize':
        return new PyFunction(name, () => this.normalized());
      case 'to_integral_value':
      case 'to_integral':
        return new PyFunction(name, () => (this.exponent >= 0 ? this : this.quantize(0)));
      case 'quantize':
        return new PyFunction(name, ([pattern = null]) => {
          const like = toDecimal(pattern, false);
          if (like === undefined)
            throw new PyError('TypeError', `conversion from ${typeName(pattern)} to Decimal is not supported`);
          return this.quantize(like.exponent);
        });
      case 'real':
        return this;
      default:
        return undefined;
    }
  }
}

/** A number as a Decimal; floats only where they may be compared. */
function toDecimal(value: Value, floats: boolean): PyDecimal | undefined {
  if (value instanceof PyDecimal) return value;
  if (isInt(value)) return PyDecimal.fromInt(value);
  return floats && isFloat(value) ? PyDecimal.fromDouble(toDouble(value)) : undefined;
}

function order(a: PyDecimal, b: PyDecimal): number {
  if (a.special || b.special) {
    const difference = a.toFloat() - b.toFloat();
    if (a.special === b.special && a.special === 'Infinity' && a.negative === b.negative) return 0;
    return Number.isNaN(difference) ? Number.NaN : Math.sign(difference);
  }
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Both values as signed integers of the smaller exponent. */
function aligned(a: PyDecimal, b: PyDecimal): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.signed * 10n ** BigInt(a.exponent - exponent), b.signed * 10n ** BigInt(b.exponent - exponent)];
}

function atExponent(digits: bigint, from: number, to: number): bigint {
  return from >= to ? digits * 10n ** BigInt(from - to) : divideHalfEven(digits, 10n ** BigInt(to - from));
}

function signedDecimal(value: bigint, exponent: number): PyDecimal {
  return new PyDecimal(value < 0n, value < 0n ? -value : value, exponent);
}

function rounded(value: PyDecimal): PyDecimal {
  return roundedTo(value, PRECISION);
}

/** At most `precision` digits; exactly that many where `fill` asks for it. */
function roundedTo(value: PyDecimal, precision: number, fill = false): PyDecimal {
  const size = value.digits.toString().length;
  if (size === precision || (size < precision && !fill)) return value;
  const result = value.quantize(value.exponent + size - precision);
  // Rounding up may have carried into one more digit.
  return result.digits.toString().length > precision ? result.quantize(result.exponent + 1) : result;
}

function fixedText(value: PyDecimal): string {
  if (value.exponent >= 0) return (value.digits * 10n ** BigInt(value.exponent)).toString();
  const text = value.digits.toString().padStart(1 - value.exponent, '0');
  return `${text.slice(0, value.exponent)}.${text.slice(value.exponent)}`;
}

function calculate(operator: string, a: PyDecimal, b: PyDecimal): PyDecimal | undefined {
  if (a.special || b.special) return calculateSpecial(operator, a, b);
  const exponent = Math.min(a.exponent, b.exponent);
  switch (operator) {
    case '+':
    case '-': {
      const [left, right] = aligned(a, b);
      return rounded(signedDecimal(operator === '+' ? left + right : left - right, exponent));
    }
    case '*':
      return rounded(new PyDecimal(a.negative !== b.negative, a.digits * b.digits, a.exponent + b.exponent));
    case '/':
      return divide(a, b);
    case '//':
    case '%': {
      if (b.digits === 0n) {
        throw operator === '//' && a.digits !== 0n
          ? new PyError('DivisionByZero', "[<class 'decimal.DivisionByZero'>]")
          : new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
      }
      // Decimals cut towards zero, where ints round down.
      const [left, right] = aligned(a, b);
      const size = (value: bigint) => (value < 0n ? -value : value);
      if (size(left / right).toString().length > PRECISION) {
        throw new PyError('InvalidOperation', "[<class 'decimal.DivisionImpossible'>]");
      }
      // The sign stays with a zero, too.
      return operator === '//'
        ? new PyDecimal(a.negative !== b.negative, size(left / right), 0)
        : rounded(new PyDecimal(a.negative, size(left % right), exponent));
    }
    case '**':
      return power(a, b);
    default:
      return undefined;
  }
}

function calculateSpecial(operator: string, a: PyDecimal, b: PyDecimal): PyDecimal | undefined {
  if (a.special === 'NaN' || b.special === 'NaN') return new PyDecimal(false, 0n, 0, 'NaN');
  const [x, y] = [a.toFloat(), b.toFloat()];
  const result =
    operator === '+'
      ? x + y
      : operator === '-'
        ? x - y
        : operator === '*'
          ? x * y
          : operator === '/'
            ? x / y
            : undefined;
  if (result === undefined) return undefined;
  if (Number.isNaN(result)) throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
  return PyDecimal.fromDouble(result);
}

function divide(a: PyDecimal, b: PyDecimal): PyDecimal {
  if (b.digits === 0n) {
    throw a.digits === 0n
      ? new PyError('InvalidOperation', "[<class 'decimal.DivisionUndefined'>]")
      : new PyError('DivisionByZero', "[<class 'decimal.DivisionByZero'>]");
  }
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(0, PRECISION + 2 + b.digits.toString().length - a.digits.toString().length);
  const scaled = a.digits * 10n ** BigInt(shift);
  let quotient = scaled / b.digits;
  let exponent = ideal - shift;
  const isExact = scaled % b.digits === 0n;
  // An inexact quotient must not look like a tie, nor like a whole number, to the rounding that follows.
  if (!isExact && quotient % 5n === 0n) quotient += 1n;
  if (isExact) {
    while (exponent < ideal && quotient % 10n === 0n) {
      quotient /= 10n;
      exponent++;
    }
  }
  return rounded(new PyDecimal(a.negative !== b.negative, quotient, exponent));
}

function power(a: PyDecimal, b: PyDecimal): PyDecimal {
  const exponent = Number(b.toInteger());
  if (!b.equals(exponent) || Math.abs(exponent) > 10_000) {
    return PyDecimal.parse(String(a.toFloat() ** b.toFloat()));
  }
  const size = BigInt(Math.abs(exponent));
  const raised = new PyDecimal(a.negative && size % 2n === 1n, a.digits ** size, a.exponent * Number(size));
  return exponent >= 0 ? rounded(raised) : divide(PyDecimal.fromInt(1), raised);
}
