/** Methods of the built-in types, and what a template holds when it reads one without calling it. */
import { type Kwargs, PyFunction, type Runtime, type Value, type Waiting } from '../value.ts';

/** A method: the value it belongs to comes first. */
export type Method<S> = (self: S, args: Value[], kwargs: Kwargs, runtime: Runtime) => Value;

/** A method that calls back into templates, written as one generator for both modes. */
export interface CallingMethod<S> {
  steps(self: S, args: Value[], kwargs: Kwargs, runtime: Runtime): Waiting;
}

/** The methods of a type by name. */
export type MethodTable<S> = ReadonlyMap<string, Method<S> | CallingMethod<S>>;

/** A table from an object literal; a Map, so that a template's names never meet a prototype. */
export function methodTable<S>(methods: Record<string, Method<S> | CallingMethod<S>>): MethodTable<S> {
  return new Map(Object.entries(methods));
}

/** A method bound to its value. */
export class BoundMethod extends PyFunction {
  override readonly typeName = 'builtin_function_or_method';
  readonly #owner: string;
  constructor(name: string, owner: string, ...bodies: [PyFunction['plain'], PyFunction['waiting']?]) {
    super(name, ...bodies);
    this.#owner = owner;
  }
  override repr(): string {
    return `<built-in method ${this.name} of ${this.#owner} object>`;
  }
}

/** The method of that name bound to `self`; undefined where the table has none. */
export function boundMethod<S>(table: MethodTable<S>, self: S, name: string, owner: string): BoundMethod | undefined {
  const method = table.get(name);
  if (method === undefined) return undefined;
  if (typeof method === 'function') {
    return new BoundMethod(name, owner, (args, kwargs, runtime) => method(self, args, kwargs, runtime));
  }
  return new BoundMethod(
    name,
    owner,
    (args, kwargs, runtime) => runPlain(method.steps(self, args, kwargs, runtime)),
    (args, kwargs, runtime) => method.steps(self, args, kwargs, runtime),
  );
}

/** A callback into the template, in whichever mode the render runs. */
export function* callBack(runtime: Runtime, callee: Value, args: Value[], kwargs: Kwargs = null): Waiting {
  return runtime.waits ? yield* runtime.callWaiting(callee, args, kwargs) : runtime.call(callee, args, kwargs);
}

/** Drives a generator where nothing may wait. */
export function runPlain<T>(steps: Waiting<T>): T {
  const step = steps.next();
  if (!step.done) throw new Error('a call waits where nothing may wait');
  return step.value;
}

/** A function that calls back into templates, written as one generator for both modes. */
export function callingFunction(name: string, steps: NonNullable<PyFunction['waiting']>): PyFunction {
  return new PyFunction(name, (args, kwargs, runtime) => runPlain(steps(args, kwargs, runtime)), steps);
}
