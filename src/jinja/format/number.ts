/** Numbers as text with a given number of digits: what both of Python's formatting languages stand on. */
import { fixedDigits, floatRepr, scientificDigits } from '../numbers.ts';

/** The digits of a float without its sign, in one of the styles `e E f F g G %`, or '' for `repr`-like. */
export function floatDigits(value: number, style: string, precision: number | undefined, alternate = false): string {
  const upper = style === 'E' || style === 'F' || style === 'G';
  const text = lowerFloatDigits(Math.abs(value), style.toLowerCase(), precision, alternate);
  return upper ? text.toUpperCase() : text;
}

function lowerFloatDigits(size: number, style: string, precision: number | undefined, alternate: boolean): string {
  if (!Number.isFinite(size)) return `${Number.isNaN(size) ? 'nan' : 'inf'}${style === '%' ? '%' : ''}`;
  switch (style) {
    case 'f':
      return withPoint(fixedDigits(size, precision ?? 6), alternate);
    case '%':
      return `${withPoint(fixedDigits(size * 100, precision ?? 6), alternate)}%`;
    case 'e': {
      const { mantissa, exponent } = scientificDigits(size, precision ?? 6);
      return scientific(mantissa, exponent, alternate);
    }
    case '':
      return precision === undefined ? floatRepr(size) : general(size, precision, alternate, true);
    default:
      return general(size, precision ?? 6, alternate, false);
  }
}

function withPoint(digits: string, alternate: boolean): string {
  return alternate && !digits.includes('.') ? `${digits}.` : digits;
}

function scientific(mantissa: string, exponent: number, alternate: boolean): string {
  const fraction = mantissa.slice(1);
  const power = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${mantissa[0]}${fraction === '' && !alternate ? '' : `.${fraction}`}${power}`;
}

function general(size: number, precision: number, alternate: boolean, keepPoint: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  const { mantissa, exponent } = scientificDigits(size, digits - 1);
  const kept = alternate ? mantissa : mantissa.replace(/0+$/, '').padEnd(1, '0');
  if (exponent < -4 || exponent >= digits - (keepPoint ? 1 : 0)) return scientific(kept, exponent, alternate);
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${kept}`;
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = kept.slice(exponent + 1);
  if (fraction !== '') return `${whole}.${fraction}`;
  return keepPoint ? `${whole}.0` : withPoint(whole, alternate);
}

/** Puts `separator` between groups of digits, counted from the right, of a run of digits. */
export function groupDigits(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size) groups.unshift(digits.slice(Math.max(0, end - size), end));
  return groups.join(separator);
}
