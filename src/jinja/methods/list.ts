/** The methods of list and tuple. */
import { asIndex, bind, noKwargs } from '../arguments.ts';
import { eq, sorted } from '../comparison.ts';
import { toArray, truthy } from '../iteration.ts';
import { repr } from '../repr.ts';
import { type Kwargs, PyError, type PyTuple, type Value } from '../value.ts';
import { callBack, methodTable } from './method.ts';

/** One argument, which must be there. */
function one(name: string, args: Value[], kwargs: Kwargs): Value {
  noKwargs(name, kwargs);
  return bind(name, ['object'], 1, args, kwargs)[0] as Value;
}

function indexOf(kind: string, items: readonly Value[], args: Value[], kwargs: Kwargs): number {
  noKwargs('index', kwargs);
  const [value = null, start, stop] = bind('index', ['value', 'start', 'stop'], 1, args, kwargs);
  const clamp = (index: number) => (index < 0 ? Math.max(0, index + items.length) : index);
  const end = Math.min(items.length, clamp(asIndex(stop, items.length)));
  for (let i = clamp(asIndex(start, 0)); i < end; i++) if (eq(items[i] as Value, value)) return i;
  throw new PyError('ValueError', kind === 'list' ? `${repr(value)} is not in list` : 'tuple.index(x): x not in tuple');
}

function countOf(items: readonly Value[], value: Value): number {
  let count = 0;
  for (const item of items) if (eq(item, value)) count++;
  return count;
}

/** The methods of tuple. */
export const tupleMethods = methodTable<PyTuple>({
  count: (self, args, kwargs) => countOf(self.items, one('count', args, kwargs)),
  index: (self, args, kwargs) => indexOf('tuple', self.items, args, kwargs),
});

/** The methods of list. */
export const listMethods = methodTable<Value[]>({
  append: (self, args, kwargs) => {
    self.push(one('append', args, kwargs));
    return null;
  },
  clear: (self) => {
    self.length = 0;
    return null;
  },
  copy: (self) => self.slice(),
  count: (self, args, kwargs) => countOf(self, one('count', args, kwargs)),
  extend: (self, args, kwargs) => {
    // Taken as a whole first: a list may be extended by itself.
    for (const item of toArray(one('extend', args, kwargs))) self.push(item);
    return null;
  },
  index: (self, args, kwargs) => indexOf('list', self, args, kwargs),
  insert: (self, args, kwargs) => {
    noKwargs('insert', kwargs);
    const [place, value = null] = bind('insert', ['index', 'object'], 2, args, kwargs);
    self.splice(asIndex(place, 0), 0, value);
    return null;
  },
  pop: (self, args, kwargs) => {
    noKwargs('pop', kwargs);
    const place = asIndex(bind('pop', ['index'], 0, args, kwargs)[0], -1);
    if (self.length === 0) throw new PyError('IndexError', 'pop from empty list');
    const at = place < 0 ? place + self.length : place;
    if (at < 0 || at >= self.length) throw new PyError('IndexError', 'pop index out of range');
    return self.splice(at, 1)[0] as Value;
  },
  remove: (self, args, kwargs) => {
    const value = one('remove', args, kwargs);
    const at = self.findIndex((item) => eq(item, value));
    if (at < 0) throw new PyError('ValueError', 'list.remove(x): x not in list');
    self.splice(at, 1);
    return null;
  },
  reverse: (self) => {
    self.reverse();
    return null;
  },
  sort: {
    *steps(self, args, kwargs, runtime) {
      if (args.length > 0) throw new PyError('TypeError', 'sort() takes no positional arguments');
      const [key = null, reverse = false] = bind('sort', ['key', 'reverse'], 0, args, kwargs);
      let keys = self;
      if (key !== null) {
        keys = [];
        for (const item of self) keys.push(yield* callBack(runtime, key, [item]));
      }
      const result = sorted(self, keys, truthy(reverse));
      for (let i = 0; i < result.length; i++) self[i] = result[i] as Value;
      return null;
    },
  },
});
