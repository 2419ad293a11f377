import type { DataType } from './data-type.ts';

/** Signed whole numbers from the smallest on, and how many digits each may have. */
const SIGNED = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'];
const UNSIGNED = ['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'];
const DIGITS: Readonly<Record<string, number>> = {
  TINYINT: 3,
  SMALLINT: 5,
  INTEGER: 10,
  BIGINT: 19,
  HUGEINT: 38,
  UTINYINT: 3,
  USMALLINT: 5,
  UINTEGER: 10,
  UBIGINT: 20,
  UHUGEINT: 38,
};

/** The most digits of a decimal, and of one that still fits 64 bits. */
const MOST = 38;
const MOST_64 = 18;

export const isInteger = ({ name }: DataType): boolean => name in DIGITS;
export const isDecimal = ({ name }: DataType): boolean => name === 'DECIMAL';
export const isNumber = (type: DataType): boolean =>
  isInteger(type) || isDecimal(type) || type.name === 'FLOAT' || type.name === 'DOUBLE';

export const decimal = (width: number, scale: number): DataType => ({ name: 'DECIMAL', numbers: [width, scale] });

/** Width and scale of a number as a decimal; undefined where it is none that becomes one. */
export function asDecimal(type: DataType): readonly [number, number] | undefined {
  if (isDecimal(type)) return [type.numbers![0]!, type.numbers![1]!];
  const digits = DIGITS[type.name];
  return digits === undefined ? undefined : [digits, 0];
}

/** The type of a whole number that is written out. */
export function integerType(value: bigint): DataType {
  const size = value < 0n ? -value - 1n : value;
  if (size < 1n << 31n) return { name: 'INTEGER', value };
  if (size < 1n << 63n) return { name: 'BIGINT', value };
  if (size < 1n << 127n) return { name: 'HUGEINT', value };
  return { name: 'DOUBLE' };
}

/** Whether a whole number fits a type of whole numbers. */
export function fits(value: bigint, type: string): boolean {
  const signed = SIGNED.indexOf(type);
  if (signed >= 0) {
    const bits = 8n << BigInt(signed);
    return value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n);
  }
  const unsigned = UNSIGNED.indexOf(type);
  return unsigned >= 0 && value >= 0n && value < 1n << (8n << BigInt(unsigned));
}

/** The number that two numbers become where they meet. */
export function commonNumber(a: DataType, b: DataType): DataType {
  if (a.name === 'DOUBLE' || b.name === 'DOUBLE') return { name: 'DOUBLE' };
  if (a.name === 'FLOAT' || b.name === 'FLOAT') return { name: 'FLOAT' };
  if (isDecimal(a) || isDecimal(b)) {
    const [left, right] = [asDecimal(a)!, asDecimal(b)!];
    const scale = Math.max(left[1], right[1]);
    const before = Math.max(left[0] - left[1], right[0] - right[1]);
    // Of two decimals what is before the point is kept whole.
    const kept = isDecimal(a) && isDecimal(b) ? Math.min(scale, MOST - before) : scale;
    return decimal(Math.min(MOST, before + scale), kept);
  }
  return commonInteger(a, b);
}

function commonInteger(a: DataType, b: DataType): DataType {
  // A number that is written out takes the type of the other, where it fits.
  if (a.value !== undefined && b.value === undefined && fits(a.value, b.name)) return b;
  if (b.value !== undefined && a.value === undefined && fits(b.value, a.name)) return a;
  const [signedA, signedB] = [SIGNED.indexOf(a.name), SIGNED.indexOf(b.name)];
  if (signedA >= 0 && signedB >= 0) return { name: SIGNED[Math.max(signedA, signedB)]! };
  const [unsignedA, unsignedB] = [UNSIGNED.indexOf(a.name), UNSIGNED.indexOf(b.name)];
  if (unsignedA >= 0 && unsignedB >= 0) return { name: UNSIGNED[Math.max(unsignedA, unsignedB)]! };
  const signed = Math.max(signedA, signedB);
  const unsigned = Math.max(unsignedA, unsignedB);
  // One more than the unsigned one holds all of its values.
  const enough = unsigned + 1;
  return enough < SIGNED.length ? { name: SIGNED[Math.max(signed, enough)]! } : { name: 'DOUBLE' };
}

/** The decimal that two decimals give when they are added or subtracted. */
export function decimalSum(a: readonly [number, number], b: readonly [number, number]): DataType {
  const scale = Math.max(a[1], b[1]);
  const before = Math.max(a[0] - a[1], b[0] - b[1]);
  const widest = Math.max(a[0], b[0]);
  const width = Math.max(scale + before, widest) + 1;
  if (width > MOST_64 && widest <= MOST_64) return decimal(MOST_64, scale);
  return decimal(Math.min(MOST, width), scale);
}

/** The decimal that two decimals give when they are multiplied; undefined where that is none. */
export function decimalProduct(a: readonly [number, number], b: readonly [number, number]): DataType | undefined {
  const scale = a[1] + b[1];
  if (scale > MOST) return undefined;
  const width = a[0] + b[0];
  if (width > MOST_64 && Math.max(a[0], b[0]) <= MOST_64 && scale < MOST_64) return decimal(MOST_64, scale);
  return decimal(Math.min(MOST, width), scale);
}
