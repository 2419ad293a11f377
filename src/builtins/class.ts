import { type PlainBody, PyFunction, type Value } from '../jinja/index.ts';

/** A class as templates see it: it can be called, and has static members. */
export class PyClass extends PyFunction {
  override readonly typeName = 'type';
  readonly #statics: (name: string) => Value | undefined;
  constructor(name: string, make: PlainBody, statics: (name: string) => Value | undefined) {
    super(name, make);
    this.#statics = statics;
  }
  override getAttr(name: string): Value | undefined {
    return this.#statics(name);
  }
  override repr(): string {
    return `<class '${this.name}'>`;
  }
}
