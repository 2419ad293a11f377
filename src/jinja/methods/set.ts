/** The methods of set. */
import { bind } from '../arguments.ts';
import { isSubset } from '../comparison.ts';
import { iterate } from '../iteration.ts';
import { repr } from '../repr.ts';
import { PyError, PySet, type Value } from '../value.ts';
import { type Method, methodTable } from './method.ts';

function asSet(value: Value): PySet {
  return value instanceof PySet ? value : new PySet(iterate(value));
}

function element(name: string, act: (self: PySet, item: Value) => void): Method<PySet> {
  return (self, args, kwargs) => {
    const [item = null] = bind(name, ['elem'], 1, args, kwargs);
    act(self, item);
    return null;
  };
}

/** A set made from the set and the other ones; `keep` puts it in place of the set itself. */
function combine(step: (result: PySet, other: PySet) => PySet, keep: boolean): Method<PySet> {
  return (self, args) => {
    let result = new PySet(self.iterate());
    for (const other of args) result = step(result, asSet(other));
    if (!keep) return result;
    for (const item of Array.from(self.iterate())) self.delete(item);
    for (const item of result.iterate()) self.add(item);
    return null;
  };
}

function union(a: PySet, b: PySet): PySet {
  return new PySet([...a.iterate(), ...b.iterate()]);
}
function intersection(a: PySet, b: PySet): PySet {
  return new PySet(Array.from(a.iterate()).filter((item) => b.contains(item)));
}
function difference(a: PySet, b: PySet): PySet {
  return new PySet(Array.from(a.iterate()).filter((item) => !b.contains(item)));
}
function symmetric(a: PySet, b: PySet): PySet {
  return union(difference(a, b), difference(b, a));
}

function relation(name: string, test: (self: PySet, other: PySet) => boolean): Method<PySet> {
  return (self, args, kwargs) => test(self, asSet(bind(name, ['other'], 1, args, kwargs)[0] as Value));
}

/** The methods of set. */
export const setMethods = methodTable<PySet>({
  add: element('add', (self, item) => self.add(item)),
  clear: (self) => {
    for (const item of Array.from(self.iterate())) self.delete(item);
    return null;
  },
  copy: (self) => new PySet(self.iterate()),
  difference: combine(difference, false),
  difference_update: combine(difference, true),
  discard: element('discard', (self, item) => void self.delete(item)),
  intersection: combine(intersection, false),
  intersection_update: combine(intersection, true),
  isdisjoint: relation('isdisjoint', (self, other) => intersection(self, other).size() === 0),
  issubset: relation('issubset', isSubset),
  issuperset: relation('issuperset', (self, other) => isSubset(other, self)),
  pop: (self) => {
    const [item] = self.iterate();
    if (item === undefined) throw new PyError('KeyError', "'pop from an empty set'");
    self.delete(item);
    return item;
  },
  remove: element('remove', (self, item) => {
    if (!self.delete(item)) throw new PyError('KeyError', repr(item));
  }),
  symmetric_difference: combine(symmetric, false),
  symmetric_difference_update: combine(symmetric, true),
  union: combine(union, false),
  update: combine(union, true),
});
