import { setImmediate } from 'node:timers/promises';
import type { Span } from '../core/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { JinjaError, noteErrorPlace, PyError } from './error.ts';
import { filters } from './filters/index.ts';
import { Frame, type Trace } from './frame.ts';
import { globals } from './global-names.ts';
import { LenientUndefined } from './lenient.ts';
import { getAttr, getItem, iterate, length, runPlain, str, typeName } from './operators.ts';
import { ReturnSignal } from './return-signal.ts';
import { tests } from './tests.ts';
import type { Unit } from './unit.ts';
import {
  type HostRequest,
  type Kwargs,
  PyFunction,
  PyObject,
  type Runtime,
  Undefined,
  type Value,
  type Waiting,
} from './value.ts';

/** Names that the host hands to a template. */
export interface Scope {
  /** The value of a name; undefined where there is none. */
  lookup(name: string): Value | undefined;
  /** Stops renders that wait. */
  readonly signal?: AbortSignal | undefined;
}

/** How to render. */
export interface RenderOptions {
  /** `lenient` lets templates read on from what is undefined, as while parsing; default `strict`. */
  readonly undefined?: 'lenient' | 'strict';
  /** Told of every macro of the host's (not of a template's own) as it begins and ends. */
  readonly observer?: {
    enter?(macro: string): void;
    exit?(macro: string): void;
    /** Told of a call of a name that nothing defines, which a lenient render lets pass. */
    undefinedCall?(path: string, at: Span): void;
  };
  /** How many macros may be in the midst of one another; default 500. */
  readonly maxDepth?: number;
}

/** What `start` returns where the call has to be gone through step by step; the steps are in `pending`. */
export const PENDING = Symbol('pending');

/** Rounds of loops after which a render that waits lets others have a turn, and handlers of signals. */
const ROUNDS = 1000;

/** One render: the runtime that generated code and the functions of the host work with. */
export class Render implements Runtime {
  readonly waits: boolean;
  readonly scope: Scope;
  readonly #lenient: boolean;
  readonly #observer: RenderOptions['observer'];
  readonly #maxDepth: number;
  frame: Frame | null = null;
  /** The call that `start` has begun. */
  pending: Waiting | undefined;
  /** The text a macro returned last: met again as output, it is known where it came from. */
  #lastText: string | undefined;
  #lastTrace: Trace | undefined;
  /** The same for texts kept in variables. */
  #keptTexts: Map<string, Trace> | undefined;
  #rounds = 0;

  constructor(scope: Scope, waits: boolean, options: RenderOptions = {}) {
    this.scope = scope;
    this.waits = waits;
    this.#lenient = options.undefined === 'lenient';
    this.#observer = options.observer;
    this.#maxDepth = options.maxDepth ?? 500;
  }

  lookup(name: string): Value | undefined {
    return this.lookupIn(this.scope, name);
  }
  /** A name of a scope, or one that every template knows. */
  lookupIn(scope: Scope, name: string): Value | undefined {
    // None is a value: only what is not there is looked for further.
    const value = scope.lookup(name);
    return value === undefined ? globals.get(name) : value;
  }
  filter(name: string): PyFunction {
    const found = filters.get(name);
    if (found === undefined) throw noSuch('filter', name);
    return found;
  }
  test(name: string): PyFunction {
    const found = tests.get(name);
    if (found === undefined) throw noSuch('test', name);
    return found;
  }
  here(): Span {
    return this.frame === null ? { file: '', start: 0, end: 0 } : this.frame.span();
  }

