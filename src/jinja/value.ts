import { PyError } from './error.ts';

export { PyError };

/**
 * The value model: Python values as JavaScript values.
 *
 * | Python              | JavaScript                                                    |
 * |---------------------|---------------------------------------------------------------|
 * | None, bool, str     | null, boolean, string (indexed by code point in operations)   |
 * | int                 | number with an integer value, bigint beyond ±(2^53 - 1)       |
 * | float               | number with a fraction, NaN, ±Infinity; `PyFloat` for 1.0     |
 * | list, tuple         | Array, `PyTuple`                                              |
 * | dict, set           | `PyDict`, `PySet` (Python's key equality: 1 == 1.0 == True)   |
 * | undefined           | `Undefined`                                                   |
 * | anything else       | a `PyObject`                                                  |
 */
export type Value = null | boolean | number | bigint | string | Value[] | PyObject;

/** Named arguments of a call, in the order written; null where there are none. */
export type Kwargs = ReadonlyMap<string, Value> | null;

/** What a template waits for: run by `drive`, its result (or its failure) goes back into the template. */
export type HostRequest = () => Promise<Value>;

/** A call that may have to wait. */
export type Waiting<T = Value> = Generator<HostRequest, T, unknown>;

/** Anything that is not one of JavaScript's own types. What is undefined here, the operation refuses with Python's error. */
export abstract class PyObject {
  /** Python's `type(x).__name__`. */
  abstract readonly typeName: string;
  /** The module the type comes from, where messages name it; built-in types have none. */
  declare readonly module?: string;
  /** True where `is mapping` holds without it being a PyDict. */
  declare readonly isMapping?: boolean;
  /** The attribute, or undefined where there is none. Only what this returns can be reached from a template. */
  getAttr(_name: string): Value | undefined {
    return undefined;
  }
  /** The item, or undefined where there is none. */
  getItem(_key: Value): Value | undefined {
    return undefined;
  }
  /** `x[key] = value`, for the `do`-able mutators that need it. */
  setItem?(key: Value, value: Value): void;
  /** The full name of a member, of a namespace in which a missing one is a mistake of the template. */
  memberPath?(name: string): string;
  truthy(): boolean {
    const n = this.size?.();
    return n === undefined || n > 0;
  }
  size?(): number;
  iterate?(): Iterable<Value>;
  contains?(item: Value): boolean;
  /** Python's `str(x)`. */
  str(): string {
    return this.repr();
  }
  repr(): string {
    return `<${this.typeName} object>`;
  }
  equals(other: Value): boolean {
    return this === other;
  }
  /** -1, 0, 1, or undefined where Python cannot order the two. */
  compare?(other: Value): number | undefined;
  /** What stands for this value as a key; undefined for unhashable. By default identity. */
  hashKey(): unknown {
    return this;
  }
  /** Arithmetic with this on the left or (`reflected`) on the right; undefined where not supported. */
  arithmetic?(operator: string, other: Value, reflected: boolean): Value | undefined;
  /** `x[start:stop:step]` with the bounds already resolved against `size()`. */
  slice?(start: number, stop: number, step: number): Value;
  /** Python's `float(x)` and `int(x)`, where the value has them. */
  toFloat?(): number;
  toInteger?(): number | bigint;
  /** What `format(x, spec)` and a format string make of it; undefined spec handling falls back to `str`. */
  format?(spec: string): string;
  /** JavaScript's own name for `toJson`. */
  toJSON(): unknown {
    return this.toJson?.();
  }
  /** What `tojson` and a manifest write for it; undefined where JSON has no word for it. */
  toJson?(): unknown;
}

/**
 * A string of a class of its own (Python's subclasses of str, such as Markup): every operation sees the plain text,
 * and `repr` and identity alone tell it apart.
 */
export class PyText extends PyObject {
  readonly typeName: string = 'str';
  readonly value: string;
  constructor(value: string) {
    super();
    this.value = value;
  }
  override truthy(): boolean {
    return this.value !== '';
  }
  override str(): string {
    return this.value;
  }
  override equals(other: Value): boolean {
    return this.value === (other instanceof PyText ? other.value : other);
  }
  override hashKey(): unknown {
    return this.value;
  }
  override toJson(): unknown {
    return this.value;
  }
}

