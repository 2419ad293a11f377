import { PyObject, type Value } from '../jinja/index.ts';

const NONE: Readonly<Record<string, () => Value>> = {};

/** A host object whose attributes are made when first asked for: most templates touch few of them. */
export class Attributes extends PyObject {
  readonly typeName: string;
  readonly #make: Readonly<Record<string, () => Value>>;
  readonly #own: Readonly<Record<string, () => Value>>;
  readonly #made = new Map<string, Value>();

  /**
   * @param make how each attribute is made; may be shared by many objects
   * @param own attributes of this object alone, over those
   */
  constructor(
    typeName: string,
    make: Readonly<Record<string, () => Value>>,
    own: Readonly<Record<string, () => Value>> = NONE,
  ) {
    super();
    this.typeName = typeName;
    this.#make = make;
    this.#own = own;
  }
  override getAttr(name: string): Value | undefined {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    const make = Object.hasOwn(this.#own, name) ? this.#own : this.#make;
    if (!Object.hasOwn(make, name)) return undefined;
    const value = make[name]!();
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
    return Object.keys({ ...this.#make, ...this.#own });
  }
}
