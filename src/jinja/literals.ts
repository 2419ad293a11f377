import { PyFloat, type Value } from './value.ts';

/** An integer as written, with underscores already gone. */
export function parseIntegerText(text: string): number | bigint {
  // Python's old octal spelling of zero (`00`) is no JavaScript literal.
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A fraction or a power of ten as written. */
export function parseFloatText(text: string): Value {
  return PyFloat.of(Number(text));
}
