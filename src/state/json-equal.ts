import { PyFloat } from '../jinja/index.ts';

/** Whether two JSON values say the same. The order of keys does not count, and neither does whether 1 is written 1.0. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof PyFloat || b instanceof PyFloat) return isNumber(a) && isNumber(b) && Number(a) === Number(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => jsonEqual(item, b[index]));
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]));
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || value instanceof PyFloat;

/** Whether a value says nothing: writers differ in whether they leave such a key out. */
export function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'object' || value instanceof PyFloat) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** A value without the keys that say nothing, all the way down. */
export function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const bare = withoutNothing(item);
    return saysNothing(bare) ? [] : [[key, bare]];
  });
  return Object.fromEntries(kept);
}

/** Whether two JSON values say the same, where a key that says nothing may as well be missing. */
export function sameContent(a: unknown, b: unknown): boolean {
  return jsonEqual(a, b) || jsonEqual(withoutNothing(a), withoutNothing(b));
}
