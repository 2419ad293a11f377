/** Filters over sequences: taking parts, ordering, grouping, joining. */

import { getAttr, getItem } from '../access.ts';
import { asIndex, textOf, typeName } from '../arguments.ts';
import { add } from '../arithmetic.ts';
import { eq, gt, lt, sorted } from '../comparison.ts';
import { isIterable, iterate, length, PyIterator, toArray, truthy } from '../iteration.ts';
import { PyDictView } from '../methods/index.ts';
import { PyRange } from '../range.ts';
import { str } from '../repr.ts';
import { hashOf, PyDict, PyError, PyObject, PySet, PyTuple, Undefined, type Value } from '../value.ts';
import { attributeGetter, filter, given, multiAttributeGetter } from './definition.ts';

/** `reversed(value)`; TypeError where a value cannot be gone through backwards. */
function reversed(value: Value): Value[] {
  const text = textOf(value);
  if (text !== undefined) return Array.from(text).reverse();
  const known =
    Array.isArray(value) ||
    value instanceof PyTuple ||
    value instanceof PyDict ||
    value instanceof PyDictView ||
    value instanceof PyRange ||
    (value instanceof PyObject && value.size !== undefined && value.slice !== undefined);
  if (!known) {
    if (value instanceof Undefined) return [];
    throw new PyError('TypeError', `'${typeName(value)}' object is not reversible`);
  }
  return toArray(value).reverse();
}

