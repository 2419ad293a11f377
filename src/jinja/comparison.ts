/** Python's comparisons: equality of anything with anything, order only between what can be ordered. */
import { operandName, textOf, typeName } from './arguments.ts';
import { hasSurrogates } from './codepoints.ts';
import { isIterable, iterate } from './iteration.ts';
import { isNumber } from './numbers.ts';
import { PyDict, PyError, PyFloat, PyObject, PySet, PyText, PyTuple, Undefined, type Value } from './value.ts';

type OrderOperator = '<' | '<=' | '>' | '>=';

/** `a == b`. */
export function eq(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isNumber(a)) return isNumber(b) ? sameNumber(rank(a), rank(b)) : b instanceof PyObject && b.equals(a);
  if (typeof a === 'string') return b instanceof PyObject && b.equals(a);
  if (a === null) return b instanceof PyObject && b.equals(null);
  if (Array.isArray(a)) return Array.isArray(b) ? sameItems(a, b) : b instanceof PyObject && b.equals(a);
  if (a instanceof PyTuple && b instanceof PyTuple) return sameItems(a.items, b.items);
  if (a instanceof PyDict && b instanceof PyDict) return sameEntries(a, b);
  if (a instanceof PySet && b instanceof PySet) return a.size() === b.size() && isSubset(a, b);
  return a.equals(b) || (b instanceof PyObject && b.equals(a));
}

/** `a != b`. */
export function ne(a: Value, b: Value): boolean {
  return !eq(a, b);
}

/** `a < b`. */
export function lt(a: Value, b: Value): boolean {
  return order(a, b, '<');
}

/** `a <= b`. */
export function le(a: Value, b: Value): boolean {
  return order(a, b, '<=');
}

/** `a > b`. */
export function gt(a: Value, b: Value): boolean {
  return order(a, b, '>');
}

/** `a >= b`. */
export function ge(a: Value, b: Value): boolean {
  return order(a, b, '>=');
}

/** `item in container`. */
export function contains(item: Value, container: Value): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    const part = textOf(item);
    if (part !== undefined) return text.includes(part);
    throw new PyError('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof PyObject && container.contains !== undefined) return container.contains(item);
  if (!isIterable(container)) {
    throw new PyError('TypeError', `argument of type '${typeName(container)}' is not iterable`);
  }
  for (const each of iterate(container)) if (eq(each, item)) return true;
  return false;
}

/** True where every item of `a` is in `b`. */
export function isSubset(a: PySet, b: PySet): boolean {
  if (a.size() > b.size()) return false;
  for (const item of a.iterate()) if (!b.contains(item)) return false;
  return true;
}

/** A number as a JavaScript primitive that `<` and `==` compare exactly, whatever its kind. */
function rank(value: number | bigint | boolean | PyFloat): number | bigint {
  if (value instanceof PyFloat) return value.value;
  return typeof value === 'boolean' ? Number(value) : value;
}

function sameNumber(a: number | bigint, b: number | bigint): boolean {
  // An int beyond the safe range and a float may be equal without being of one JavaScript type.
  return typeof a === typeof b ? a === b : a <= b && a >= b;
}

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!eq(a[i] as Value, b[i] as Value)) return false;
  return true;
}

function sameEntries(a: PyDict, b: PyDict): boolean {
  if (a.size() !== b.size()) return false;
  for (const [key, value] of a.entries()) {
    const other = b.get(key);
    if (other === undefined || !eq(value, other)) return false;
  }
  return true;
}

function order(a: Value, b: Value, operator: OrderOperator): boolean {
  if (typeof a === 'string' && typeof b === 'string') return decide(compareText(a, b), operator);
  if (isNumber(a) && isNumber(b)) return compareNumbers(rank(a), rank(b), operator);
  const left = a instanceof PyText ? a.value : a;
  const right = b instanceof PyText ? b.value : b;
  if (typeof left === 'string' && typeof right === 'string') return decide(compareText(left, right), operator);
  if (Array.isArray(left) && Array.isArray(right)) return orderItems(left, right, operator);
  if (left instanceof PyTuple && right instanceof PyTuple) return orderItems(left.items, right.items, operator);
  if (left instanceof PySet && right instanceof PySet) return orderSets(left, right, operator);
  const result =
    (left instanceof PyObject ? left.compare?.(right) : undefined) ??
    (right instanceof PyObject ? negated(right.compare?.(left)) : undefined);
  if (result !== undefined) return !Number.isNaN(result) && decide(result, operator);
  for (const side of [left, right]) if (side instanceof Undefined) throw side.failure();
  throw new PyError(
    'TypeError',
    `'${operator}' not supported between instances of '${operandName(a)}' and '${operandName(b)}'`,
  );
}

function negated(result: number | undefined): number | undefined {
  return result === undefined ? undefined : -result;
}

function decide(result: number, operator: OrderOperator): boolean {
  switch (operator) {
    case '<':
      return result < 0;
    case '<=':
      return result <= 0;
    case '>':
      return result > 0;
    default:
      return result >= 0;
  }
}

function compareNumbers(a: number | bigint, b: number | bigint, operator: OrderOperator): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** -1, 0 or 1 by code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // UTF-16 order differs from code point order only where surrogates take part.
  if (!hasSurrogates(a) && !hasSurrogates(b)) return a < b ? -1 : 1;
  const left = Array.from(a, (character) => character.codePointAt(0) as number);
  const right = Array.from(b, (character) => character.codePointAt(0) as number);
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) if (left[i] !== right[i]) return (left[i] as number) < (right[i] as number) ? -1 : 1;
  return left.length - right.length;
}

function orderItems(a: readonly Value[], b: readonly Value[], operator: OrderOperator): boolean {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a[i] as Value;
    const right = b[i] as Value;
    if (!eq(left, right)) return order(left, right, operator);
  }
  return decide(a.length - b.length, operator);
}

function orderSets(a: PySet, b: PySet, operator: OrderOperator): boolean {
  switch (operator) {
    case '<':
      return a.size() < b.size() && isSubset(a, b);
    case '<=':
      return isSubset(a, b);
    case '>':
      return b.size() < a.size() && isSubset(b, a);
    default:
      return isSubset(b, a);
  }
}

/** Sorts as Python does: stable, by `<` alone, by the key of the same position where keys are given. */
export function sorted(items: readonly Value[], keys: readonly Value[] = items, reverse = false): Value[] {
  const compare = comparator(keys);
  const places = items.map((_, index) => index);
  places.sort((a, b) => {
    const result = compare(keys[a] as Value, keys[b] as Value);
    return reverse ? -result : result;
  });
  return places.map((place) => items[place] as Value);
}

function comparator(keys: readonly Value[]): (a: Value, b: Value) => number {
  if (keys.every((key) => typeof key === 'string')) return (a, b) => compareText(a as string, b as string);
  return (a, b) => (lt(a, b) ? -1 : lt(b, a) ? 1 : 0);
}
