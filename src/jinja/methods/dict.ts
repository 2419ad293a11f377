/** The methods of dict, and its live views. */
import { bind, noKwargs, pair, typeName } from '../arguments.ts';
import { contains, eq } from '../comparison.ts';
import { iterate, toArray } from '../iteration.ts';
import { repr } from '../repr.ts';
import { type Kwargs, PyDict, PyError, PyFunction, PyObject, PyTuple, type Value } from '../value.ts';
import { methodTable } from './method.ts';

/** `d.keys()`, `d.values()`, `d.items()`: shows the dict as it is when looked at. */
export class PyDictView extends PyObject {
  readonly typeName: string;
  readonly kind: 'keys' | 'values' | 'items';
  readonly #dict: PyDict;
  constructor(dict: PyDict, kind: 'keys' | 'values' | 'items') {
    super();
    this.#dict = dict;
    this.kind = kind;
    this.typeName = `dict_${kind}`;
  }
  override size(): number {
    return this.#dict.size();
  }
  override *iterate(): Iterable<Value> {
    for (const key of this.#dict.iterate()) {
      if (this.kind === 'keys') yield key;
      else {
        const value = this.#dict.get(key) as Value;
        yield this.kind === 'values' ? value : pair(key, value);
      }
    }
  }
  override contains(item: Value): boolean {
    if (this.kind === 'keys') return this.#dict.has(item);
    if (this.kind === 'values') return contains(item, Array.from(this.#dict.values()));
    if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
    const value = this.#dict.get(item.items[0] as Value);
    return value !== undefined && eq(value, item.items[1] as Value);
  }
  override equals(other: Value): boolean {
    if (!(other instanceof PyObject) || this.kind === 'values') return this === other;
    if (other.size === undefined || other.contains === undefined || other instanceof PyDict) return false;
    if (other.size() !== this.size()) return false;
    for (const item of this.iterate()) if (!other.contains(item)) return false;
    return true;
  }
  override getAttr(name: string): Value | undefined {
    if (this.kind === 'values' || name !== 'isdisjoint') return undefined;
    return new PyFunction(name, ([other = null]) => !toArray(other).some((item) => this.contains(item)));
  }
  override hashKey(): undefined {
    return undefined;
  }
  override repr(): string {
    return `${this.typeName}(${repr(Array.from(this.iterate()))})`;
  }
}

/** `dict.update` from a mapping, or from anything that yields pairs. */
export function updateDict(dict: PyDict, source: Value): void {
  if (source instanceof PyDict) {
    for (const [key, value] of Array.from(source.entries())) dict.set(key, value);
    return;
  }
  const keys = source instanceof PyObject ? source.getAttr('keys') : undefined;
  if (keys !== undefined && source instanceof PyObject) {
    for (const key of iterate(source)) dict.set(key, source.getItem(key) ?? null);
    return;
  }
  let place = 0;
  for (const entry of iterate(source)) {
    let parts: Value[];
    try {
      parts = toArray(entry);
    } catch {
      throw new PyError('TypeError', `cannot convert dictionary update sequence element #${place} to a sequence`);
    }
    if (parts.length !== 2) {
      throw new PyError(
        'ValueError',
        `dictionary update sequence element #${place} has length ${parts.length}; 2 is required`,
      );
    }
    dict.set(parts[0] as Value, parts[1] as Value);
    place++;
  }
}

/** The dict that `dict(source, **kwargs)` makes. */
export function makeDict(args: Value[], kwargs: Kwargs): PyDict {
  if (args.length > 1) throw new PyError('TypeError', `dict expected at most 1 argument, got ${args.length}`);
  const dict = new PyDict();
  const [source] = args;
  if (source !== undefined) updateDict(dict, source);
  if (kwargs !== null) for (const [name, value] of kwargs) dict.set(name, value);
  return dict;
}

/** The methods of dict. */
export const dictMethods = methodTable<PyDict>({
  clear: (self) => {
    self.clear();
    return null;
  },
  copy: (self) => new PyDict(self.entries()),
  fromkeys: (_self, args, kwargs) => {
    noKwargs('fromkeys', kwargs);
    const [keys = null, value = null] = bind('fromkeys', ['iterable', 'value'], 1, args, kwargs);
    return new PyDict(Array.from(iterate(keys), (key) => [key, value]));
  },
  get: (self, args, kwargs) => {
    noKwargs('get', kwargs);
    const [key = null, fallback = null] = bind('get', ['key', 'default'], 1, args, kwargs);
    const value = self.get(key);
    return value === undefined ? fallback : value;
  },
  items: (self, args, kwargs) => view(self, 'items', args, kwargs),
  keys: (self, args, kwargs) => view(self, 'keys', args, kwargs),
  values: (self, args, kwargs) => view(self, 'values', args, kwargs),
  pop: (self, args, kwargs) => {
    noKwargs('pop', kwargs);
    const [key = null, fallback] = bind('pop', ['key', 'default'], 1, args, kwargs);
    const found = self.get(key);
    const value = found === undefined ? fallback : found;
    if (value === undefined) throw new PyError('KeyError', repr(key));
    self.delete(key);
    return value;
  },
  popitem: (self) => {
    const last = Array.from(self.entries()).pop();
    if (last === undefined) throw new PyError('KeyError', "'popitem(): dictionary is empty'");
    self.delete(last[0]);
    return new PyTuple(last);
  },
  setdefault: (self, args, kwargs) => {
    noKwargs('setdefault', kwargs);
    const [key = null, fallback = null] = bind('setdefault', ['key', 'default'], 1, args, kwargs);
    const value = self.get(key);
    if (value !== undefined) return value;
    self.set(key, fallback);
    return fallback;
  },
  update: (self, args, kwargs) => {
    if (args.length > 1) throw new PyError('TypeError', `update expected at most 1 argument, got ${args.length}`);
    const [source] = args;
    if (source !== undefined) updateDict(self, source);
    if (kwargs !== null) for (const [name, value] of kwargs) self.set(name, value);
    return null;
  },
});

function view(self: PyDict, kind: 'keys' | 'values' | 'items', args: Value[], kwargs: Kwargs): Value {
  if (args.length > 0 || (kwargs !== null && kwargs.size > 0)) {
    throw new PyError('TypeError', `${typeName(self)}.${kind}() takes no arguments (${args.length} given)`);
  }
  return new PyDictView(self, kind);
}
