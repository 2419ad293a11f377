import { PyDict, PyError, PyFunction, PyObject, Undefined, type Value } from '../jinja/index.ts';
import { getFunction, plainFunction } from './signature.ts';

/** Text for `repr` of a field. */
const fieldText = (value: Value): string => {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? `'${value}'` : String(value);
};

/**
 * A small immutable object of named fields, such as a relation's path or its policies. Read by attribute, by item and
 * with `get`.
 */
export class PyRecord extends PyObject {
  readonly typeName: string;
  readonly fields: Readonly<Record<string, Value>>;
  constructor(typeName: string, fields: Readonly<Record<string, Value>>) {
    super();
    this.typeName = typeName;
    this.fields = fields;
  }
  override getAttr(name: string): Value | undefined {
    if (Object.hasOwn(this.fields, name)) return this.fields[name];
    switch (name) {
      case 'get':
        return getFunction((key) => this.getItem(key));
      case 'get_part':
        return plainFunction('get_part', ['key'], ([key]) => this.getItem(key!) ?? null);
      case 'to_dict':
        return new PyFunction('to_dict', () => new PyDict(Object.entries(this.fields)));
      default:
        return undefined;
    }
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' && Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
  }
  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }
  override truthy(): boolean {
    return true;
  }
  override repr(): string {
    const inside = Object.entries(this.fields).map(([name, value]) => `${name}=${fieldText(value)}`);
    return `${this.typeName}(${inside.join(', ')})`;
  }
  override equals(other: Value): boolean {
    return other instanceof PyRecord && other.repr() === this.repr();
  }
  override hashKey(): unknown {
    return `\u0000record ${this.repr()}`;
  }
  override toJson(): unknown {
    return this.fields;
  }
}

/** The entries of a dict or a record that a template hands in as a mapping. */
export function entriesOf(value: Value | undefined): Readonly<Record<string, Value>> {
  if (value instanceof PyRecord) return value.fields;
  if (value instanceof PyDict)
    return Object.fromEntries([...value.entries()].map(([key, item]) => [String(key), item]));
  return {};
}

/** A part of a name: text or none. What a template left undefined is an error here, not an empty name later. */
export function namePart(part: string, value: Value | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (value instanceof PyObject && !(value instanceof Undefined) && value.typeName === 'str') return value.str();
  const found = value instanceof Undefined ? `undefined (${value.wanted ?? 'a value'} is not there)` : fieldText(value);
  throw new PyError('CompilationError', `Got an invalid path ${part}: ${found}`);
}
