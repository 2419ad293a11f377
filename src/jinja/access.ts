/** Reaching into values as Jinja's sandbox does: `.name`, `[key]`, `[start:stop:step]`. */
import { noKwargs, textOf, typeName } from './arguments.ts';
import { codePointLength, hasSurrogates } from './codepoints.ts';
import { type FieldAccess, formatString, mappingArguments } from './format/index.ts';
import { length } from './iteration.ts';
import {
  BoundMethod,
  boundMethod,
  dictMethods,
  floatMethods,
  intMethods,
  listMethods,
  numberAttribute,
  setMethods,
  strMethods,
  tupleMethods,
} from './methods/index.ts';
import { isFloat, isInt, isNumber } from './numbers.ts';
import { repr } from './repr.ts';
import { PyDict, PyError, PyFloat, PyObject, PySet, PyText, PyTuple, Undefined, type Value } from './value.ts';

const fieldAccess: FieldAccess = { attribute: getAttr, item: getItem };

/** `value.name`: the attribute, else the item of that name, else Undefined. */
export function getAttr(value: Value, name: string): Value {
  if (!name.startsWith('_')) {
    const attribute = attributeOf(value, name);
    if (attribute !== undefined) return attribute;
  } else if (HIDDEN.has(name)) {
    return new Undefined(
      name,
      `access to attribute ${repr(name)} of ${repr(typeName(value))} object is unsafe.`,
      'SecurityError',
    );
  }
  if (value instanceof Undefined) throw value.failure(name);
  const item = itemOf(value, name);
  return item === undefined ? missing(value, name) : item;
}

/** `value[key]`: the item, else the attribute of that name, else Undefined. */
export function getItem(value: Value, key: Value): Value {
  const item = itemOf(value, key);
  if (item !== undefined) return item;
  const name = textOf(key);
  if (name !== undefined) {
    if (name.startsWith('_')) {
      if (HIDDEN.has(name)) return getAttr(value, name);
    } else {
      const attribute = attributeOf(value, name);
      if (attribute !== undefined) return attribute;
    }
  }
  if (value instanceof Undefined) throw value.failure();
  return missing(value, key);
}

/** Attributes that every Python object has: known, and out of reach. */
const HIDDEN: ReadonlySet<string> = new Set(
  'class dict doc module init new repr str hash eq ne lt le gt ge dir format getattribute setattr delattr sizeof reduce reduce_ex subclasshook init_subclass'
    .split(' ')
    .map((name) => `__${name}__`),
);

function attributeOf(value: Value, name: string): Value | undefined {
  if (typeof value === 'string') return strAttribute(value, name);
  if (Array.isArray(value)) return boundMethod(listMethods, value, name, 'list');
  if (value instanceof PyObject) {
    const own = value.getAttr(name);
    if (own !== undefined) return own;
    if (value instanceof PyDict) return boundMethod(dictMethods, value, name, value.typeName);
    if (value instanceof PyTuple) return boundMethod(tupleMethods, value, name, 'tuple');
    if (value instanceof PySet) return boundMethod(setMethods, value, name, 'set');
    if (value instanceof PyText) return strAttribute(value.value, name);
    if (!(value instanceof PyFloat)) return undefined;
  }
  if (!isNumber(value)) return undefined;
  if (isFloat(value)) return boundMethod(floatMethods, value, name, 'float') ?? numberAttribute(value, name, true);
  return boundMethod(intMethods, value, name, typeName(value)) ?? numberAttribute(value, name, false);
}

function strAttribute(text: string, name: string): Value | undefined {
  if (name === 'format') {
    return new BoundMethod(name, 'str', (args, kwargs) =>
      formatString(text, { positional: args, named: new PyDict(kwargs ?? []) }, fieldAccess),
    );
  }
  if (name === 'format_map') {
    return new BoundMethod(name, 'str', (args, kwargs) => {
      noKwargs(name, kwargs);
      return formatString(text, mappingArguments(args), fieldAccess);
    });
  }
  return boundMethod(strMethods, text, name, 'str');
}