  /** An undefined value of the render's kind. */
  undef(name: string | undefined, hint?: string): Undefined {
    return this.#lenient ? new LenientUndefined(name, hint) : new Undefined(name, hint);
  }
  /** A name that neither a template nor the host knows. */
  unknown(name: string): Undefined {
    return this.#lenient
      ? new LenientUndefined(name, undefined, name)
      : new Undefined(name, undefined, undefined, name);
  }
  attr(object: Value, name: string): Value {
    if (this.#lenient && object instanceof LenientUndefined) return object.getAttr(name);
    const value = getAttr(object, name);
    if (!(value instanceof Undefined)) return value;
    const path = object instanceof PyObject ? object.memberPath?.(name) : undefined;
    if (this.#lenient) return this.#softened(value, path);
    return path === undefined ? value : new Undefined(value.wanted, value.hint, value.errorType, path);
  }
  item(object: Value, key: Value): Value {
    if (!this.#lenient) return getItem(object, key);
    return object instanceof LenientUndefined ? object : this.#softened(getItem(object, key));
  }
  /** In a lenient render every undefined is a lenient one. */
  #softened(value: Value, path?: string): Value {
    if (!(value instanceof Undefined) || value instanceof LenientUndefined || value.errorType !== 'UndefinedError')
      return value;
    return new LenientUndefined(value.wanted, value.hint, path);
  }

  call(callee: Value, args: Value[], kwargs: Kwargs): Value {
    if (callee instanceof PyFunction) {
      if (callee.plain !== undefined) return callee.plain(args, kwargs, this);
      if (callee.waiting !== undefined) return runPlain(callee.waiting(args, kwargs, this));
    }
    return this.#notCallable(callee);
  }
  *callWaiting(callee: Value, args: Value[], kwargs: Kwargs): Waiting {
    if (callee instanceof PyFunction && callee.waiting !== undefined) return yield* callee.waiting(args, kwargs, this);
    return this.call(callee, args, kwargs);
  }
  /** Calls at once what cannot wait; anything else it only begins. */
  start(callee: Value, args: Value[], kwargs: Kwargs): Value | typeof PENDING {
    if (callee instanceof PyFunction && callee.waiting !== undefined) {
      this.pending = callee.waiting(args, kwargs, this);
      return PENDING;
    }
    return this.call(callee, args, kwargs);
  }
  #notCallable(callee: Value): Value {
    if (callee instanceof LenientUndefined) {
      if (callee.path === undefined) return callee;
      this.#observer?.undefinedCall?.(callee.path, this.here());
      return new LenientUndefined(callee.wanted, callee.hint);
    }
    if (callee instanceof Undefined) throw callee.failure();
    throw new PyError('TypeError', `'${typeName(callee)}' object is not callable`);
  }

  /** Goes into a macro (or call block). */
  enter(unit: Unit, macro: string, definedIn: Frame | null, observed: boolean): Frame {
    const frame = new Frame(unit, macro, this.frame, definedIn);
    if (frame.depth > this.#maxDepth) {
      throw new PyError('RecursionError', `more than ${this.#maxDepth} macros have called one another`);
    }
    this.frame = frame;
    if (observed) this.#observer?.enter?.(macro);
    return frame;
  }
  /** Comes back out of it. */
  leave(frame: Frame, observed: boolean): void {
    this.frame = frame.parent;
    if (observed) this.#observer?.exit?.(frame.macro!);
  }

  /** Asked in every round of a loop: true where the render has gone on for so long that it is to ask for `pause`. */
  tired(): boolean {
    this.#rounds += 1;
    return this.#rounds % ROUNDS === 0;
  }
  /** Lets the rest of the process have a turn. Fails where the render has been stopped meanwhile. */
  readonly pause: HostRequest = async () => {
    await setImmediate();
    if (!this.scope.signal?.aborted) return null;
    throw new PyError('KeyboardInterrupt', 'the template was stopped');
  };

  /** Remembers what a macro's text is made of. */
  finished(text: Value, trace: Trace): void {
    if (typeof text !== 'string') return;
    this.#lastText = text;
    this.#lastTrace = trace;
  }
  /** Remembers what a text in a variable is made of. Short texts are likely to be met again by mere chance. */
  keep(text: string, trace: Trace): string {
    if (text.length < 8) return text;
    this.#keptTexts ??= new Map();
    this.#keptTexts.set(text, trace);
    return text;
  }
  /** A value about to be assigned: where it is what a macro just returned, that is remembered. */
  assigned(value: Value): Value {
    if (typeof value === 'string' && value === this.#lastText) this.keep(value, this.#lastTrace!);
    return value;
  }
  /** The result of a call as text to print, known to `trace` where it came from a macro. */
  text(value: Value, trace: Trace): string {
    if (typeof value !== 'string' || value !== this.#lastText) return this.kept(value, trace);
    if (value.length > 0) trace.nest(this.#lastTrace!);
    return value;
  }
  /** The value of a variable as text to print, known to `trace` where it came from a macro or a block. */
  kept(value: Value, trace: Trace): string {
    const text = typeof value === 'string' ? value : str(value);
    if (text.length >= 8) {
      const known = this.#keptTexts?.get(text);
      if (known !== undefined) trace.nest(known);
    }
    return text;
  }
  /** The result of `{% call %}`, which must be text. */
  called(value: Value, trace: Trace): string {
    if (typeof value === 'string' || value instanceof LenientUndefined) return this.text(value, trace);
    throw new PyError('TypeError', `what 'call' calls must return text, not ${typeName(value)}`);
  }

  /** The values for `count` targets. */
  unpack(value: Value, count: number): Value[] {
    if (value instanceof Undefined) throw value.failure();
    const items = Array.isArray(value) ? value : [...iterate(value)];
    if (items.length !== count) {
      throw new PyError('ValueError', `${count} values were expected, ${items.length} are there`);
    }
    return items;
  }
  /** What a loop with a `loop` variable goes through. */
  items(value: Value): Value[] {
    return Array.isArray(value) ? value : [...iterate(value)];
  }
  refuse(tag: string): never {
    throw new PyError(
      'TemplateRuntimeError',
      `'{% ${tag} %}' cannot be used here: there are no other templates to load`,
    );
  }

  /** An error on its way out: given its place, and turned into ours where it is Python's. */
  failed(error: unknown): unknown {
    if (error instanceof JinjaError || error instanceof ReturnSignal) return error;
    if (error instanceof PyError) return new JinjaError(error.type, error.message, this.here(), error, error.missing);
    if (error instanceof RangeError && error.message.includes('call stack')) {
      return new JinjaError('RecursionError', 'the template calls itself too deeply', this.here(), error);
    }
    if (error instanceof RangeError && /(?:string|array) length|BigInt size|allocation/.test(error.message)) {
      return new JinjaError('MemoryError', 'the value is too large', this.here(), error);
    }
    if (error instanceof DiagnosticError || error instanceof Error) noteErrorPlace(error, () => this.here());
    return error;
  }
}

/** The error for a filter or test that does not exist. */
export function noSuch(kind: 'filter' | 'test', name: string): PyError {
  return new PyError('TemplateRuntimeError', `there is no ${kind} named '${name}'`);
}

/** Arguments with those of `*list` behind them. */
export function spread(args: Value[], star: Value): Value[] {
  for (const item of iterate(star)) args.push(item);
  return args;
}

/** Named arguments from `[name, value, …]`, then those of `**mapping`. */
export function named(pairs: readonly Value[], mapping?: Value): Kwargs {
  const kwargs = new Map<string, Value>();
  for (let i = 0; i < pairs.length; i += 2) kwargs.set(pairs[i] as string, pairs[i + 1]!);
  if (mapping !== undefined) {
    length(mapping);
    for (const key of iterate(mapping)) {
      const name = typeof key === 'string' ? key : str(key);
      if (kwargs.has(name)) throw new PyError('TypeError', `got two values for argument '${name}'`);
      kwargs.set(name, getItem(mapping, key));
    }
  }
  return kwargs.size > 0 ? kwargs : null;
}