/** A float whose value is an integer: keeps `1.0` apart from `1`. Other floats are plain numbers. */
export class PyFloat extends PyObject {
  readonly typeName = 'float';
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  /** The canonical float: a plain number where it has a fraction. */
  static of(value: number): number | PyFloat {
    return Number.isInteger(value) ? new PyFloat(value) : value;
  }
  override truthy(): boolean {
    return this.value !== 0;
  }
  override equals(other: Value): boolean {
    if (other instanceof PyFloat) return this.value === other.value;
    if (typeof other === 'bigint') return BigInt(this.value) === other;
    return typeof other === 'boolean' ? this.value === Number(other) : this.value === other;
  }
  override hashKey(): unknown {
    return Number.isSafeInteger(this.value) ? this.value : BigInt(this.value);
  }
  override repr(): string {
    if (Math.abs(this.value) < 1e16) return `${Object.is(this.value, -0) ? '-0' : this.value}.0`;
    return this.value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  override toJson(): unknown {
    return this.value;
  }
  /** Outside of templates it counts and prints like any number. */
  override valueOf(): number {
    return this.value;
  }
  override toString(): string {
    return this.repr();
  }
}

/** An immutable sequence. */
export class PyTuple extends PyObject {
  readonly typeName = 'tuple';
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }
  override size(): number {
    return this.items.length;
  }
  override iterate(): Iterable<Value> {
    return this.items;
  }
  override hashKey(): unknown {
    return `\u0000t${JSON.stringify(this.items.map((item) => keyText(hashOf(item))))}`;
  }
  override toJson(): unknown {
    return this.items;
  }
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;
/** A hash as text that differs wherever the hashes differ. */
function keyText(hash: unknown): string {
  if ((typeof hash === 'object' && hash !== null) || typeof hash === 'function') {
    let id = identities.get(hash);
    if (id === undefined) {
      id = nextIdentity++;
      identities.set(hash, id);
    }
    return `o${id}`;
  }
  return `${typeof hash}:${String(hash)}`;
}

/** What stands for a value as a key of dict or set. Throws TypeError for lists and dicts. */
export function hashOf(value: Value): unknown {
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0;
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) throw new PyError('TypeError', "unhashable type: 'list'");
      const hash = value.hashKey();
      if (hash === undefined) throw new PyError('TypeError', `unhashable type: '${value.typeName}'`);
      return hash;
    }
    default:
      return value;
  }
}

/** Python's dict: insertion order, key equality of Python. */
export class PyDict extends PyObject {
  readonly typeName = 'dict';
  readonly #values = new Map<unknown, Value>();
  /** The keys as written, only where they differ from their hash (True, 1.0, tuples, objects). */
  #written: Map<unknown, Value> | undefined;

