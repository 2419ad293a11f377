/** Reading the arguments of a call to a function written in TypeScript. */
import { isInt } from './numbers.ts';
import { type Kwargs, PyDict, PyError, PyObject, PyText, PyTuple, type Value } from './value.ts';

/** A string, or a string of a class of its own, as plain text; undefined for anything else. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyText ? value.value : undefined;
}

/** Python's `type(value).__name__`. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      if (value === null) return 'NoneType';
      return Array.isArray(value) ? 'list' : value.typeName;
  }
}

/** The name that errors about operators give a type: the modules of datetime and decimal belong to theirs. */
export function operandName(value: Value): string {
  const module = value instanceof PyObject ? value.module : undefined;
  return module === 'datetime' || module === 'decimal' ? `${module}.${typeName(value)}` : typeName(value);
}

/**
 * The arguments in the order of `names`, undefined where one was not given. The first `required` must be there;
 * what does not fit is Python's TypeError.
 */
export function bind(
  called: string,
  names: readonly string[],
  required: number,
  args: readonly Value[],
  kwargs: Kwargs,
): (Value | undefined)[] {
  if (args.length > names.length) {
    throw new PyError(
      'TypeError',
      names.length === 0
        ? `${called}() takes no arguments (${args.length} given)`
        : `${called}() takes at most ${names.length} argument${names.length === 1 ? '' : 's'} (${args.length} given)`,
    );
  }
  const bound: (Value | undefined)[] = args.slice();
  if (kwargs !== null) {
    for (const [name, value] of kwargs) {
      const at = names.indexOf(name);
      if (at < 0) throw new PyError('TypeError', `${called}() got an unexpected keyword argument '${name}'`);
      if (bound[at] !== undefined)
        throw new PyError('TypeError', `${called}() got multiple values for argument '${name}'`);
      bound[at] = value;
    }
  }
  for (let i = 0; i < required; i++) {
    if (bound[i] === undefined)
      throw new PyError('TypeError', `${called}() missing 1 required positional argument: '${names[i]}'`);
  }
  return bound;
}

/** An argument that must be text. */
export function asText(value: Value | undefined, called: string): string {
  const text = textOf(value);
  if (text === undefined) {
    throw new PyError('TypeError', `${called} argument must be str, not ${typeName(value ?? null)}`);
  }
  return text;
}

/** An argument that must be an int, as a JavaScript number; `fallback` where it was not given. */
export function asIndex(value: Value | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!isInt(value)) {
    throw new PyError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return Number(value);
}

/** Named arguments as a dict. */
export function kwargsDict(kwargs: Kwargs): PyDict {
  return new PyDict(kwargs ?? []);
}

/** Refuses named arguments where a function takes none. */
export function noKwargs(called: string, kwargs: Kwargs): void {
  if (kwargs !== null && kwargs.size > 0) throw new PyError('TypeError', `${called}() takes no keyword arguments`);
}

/** A pair as a tuple. */
export function pair(first: Value, second: Value): PyTuple {
  return new PyTuple([first, second]);
}
