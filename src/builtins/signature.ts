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
  const names = parameters.map((p) => p.replace(/\?$/, ''));
  const required = parameters.filter((p) => !p.endsWith('?')).length;
  return (args, kwargs) => {
    if (args.length > names.length) {
      throw new PyError('TypeError', `${name}() takes at most ${names.length} arguments (${args.length} given)`);
    }
    const bound: (Value | undefined)[] = [...args];
    if (kwargs) {
      for (const [key, value] of kwargs) {
        const at = names.indexOf(key);
        if (at === -1) throw new PyError('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
        if (at < args.length) throw new PyError('TypeError', `${name}() got multiple values for argument '${key}'`);
        bound[at] = value;
      }
    }
    for (let i = 0; i < required; i++) {
      if (bound[i] === undefined) throw new PyError('TypeError', `${name}() missing required argument: '${names[i]}'`);
    }
    return bound;
  };
}

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
