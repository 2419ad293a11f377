/** Values to plain JSON and back, for what leaves the runtime: configuration, manifest, results. */
import { typeName } from './arguments.ts';
import { PyDate, PyTime, PyTimeDelta } from './modules/datetime/index.ts';
import { PyDecimal } from './modules/decimal.ts';
import { str } from './repr.ts';
import { PyDict, PyError, PyFloat, PyObject, PySet, PyText, PyTuple, Undefined, type Value } from './value.ts';

/** What JSON can say, big ints included, and `1.0` still apart from `1`. */
export type PlainJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | PlainJson[]
  | { [key: string]: PlainJson };

/** The value as plain JSON: dates as ISO text, decimals as numbers, tuples and sets as lists; floats stay floats. */
export function toPlain(value: Value): PlainJson {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof PyDict) {
    const plain: { [key: string]: PlainJson } = Object.create(null);
    for (const [key, item] of value.entries()) plain[plainKey(key)] = toPlain(item);
    // A prototype back, now that no key can have been taken for it.
    return Object.setPrototypeOf(plain, Object.prototype) as { [key: string]: PlainJson };
  }
  if (value instanceof PyTuple) return value.items.map(toPlain);
  if (value instanceof PySet) return Array.from(value.iterate(), toPlain);
  if (value instanceof PyFloat) return value;
  if (value instanceof PyText) return value.value;
  if (value instanceof Undefined) return null;
  if (value instanceof PyDate || value instanceof PyTime) return value.isoformat();
  if (value instanceof PyTimeDelta) return str(value);
  if (value instanceof PyDecimal) return value.toPlainNumber();
  const own = value.toJson?.();
  if (own === undefined) throw new PyError('TypeError', `Object of type ${typeName(value)} is not JSON serializable`);
  return own as PlainJson;
}

/** The same without floats that are whole, for what is read as a certain type and takes `4.0` for 4. */
export function withWholeNumbers(json: PlainJson): PlainJson {
  if (typeof json !== 'object' || json === null) return json;
  if (json instanceof PyFloat) return json.value;
  if (Array.isArray(json)) return json.map(withWholeNumbers);
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, withWholeNumbers(item)]));
}

function plainKey(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  return str(key);
}

/** Plain JSON as a Value: objects become dicts; Values inside are left as they are. */
export function fromPlain(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return json;
    case 'number':
      return Number.isInteger(json) && !Number.isSafeInteger(json) ? new PyFloat(json) : json;
    case 'object':
      if (json === null) return null;
      if (Array.isArray(json)) return json.map(fromPlain);
      if (json instanceof PyObject) return json;
      return dictOf(json as Readonly<Record<string, unknown>>);
    default:
      return null;
  }
}

/** Filled key by key: each node of a run becomes one, and lists of pairs would be made for nothing. */
function dictOf(json: Readonly<Record<string, unknown>>): PyDict {
  const dict = new PyDict();
  for (const key of Object.keys(json)) dict.set(key, fromPlain(json[key]));
  return dict;
}
