import { eq, iterate, PyDict, PyError, PyFunction, PyObject, PyTuple, repr, type Value } from '../jinja/index.ts';
import { plainFunction } from './signature.ts';

/** Where a key stands among the keys of many sequences that share them: a row's column names. */
export class KeyIndex {
  readonly names: readonly string[];
  #places: Map<string, number> | undefined;
  constructor(names: readonly string[]) {
    this.names = names;
  }
  find(name: string): number | undefined {
    this.#places ??= new Map(this.names.map((key, at) => [key, at]));
    return this.#places.get(name);
  }
}

/**
 * agate's MappedSequence: values that are reached by number, and by key where there are keys. Iteration gives values.
 */
export class MappedSequence extends PyObject {
  readonly typeName: string;
  readonly #keys: KeyIndex | undefined;
  readonly #values: readonly Value[];
  constructor(values: readonly Value[], keys?: KeyIndex, typeName = 'MappedSequence') {
    super();
    this.#values = values;
    this.#keys = keys;
    this.typeName = typeName;
  }
  get values(): readonly Value[] {
    return this.#values;
  }
  override getItem(key: Value): Value | undefined {
    if (typeof key === 'string') {
      const at = this.#keys?.find(key);
      return at === undefined ? undefined : this.values[at];
    }
    return typeof key === 'number' ? this.values[key < 0 ? key + this.values.length : key] : undefined;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'values':
        return new PyFunction(name, () => new PyTuple(this.values));
      case 'keys':
        return new PyFunction(name, () => (this.#keys ? new PyTuple(this.#keys.names) : null));
      case 'items':
        return new PyFunction(name, () => new PyTuple(this.#pairs(name).map((pair) => new PyTuple(pair))));
      case 'dict':
        return new PyFunction(name, () => new PyDict(this.#pairs(name)));
      case 'get':
        return plainFunction(name, ['key', 'default?'], ([key, fallback]) => this.getItem(key!) ?? fallback ?? null);
      case 'index':
        return plainFunction(name, ['value'], ([value]) => {
          const at = this.values.findIndex((item) => eq(item, value!));
          if (at < 0) throw new PyError('ValueError', `${repr(value!)} is not in the sequence`);
          return at;
        });
      case 'count':
        return plainFunction(name, ['value'], ([value]) => this.values.filter((item) => eq(item, value!)).length);
      default:
        return undefined;
    }
  }
  override size(): number {
    return this.values.length;
  }
  override iterate(): Iterable<Value> {
    return this.values;
  }
  override contains(item: Value): boolean {
    return this.values.some((value) => eq(value, item));
  }
  override slice(start: number, stop: number, step: number): Value {
    const picked: Value[] = [];
    for (let at = start; step > 0 ? at < stop : at > stop; at += step) picked.push(this.values[at]!);
    return new PyTuple(picked);
  }
  override equals(other: Value): boolean {
    if (!Array.isArray(other) && !(other instanceof PyTuple) && !(other instanceof MappedSequence)) return false;
    const others = [...iterate(other)];
    return others.length === this.values.length && this.values.every((value, at) => eq(value, others[at]!));
  }
  override hashKey(): undefined {
    return undefined;
  }
  override repr(): string {
    const shown = this.values.slice(0, 5).map((value) => repr(value));
    return `<agate.${this.typeName}: (${shown.join(', ')}${this.values.length > 5 ? ', ...' : ''})>`;
  }
  override toJson(): unknown {
    return this.values;
  }
  #pairs(name: string): [Value, Value][] {
    if (!this.#keys)
      throw new PyError('KeyError', `${name}() needs keys, which these ${this.typeName} values do not have`);
    return this.#keys.names.map((key, at) => [key, this.values[at]!]);
  }
}
