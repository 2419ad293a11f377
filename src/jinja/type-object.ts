import { type PlainBody, PyFunction, type Value } from './value.ts';

/** A class as templates see it: called to make an instance, read for what hangs on it. */
export class PyType extends PyFunction {
  override readonly typeName = 'type';
  readonly #members: ReadonlyMap<string, Value>;
  readonly #isInstance: (value: Value) => boolean;
  constructor(
    name: string,
    isInstance: (value: Value) => boolean,
    make: PlainBody,
    members: ReadonlyMap<string, Value>,
  ) {
    super(name, make);
    this.#isInstance = isInstance;
    this.#members = members;
  }
  /** Python's `isinstance(value, cls)`. */
  hasInstance(value: Value): boolean {
    return this.#isInstance(value);
  }
  override getAttr(name: string): Value | undefined {
    return this.#members.get(name);
  }
  override repr(): string {
    return `<class '${this.name}'>`;
  }
}
