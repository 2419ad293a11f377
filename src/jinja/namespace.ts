import { makeDict } from './methods/index.ts';
import { repr } from './repr.ts';
import { PyDict, PyFunction, PyObject, type Value } from './value.ts';

/** Jinja's `namespace`: the one object whose attributes a template can set, and so carry out of a loop. */
export class Namespace extends PyObject {
  readonly typeName = 'Namespace';
  readonly #values: PyDict;
  constructor(values = new PyDict()) {
    super();
    this.#values = values;
  }
  override getAttr(name: string): Value | undefined {
    return this.#values.get(name);
  }
  override getItem(key: Value): Value | undefined {
    return this.#values.get(key);
  }
  override setItem(key: Value, value: Value): void {
    this.#values.set(key, value);
  }
  override truthy(): boolean {
    return true;
  }
  override repr(): string {
    return `<Namespace ${repr(this.#values)}>`;
  }
}

/** `namespace(…)`, taking what `dict(…)` takes. */
export const namespaceFunction: PyFunction = new PyFunction(
  'namespace',
  (args, kwargs) => new Namespace(makeDict(args, kwargs)),
);
