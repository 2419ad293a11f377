/** How filters written in TypeScript are declared, and the attribute paths that many of them take. */

import { getItem } from '../access.ts';
import { bind, textOf } from '../arguments.ts';
import { isInt } from '../numbers.ts';
import { PyFunction, PyText, type Runtime, Undefined, type Value } from '../value.ts';

/** The bound arguments of a filter, the value first; undefined where one was not given. */
export type FilterArguments = readonly (Value | undefined)[];

/** A filter: `parameters` names its arguments after the value, `required` says how many of these must be given. */
export function filter(
  name: string,
  parameters: readonly string[],
  body: (value: Value, args: FilterArguments, runtime: Runtime) => Value,
  required = 0,
): readonly [string, PyFunction] {
  const names = ['value', ...parameters];
  const run = new PyFunction(name, (args, kwargs, runtime) => {
    if (args.length === 1 && kwargs === null && required === 0) return body(args[0] as Value, [], runtime);
    const [value = null, ...rest] = bind(name, names, required + 1, args, kwargs);
    return body(value, rest, runtime);
  });
  return [name, run];
}

/** The argument, with None as good as not given. */
export function given(value: Value | undefined): Value | undefined {
  return value === null ? undefined : value;
}

/** `'a.b.0'` as the steps it stands for. */
function pathParts(attribute: Value): Value[] {
  if (attribute === null) return [];
  const text = textOf(attribute);
  if (text === undefined) return [attribute];
  return text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Reads an attribute path from an item; `fallback`, where not None, stands in for what is undefined. */
export function attributeGetter(
  attribute: Value,
  { fallback = null, ignoreCase = false }: { fallback?: Value; ignoreCase?: boolean } = {},
): (item: Value) => Value {
  const parts = pathParts(attribute);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return ignoreCase ? lowered(value) : value;
  };
}

/** Reads several paths, separated by commas, as a list. */
export function multiAttributeGetter(attribute: Value, ignoreCase: boolean): (item: Value) => Value[] {
  const text = textOf(attribute);
  const getters = (text === undefined ? [attribute] : text.split(',')).map((part) =>
    attributeGetter(part, { ignoreCase }),
  );
  return (item) => getters.map((get) => get(item));
}

/** Strings in lower case, everything else as it is. */
export function lowered(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  return value instanceof PyText ? value.value.toLowerCase() : value;
}

/** An int argument; `fallback` where it was not given. */
export function intArgument(value: Value | undefined, fallback: number): number {
  return value !== undefined && isInt(value) ? Number(value) : fallback;
}
