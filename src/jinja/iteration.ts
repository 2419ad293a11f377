/** Going through values: `iter`, `len`, `bool`, and Python's one-way iterators. */
import { typeName } from './arguments.ts';
import { codePointLength } from './codepoints.ts';
import { PyError, PyObject, PyText, Undefined, type Value } from './value.ts';

/** Python's `bool(value)`. */
export function truthy(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return true;
    default:
      if (value === null) return false;
      return Array.isArray(value) ? value.length > 0 : value.truthy();
  }
}

/** Python's `iter(value)`: TypeError where it cannot be gone through. */
export function iterate(value: Value): Iterable<Value> {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  if (value instanceof PyObject) {
    if (value.iterate !== undefined) return value.iterate();
    if (value instanceof PyText) return value.value;
  }
  throw new PyError('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** True where `iterate` would succeed. */
export function isIterable(value: Value): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return true;
  return value instanceof PyObject && (value.iterate !== undefined || value instanceof PyText);
}

/** Python's `len(value)`. */
export function length(value: Value): number {
  if (typeof value === 'string') return codePointLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof PyObject) {
    if (value instanceof PyText) return codePointLength(value.value);
    if (value.size !== undefined) return value.size();
  }
  throw new PyError('TypeError', `object of type '${typeName(value)}' has no len()`);
}

/** Python's `list(value)`: always a new array. */
export function toArray(value: Value): Value[] {
  return Array.isArray(value) ? value.slice() : Array.from(iterate(value));
}

/**
 * Python's iterators and generators: gone through once, always true, without a length. Leaving a loop early does not
 * end it, as it would a JavaScript generator.
 */
export class PyIterator extends PyObject {
  readonly typeName: string;
  readonly #items: Iterator<Value>;
  readonly #label: string;
  constructor(items: Iterable<Value>, typeName = 'generator', label = `${typeName} object`) {
    super();
    this.#items = items[Symbol.iterator]();
    this.typeName = typeName;
    this.#label = label;
  }
  /** The next item; `done` where there is none. */
  next(): IteratorResult<Value> {
    return this.#items.next();
  }
  override iterate(): Iterable<Value> {
    const next = () => this.#items.next();
    return { [Symbol.iterator]: () => ({ next }) };
  }
  override repr(): string {
    return `<${this.#label}>`;
  }
}

/** The error that using an undefined value is; returns where the value is defined. */
export function requireDefined(value: Value): void {
  if (value instanceof Undefined) throw value.failure();
}
