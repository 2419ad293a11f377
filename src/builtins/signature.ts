import {
  type Kwargs,
  type PlainBody,
  PyError,
  PyFunction,
  type Runtime,
  type Value,
  type Waiting,
} from '../jinja/index.ts';

/** The arguments of one call, by parameter; undefined where the caller gave none. */
export type Bound = readonly (Value | undefined)[];

/** Reads positional and named arguments against a parameter list; a name ending in `?` may be left out. */
export type Binder = (args: readonly Value[], kwargs: Kwargs) => Bound;

/** Makes a binder whose errors read as Python's TypeErrors do. */
export function signature(name: string, parameters: readonly string[]): Binder {
  // Functions are made by the thousand and most are never called by name: nothing is worked out before it is needed.
  return (args, kwargs) => {
    const count = parameters.length;
    if (args.length > count) {
      throw new PyError('TypeError', `${name}() takes at most ${count} arguments (${args.length} given)`);
    }
    const bound: (Value | undefined)[] = [...args];
    for (const [key, value] of kwargs ?? []) {
      const at = parameters.findIndex((parameter) => bare(parameter) === key);
      if (at === -1) throw new PyError('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
      if (at < args.length) throw new PyError('TypeError', `${name}() got multiple values for argument '${key}'`);
      bound[at] = value;
    }
    for (let i = 0; i < count; i++) {
      if (bound[i] === undefined && !isOptional(parameters[i]!)) {
        throw new PyError('TypeError', `${name}() missing required argument: '${parameters[i]}'`);
      }
    }
    return bound;
  };
}

const isOptional = (parameter: string): boolean => parameter.endsWith('?');
const bare = (parameter: string): string => (isOptional(parameter) ? parameter.slice(0, -1) : parameter);

/** A host function with named parameters that never waits. */
export function plainFunction(
  name: string,
  parameters: readonly string[],
  body: (bound: Bound, runtime: Runtime) => Value,
): PyFunction {
  const bind = signature(name, parameters);
  const plain: PlainBody = (args, kwargs, runtime) => body(bind(args, kwargs), runtime);
  return new PyFunction(name, plain);
}

/** A host function with named parameters that may wait for the warehouse, or call macros that do. */
export function waitingFunction(
  name: string,
  parameters: readonly string[],
  body: (bound: Bound, runtime: Runtime) => Waiting,
): PyFunction {
  const bind = signature(name, parameters);
  return new PyFunction(name, undefined, (args, kwargs, runtime) => body(bind(args, kwargs), runtime));
}

/** A host function that answers the same whatever it is given: the parse form of what needs a warehouse. */
export function constantFunction(name: string, answer: () => Value): PyFunction {
  return new PyFunction(name, () => answer());
}

/** A dictionary's `get(key, default)`: what `find` has, else the default, else None. */
export function getFunction(find: (key: Value) => Value | undefined): PyFunction {
  return plainFunction('get', ['key', 'default?'], ([key, fallback]) => find(key!) ?? fallback ?? null);
}
