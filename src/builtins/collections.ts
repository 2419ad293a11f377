import { eq, iterate, PyDict, PyError, PyFunction, PySet, PyTuple, type Value } from '../jinja/index.ts';
import { plainFunction } from './signature.ts';

function zipped(columns: readonly Value[]): Value[] {
  const lists = columns.map((column) => [...iterate(column)]);
  const rows = lists.length ? Math.min(...lists.map((list) => list.length)) : 0;
  return Array.from({ length: rows }, (_, i) => new PyTuple(lists.map((list) => list[i]!)));
}

/** `set(value, default)`: the default where the value cannot be a set. */
export const setFunction: PyFunction = plainFunction('set', ['value', 'default?'], ([value, fallback]) => {
  try {
    return new PySet(iterate(value!));
  } catch (error) {
    if (error instanceof PyError) return fallback ?? null;
    throw error;
  }
});

/** `set_strict(value)`: the same, but an error where it cannot. */
export const setStrict: PyFunction = plainFunction('set_strict', ['value'], ([value]) => new PySet(iterate(value!)));

/** `zip(*args, default)`. */
export const zipFunction: PyFunction = new PyFunction('zip', (args, kwargs) => {
  try {
    return zipped(args);
  } catch (error) {
    if (error instanceof PyError) return kwargs?.get('default') ?? null;
    throw error;
  }
});

/** `zip_strict(*args)`. */
export const zipStrict: PyFunction = new PyFunction('zip_strict', (args) => zipped(args));

/** Text as it is compared where case does not count: privileges and roles are told in either. */
const folded = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);

/** `diff_of_two_dicts(a, b)`: what `a` lists under each key that `b` does not list under that key, in whichever case. */
export const diffOfTwoDicts: PyFunction = plainFunction('diff_of_two_dicts', ['dict_a', 'dict_b'], ([a, b]) => {
  const result = new PyDict();
  if (!(a instanceof PyDict) || !(b instanceof PyDict))
    throw new PyError('TypeError', 'diff_of_two_dicts takes two dicts');
  const itemsOf = (values: Value): Value[] => (values === null ? [] : [...iterate(values)].map(folded));
  const listed = [...b.entries()].map(([key, values]) => [folded(key), itemsOf(values)] as const);
  for (const [key, values] of a.entries()) {
    const others = listed.flatMap(([other, items]) => (eq(other, folded(key)) ? items : []));
    const left = [...iterate(values)].filter((value) => !others.some((other) => eq(folded(value), other)));
    if (left.length) result.set(key, left);
  }
  return result;
});