  constructor(entries?: Iterable<readonly [Value, Value]>) {
    super();
    if (entries) for (const [k, v] of entries) this.set(k, v);
  }
  get(key: Value): Value | undefined {
    return this.#values.get(hashOf(key));
  }
  has(key: Value): boolean {
    return this.#values.has(hashOf(key));
  }
  set(key: Value, value: Value): this {
    const hash = hashOf(key);
    if (hash !== key && !this.#values.has(hash)) {
      this.#written ??= new Map();
      this.#written.set(hash, key);
    }
    this.#values.set(hash, value);
    return this;
  }
  delete(key: Value): boolean {
    const hash = hashOf(key);
    this.#written?.delete(hash);
    return this.#values.delete(hash);
  }
  clear(): void {
    this.#values.clear();
    this.#written = undefined;
  }
  *keys(): IterableIterator<Value> {
    for (const hash of this.#values.keys()) yield this.#key(hash);
  }
  values(): IterableIterator<Value> {
    return this.#values.values();
  }
  *entries(): IterableIterator<[Value, Value]> {
    for (const [hash, value] of this.#values) yield [this.#key(hash), value];
  }
  #key(hash: unknown): Value {
    const written = this.#written?.get(hash);
    return written === undefined ? (hash as Value) : written;
  }
  override size(): number {
    return this.#values.size;
  }
  override *iterate(): Iterable<Value> {
    const size = this.#values.size;
    for (const hash of this.#values.keys()) {
      yield this.#key(hash);
      if (this.#values.size !== size) throw new PyError('RuntimeError', 'dictionary changed size during iteration');
    }
  }
  override contains(item: Value): boolean {
    return this.has(item);
  }
  override getItem(key: Value): Value | undefined {
    return this.get(key);
  }
  override setItem(key: Value, value: Value): void {
    this.set(key, value);
  }
  override hashKey(): undefined {
    return undefined;
  }
}

/** Python's set, in insertion order (Python's own order is arbitrary). */
export class PySet extends PyObject {
  readonly typeName = 'set';
  readonly #items = new Map<unknown, Value>();
  constructor(items?: Iterable<Value>) {
    super();
    if (items) for (const item of items) this.add(item);
  }
  add(item: Value): void {
    const hash = hashOf(item);
    if (!this.#items.has(hash)) this.#items.set(hash, item);
  }
  delete(item: Value): boolean {
    return this.#items.delete(hashOf(item));
  }
  override size(): number {
    return this.#items.size;
  }
  override iterate(): Iterable<Value> {
    return this.#items.values();
  }
  override contains(item: Value): boolean {
    return this.#items.has(hashOf(item));
  }
  override hashKey(): undefined {
    return undefined;
  }
}

/**
 * A name, attribute or item that is not there. Prints as nothing and is false, but calling it, or reading on from it,
 * is an error that says `hint` (StrictUndefined-like errors are the business of the render's mode).
 */
export class Undefined extends PyObject {
  readonly typeName = 'Undefined';
  /** The name that was looked up, where known. */
  readonly wanted: string | undefined;
  /** The sentence of the error it turns into. */
  readonly hint: string;
  /** The class of the error it turns into: `UndefinedError`, or `SecurityError` for what the sandbox hides. */
  readonly errorType: string;
  /** How a template wrote a name that nothing defines, such as `pkg.macro`; undefined for what is missing in a value. */
  readonly path: string | undefined;
  constructor(wanted: string | undefined, hint?: string, errorType = 'UndefinedError', path?: string) {
    super();
    this.wanted = wanted;
    this.errorType = errorType;
    this.path = path;
    this.hint = hint ?? (wanted === undefined ? 'value is undefined' : `'${wanted}' is undefined`);
  }
  override truthy(): boolean {
    return false;
  }
  override size(): number {
    return 0;
  }
  override iterate(): Iterable<Value> {
    return [];
  }
  override str(): string {
    return '';
  }
  override repr(): string {
    return 'Undefined';
  }
  override equals(other: Value): boolean {
    return other instanceof Undefined;
  }
  override hashKey(): unknown {
    return Undefined;
  }
  /**
   * The error that using it is.
   * @param member what was asked of it
   */
  failure(member?: string): PyError {
    const missing = this.path === undefined || member === undefined ? this.path : `${this.path}.${member}`;
    return new PyError(this.errorType, this.hint, missing);
  }
}

/** What a called function may ask of the render it runs in. */
export interface Runtime {
  /** True in generator mode, where calls may wait. */
  readonly waits: boolean;
  /** Calls a value in plain mode. Throws TypeError where it cannot be called. */
  call(callee: Value, args: Value[], kwargs: Kwargs): Value;
  /** Calls a value that may wait. */
  callWaiting(callee: Value, args: Value[], kwargs: Kwargs): Waiting;
  /** Filter or test by name, as functions whose first argument is the value. Throws TemplateRuntimeError for unknown names. */
  filter(name: string): PyFunction;
  test(name: string): PyFunction;
  /** A name of the surrounding scope, as a template would see it; undefined where there is none. */
  lookup(name: string): Value | undefined;
  /** Where the running call stands. */
  here(): import('../core/index.ts').Span;
}

export type PlainBody = (args: Value[], kwargs: Kwargs, runtime: Runtime) => Value;
export type WaitingBody = (args: Value[], kwargs: Kwargs, runtime: Runtime) => Waiting;

/** Something a template can call. A function that has only `waiting` is an error in plain mode if it waits. */
export class PyFunction extends PyObject {
  readonly typeName: string = 'function';
  readonly name: string;
  readonly plain: PlainBody | undefined;
  readonly waiting: WaitingBody | undefined;
  constructor(name: string, plain: PlainBody | undefined, waiting?: WaitingBody) {
    super();
    this.name = name;
    this.plain = plain;
    this.waiting = waiting;
  }
  override repr(): string {
    return `<function ${this.name}>`;
  }
}
