/** Strings as Python counts them: by code point. Text without surrogates, nearly all of it, takes the quick way. */

const SURROGATE = /[\ud800-\udfff]/;

/** True where UTF-16 units and code points differ. */
export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text);
}

/** `len(text)`. */
export function codePointLength(text: string): number {
  if (!hasSurrogates(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The text between two code point positions, both within the text. */
export function codePointSlice(text: string, start: number, stop: number): string {
  if (!hasSurrogates(text)) return text.slice(start, stop);
  return Array.from(text).slice(start, stop).join('');
}

/** The code point position of a UTF-16 position. */
export function toCodePointIndex(text: string, unit: number): number {
  return unit <= 0 || !hasSurrogates(text) ? unit : codePointLength(text.slice(0, unit));
}

/** The UTF-16 position of a code point position. */
export function toUnitIndex(text: string, index: number): number {
  if (!hasSurrogates(text)) return index;
  return codePointSlice(text, 0, index).length;
}

/** Python's notion of whitespace, as a class for regular expressions. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
