import { PyObject, type Value } from '../jinja/index.ts';

/** A host object whose attributes are made when first asked for: most templates touch few of them. */
export class Attributes extends PyObject {
  readonly typeName: string;
  readonly #make: Readonly<Record<string, () => Value>>;
  readonly #made = new Map<string, Value>();
  constructor(typeName: string, make: Readonly<Record<string, () => Value>>) {
    super();
    this.typeName = typeName;
    this.#make = make;
  }
  override getAttr(name: string): Value | undefined {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    if (!Object.hasOwn(this.#make, name)) return undefined;
    const value = this.#make[name]!();
    this.#made.set(name, value);
    return value;
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttr(key) : undefined;
  }
  override truthy(): boolean {
    return true;
  }
  /** The names there are, for `nearest` and for listing. */
  names(): readonly string[] {
    return Object.keys(this.#make);
  }
}
