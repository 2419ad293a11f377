import { PyObject, type Value } from '../jinja/index.ts';

/** How the attributes of an object are made of what it stands for. */
export type Members<Subject> = Readonly<Record<string, (subject: Subject) => Value>>;

/** A host object whose attributes are made when first asked for: most templates touch few of them. */
export class Attributes extends PyObject {
  readonly typeName: string;
  readonly #make: Members<never>;
  readonly #subject: unknown;
  readonly #made = new Map<string, Value>();

  /**
   * @param make how each attribute is made; may be shared by many objects
   * @param subject what the attributes of this object are made of, where they are shared
   */
  constructor(typeName: string, make: Members<never>, subject?: unknown) {
    super();
    this.typeName = typeName;
    this.#make = make;
    this.#subject = subject;
  }
  override getAttr(name: string): Value | undefined {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    if (!Object.hasOwn(this.#make, name)) return undefined;
    const value = this.#make[name]!(this.#subject as never);
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
