import type { Frame } from './frame.ts';
import type { Render } from './render.ts';
import { ReturnSignal } from './return-signal.ts';
import type { Unit } from './unit.ts';
import { type Kwargs, PyDict, PyError, PyFunction, PyTuple, type Value, type Waiting } from './value.ts';

/** What a macro takes, as known when it is compiled. */
export interface MacroShape {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Its body speaks of `caller`, `kwargs`, `varargs`, which are then passed after the parameters in this order. */
  readonly caller: boolean;
  readonly kwargs: boolean;
  readonly varargs: boolean;
  /** `caller` is one of the parameters. */
  readonly explicitCaller: boolean;
}

/** A compiled body. A slot of `values` left undefined stands for an argument that was not given. */
export type MacroBody = (render: Render, frame: Frame, values: (Value | undefined)[]) => unknown;

/** The compiled form of a macro for one mode. */
export interface LoadedMacro {
  readonly shape: MacroShape;
  readonly body: MacroBody;
  readonly unit: Unit;
}

/** Where a macro comes from: one of the host's, one of a template's own, or a call block. */
export interface MacroOrigin {
  /** Name for messages and the macro stack. */
  readonly label: string;
  /** For a call block: the frame it is written in. */
  readonly definedIn: Frame | null;
  /** True where `return()` ends this macro, false where it ends the one around it. */
  readonly returns: boolean;
  /** True where the observer of a render is told. */
  readonly observed: boolean;
  /** The macro for renders that wait or that do not. */
  readonly load: (waits: boolean) => LoadedMacro;
}

/** A macro as a value. */
export class MacroFunction extends PyFunction {
  override readonly typeName = 'Macro';
  readonly #origin: MacroOrigin;

  constructor(name: string, origin: MacroOrigin) {
    super(
      name,
      (args, kwargs, runtime) => runPlainly(origin, args, kwargs, runtime as Render),
      (args, kwargs, runtime) => runWaiting(origin, args, kwargs, runtime as Render),
    );
    this.#origin = origin;
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.name;
      case 'arguments':
        return new PyTuple(this.#origin.load(false).shape.parameters);
      case 'caller':
        return this.#origin.load(false).shape.caller;
      case 'catch_kwargs':
        return this.#origin.load(false).shape.kwargs;
      case 'catch_varargs':
        return this.#origin.load(false).shape.varargs;
      default:
        return undefined;
    }
  }
  override repr(): string {
    return `<Macro '${this.name}'>`;
  }
}

function runPlainly(origin: MacroOrigin, args: Value[], kwargs: Kwargs, render: Render): Value {
  const { shape, body, unit } = origin.load(false);
  const values = bindArguments(shape, args, kwargs, render);
  const frame = render.enter(unit, origin.label, origin.definedIn, origin.observed);
  try {
    const text = body(render, frame, values) as string;
    render.finished(text, frame.trace);
    return text;
  } catch (error) {
    if (origin.returns && error instanceof ReturnSignal) return error.value;
    throw render.failed(error);
  } finally {
    render.leave(frame, origin.observed);
  }
}

function* runWaiting(origin: MacroOrigin, args: Value[], kwargs: Kwargs, render: Render): Waiting {
  const { shape, body, unit } = origin.load(true);
  const values = bindArguments(shape, args, kwargs, render);
  const frame = render.enter(unit, origin.label, origin.definedIn, origin.observed);
  try {
    const text = yield* body(render, frame, values) as Waiting<string>;
    render.finished(text, frame.trace);
    return text;
  } catch (error) {
    if (origin.returns && error instanceof ReturnSignal) return error.value;
    throw render.failed(error);
  } finally {
    render.leave(frame, origin.observed);
  }
}

/** Jinja's rules of passing: positions first, then names, then what the body takes beyond its parameters. */
function bindArguments(shape: MacroShape, args: Value[], kwargs: Kwargs, render: Render): (Value | undefined)[] {
  const count = shape.parameters.length;
  const values: (Value | undefined)[] = args.length > count ? args.slice(0, count) : args.slice();
  const given = values.length;
  let used = 0;
  let callerPassed = shape.explicitCaller && given === count;
  for (let i = given; i < count; i++) {
    const name = shape.parameters[i]!;
    const value = kwargs?.get(name);
    if (value !== undefined) used += 1;
    if (name === 'caller') callerPassed = true;
    values.push(value);
  }
  const left = (name: string) => shape.parameters.indexOf(name, given) < 0;
  if (shape.caller && !callerPassed) {
    const caller = kwargs?.get('caller') ?? null;
    if (kwargs?.has('caller')) used += 1;
    values.push(caller ?? render.undef('caller', 'there is no caller: the macro was not called by a call block'));
  }
  if (shape.kwargs) {
    const rest = new PyDict();
    if (kwargs !== null && kwargs.size > used) {
      for (const [name, value] of kwargs) {
        if (left(name) && !(name === 'caller' && shape.caller)) rest.set(name, value);
      }
    }
    values.push(rest);
  } else if (kwargs !== null && kwargs.size > used) {
    const name = [...kwargs.keys()].find((key) => left(key) && !(key === 'caller' && shape.caller)) ?? '';
    const why = name === 'caller' ? 'does not call its caller' : `takes no argument named '${name}'`;
    throw new PyError('TypeError', `macro '${shape.name}' ${why}`);
  }
  if (shape.varargs) values.push(new PyTuple(args.slice(count)));
  else if (args.length > count) {
    throw new PyError(
      'TypeError',
      `macro '${shape.name}' takes at most ${count} argument${count === 1 ? '' : 's'}, ${args.length} were given`,
    );
  }
  return values;
}