function* batches(value: Value, size: number, fill: Value): Iterable<Value> {
  let batch: Value[] = [];
  for (const item of iterate(value)) {
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (fill !== null) while (batch.length < size) batch.push(fill);
  yield batch;
}

function* slices(value: Value, count: number, fill: Value): Iterable<Value> {
  const items = toArray(value);
  if (count === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
  const size = Math.floor(items.length / count);
  const larger = items.length % count;
  let start = 0;
  for (let i = 0; i < count; i++) {
    const stop = start + size + (i < larger ? 1 : 0);
    const part = items.slice(start, stop);
    if (fill !== null && i >= larger) part.push(fill);
    yield part;
    start = stop;
  }
}

function* pairsOf(value: Value): Iterable<Value> {
  if (value instanceof Undefined) return;
  if (value instanceof PyDict) yield* new PyDictView(value, 'items').iterate();
  else throw new PyError('TypeError', 'Can only get item pairs from a mapping.');
}

function* uniques(value: Value, get: (item: Value) => Value): Iterable<Value> {
  const seen = new Set<unknown>();
  for (const item of iterate(value)) {
    const key = hashOf(get(item));
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
}

function extreme(value: Value, better: (a: Value, b: Value) => boolean, get: (item: Value) => Value): Value {
  let best: Value | undefined;
  let bestKey: Value = null;
  for (const item of iterate(value)) {
    const key = get(item);
    if (best === undefined || better(key, bestKey)) {
      best = item;
      bestKey = key;
    }
  }
  return best ?? new Undefined(undefined, 'No aggregated item, sequence was empty.');
}

/** One group of `groupby`: a tuple of the common value and the items that have it. */
class PyGroup extends PyTuple {
  override getAttr(name: string): Value | undefined {
    return name === 'grouper' ? this.items[0] : name === 'list' ? this.items[1] : undefined;
  }
}

function grouped(value: Value, attribute: Value, fallback: Value, caseSensitive: boolean): Value[] {
  const get = attributeGetter(attribute, { fallback, ignoreCase: !caseSensitive });
  const items = toArray(value);
  const ordered = sorted(items, items.map(get));
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of ordered) {
    const key = get(item);
    const last = groups[groups.length - 1];
    if (last !== undefined && eq(last.key, key)) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  const shown = attributeGetter(attribute, { fallback });
  return groups.map((group) => new PyGroup([caseSensitive ? group.key : shown(group.items[0] as Value), group.items]));
}

function dictSorted(value: Value, caseSensitive: boolean, by: string, reverse: boolean): Value {
  if (by !== 'key' && by !== 'value') {
    throw new PyError('FilterArgumentError', 'You can only sort by either "key" or "value"');
  }
  if (!(value instanceof PyDict)) {
    if (value instanceof Undefined) throw value.failure();
    const items = getAttr(value, 'items');
    if (items instanceof Undefined) {
      throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
    }
  }
  const entries = Array.from(value instanceof PyDict ? value.entries() : [], (entry) => new PyTuple(entry));
  const key = attributeGetter(by === 'key' ? 0 : 1, { ignoreCase: !caseSensitive });
  return sorted(entries, entries.map(key), reverse);
}

function randomItem(value: Value): Value {
  const size = length(value);
  if (size === 0) return new Undefined(undefined, 'No random item, sequence was empty.');
  return getItem(value, Math.floor(Math.random() * size));
}

const extremeParameters = ['case_sensitive', 'attribute'];
const getterOf = (caseSensitive: Value | undefined, attribute: Value | undefined) =>
  attributeGetter(attribute ?? null, { ignoreCase: !truthy(caseSensitive ?? false) });

/** The filters of this file. */
export const sequenceFilters = [
  filter(
    'batch',
    ['linecount', 'fill_with'],
    (value, [count, fill = null]) =>
      new PyIterator(batches(value, asIndex(count, 1), fill), 'generator', 'generator object do_batch'),
    1,
  ),
  filter(
    'slice',
    ['slices', 'fill_with'],
    (value, [count, fill = null]) =>
      new PyIterator(slices(value, asIndex(count, 1), fill), 'generator', 'generator object sync_do_slice'),
    1,
  ),
  filter('count', [], (value) => length(value)),
  filter('length', [], (value) => length(value)),
  filter(
    'dictsort',
    ['case_sensitive', 'by', 'reverse'],
    (value, [caseSensitive = false, by = 'key', reverse = false]) =>
      dictSorted(value, truthy(caseSensitive), textOf(by) ?? '', truthy(reverse)),
  ),
  filter('first', [], (value) => {
    for (const item of iterate(value)) return item;
    return new Undefined(undefined, 'No first item, sequence was empty.');
  }),
  filter('last', [], (value) => reversed(value)[0] ?? new Undefined(undefined, 'No last item, sequence was empty.')),
  filter(
    'groupby',
    ['attribute', 'default', 'case_sensitive'],
    (value, [attribute = null, fallback = null, caseSensitive = false]) =>
      grouped(value, attribute, fallback, truthy(caseSensitive)),
    1,
  ),
  filter('items', [], (value) => new PyIterator(pairsOf(value), 'generator', 'generator object do_items')),
  filter('join', ['d', 'attribute'], (value, [separator = '', attribute]) => {
    const get = given(attribute) === undefined ? undefined : attributeGetter(attribute as Value);
    const parts: string[] = [];
    for (const item of iterate(value)) parts.push(str(get === undefined ? item : get(item)));
    return parts.join(str(separator));
  }),
  filter('list', [], (value) => toArray(value)),
  filter('max', extremeParameters, (value, [caseSensitive, attribute]) =>
    extreme(value, gt, getterOf(caseSensitive, attribute)),
  ),
  filter('min', extremeParameters, (value, [caseSensitive, attribute]) =>
    extreme(value, lt, getterOf(caseSensitive, attribute)),
  ),
  filter('random', [], randomItem),
  filter('reverse', [], (value) => {
    const text = textOf(value);
    if (text !== undefined) return Array.from(text).reverse().join('');
    if (!isIterable(value)) throw new PyError('FilterArgumentError', 'argument must be iterable');
    if (value instanceof PySet || value instanceof PyIterator) return toArray(value).reverse();
    return new PyIterator(reversed(value), Array.isArray(value) ? 'list_reverseiterator' : 'reversed');
  }),
  filter(
    'sort',
    ['reverse', 'case_sensitive', 'attribute'],
    (value, [reverse = false, caseSensitive = false, attribute = null]) => {
      const items = toArray(value);
      const get = multiAttributeGetter(attribute, !truthy(caseSensitive));
      return sorted(items, items.map(get), truthy(reverse));
    },
  ),
  filter('sum', ['attribute', 'start'], (value, [attribute, start = 0]) => {
    const get = given(attribute) === undefined ? undefined : attributeGetter(attribute as Value);
    if (textOf(start) !== undefined) {
      throw new PyError('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
    }
    let total = start;
    for (const item of iterate(value)) total = add(total, get === undefined ? item : get(item));
    return total;
  }),
  filter(
    'unique',
    extremeParameters,
    (value, [caseSensitive, attribute]) =>
      new PyIterator(
        uniques(value, getterOf(caseSensitive, attribute)),
        'generator',
        'generator object sync_do_unique',
      ),
  ),
];