function itemOf(value: Value, key: Value): Value | undefined {
  if (Array.isArray(value)) return at(value, key);
  if (typeof value === 'string') return characterAt(value, key);
  if (!(value instanceof PyObject)) return undefined;
  if (value instanceof PyTuple) return at(value.items, key);
  if (value instanceof PyText) return characterAt(value.value, key);
  try {
    return value.getItem(key);
  } catch (error) {
    // A key that the value refuses (unhashable, say) is simply not there.
    if (error instanceof PyError && REFUSALS.has(error.type)) return undefined;
    throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['TypeError', 'KeyError', 'IndexError']);

function at(items: readonly Value[], key: Value): Value | undefined {
  if (!isInt(key)) return undefined;
  const index = Number(key);
  return items[index < 0 ? index + items.length : index];
}

function characterAt(text: string, key: Value): Value | undefined {
  if (!isInt(key)) return undefined;
  const index = Number(key);
  if (!hasSurrogates(text)) return text[index < 0 ? index + text.length : index];
  return Array.from(text).at(index);
}

/** The Undefined that says what was not there. */
export function missing(value: Value, key: Value): Undefined {
  const name = textOf(key);
  const owner = ownerName(value);
  return name === undefined
    ? new Undefined(repr(key), `${owner} has no element ${repr(key)}`)
    : new Undefined(name, `${repr(owner)} has no attribute ${repr(name)}`);
}

/** How messages call the value that something was looked for in. */
function ownerName(value: Value): string {
  if (value === null) return 'None';
  const module = value instanceof PyObject && value.module !== undefined ? `${value.module}.` : '';
  return `${module}${typeName(value)} object`;
}

/** `value[start:stop:step]`; null (or nothing) where a part was left out. */
export function slice(value: Value, start?: Value, stop?: Value, step?: Value): Value {
  const text = textOf(value);
  const size = text !== undefined ? codePointLength(text) : sliceable(value) ? length(value) : undefined;
  if (size === undefined) {
    if (value instanceof Undefined) throw value.failure();
    const written = [start, stop, step].map((part) => repr(part ?? null)).join(', ');
    return new Undefined(`slice(${written})`, `${ownerName(value)} has no element slice(${written})`);
  }
  const bounds = sliceBounds(size, start ?? null, stop ?? null, step ?? null);
  if (text !== undefined) {
    if (bounds.step === 1 && !hasSurrogates(text)) return text.slice(bounds.start, Math.max(bounds.start, bounds.stop));
    return pick(Array.from(text), bounds).join('');
  }
  if (Array.isArray(value)) return pick(value, bounds);
  if (value instanceof PyTuple) return new PyTuple(pick(value.items, bounds));
  return (value as Required<Pick<PyObject, 'slice'>>).slice(bounds.start, bounds.stop, bounds.step);
}

function sliceable(value: Value): boolean {
  if (Array.isArray(value) || value instanceof PyTuple) return true;
  return value instanceof PyObject && value.slice !== undefined && value.size !== undefined;
}

interface Bounds {
  start: number;
  stop: number;
  step: number;
}

/** The bounds of a slice over `size` items, resolved as Python's `slice.indices` does. */
export function sliceBounds(size: number, start: Value, stop: Value, step: Value): Bounds {
  const by = step === null ? 1 : sliceNumber(step);
  if (by === 0) throw new PyError('ValueError', 'slice step cannot be zero');
  const low = by > 0 ? 0 : -1;
  const high = by > 0 ? size : size - 1;
  const clamp = (value: Value, fallback: number) => {
    if (value === null) return fallback;
    const index = sliceNumber(value);
    return Math.min(high, Math.max(low, index < 0 ? index + size : index));
  };
  return { start: clamp(start, by > 0 ? low : high), stop: clamp(stop, by > 0 ? high : low), step: by };
}

function sliceNumber(value: Value): number {
  if (!isInt(value)) {
    throw new PyError('TypeError', 'slice indices must be integers or None or have an __index__ method');
  }
  return Number(value);
}

function pick<T>(items: readonly T[], { start, stop, step }: Bounds): T[] {
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const picked: T[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) picked.push(items[i] as T);
  return picked;
}
