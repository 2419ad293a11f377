/** Filters that apply another filter or a test to every item: map, select, reject and their attribute forms. */
import { textOf } from '../arguments.ts';
import { iterate, PyIterator, truthy } from '../iteration.ts';
import { callBack } from '../methods/index.ts';
import { repr } from '../repr.ts';
import { type Kwargs, PyError, PyFunction, type Runtime, type Value, type Waiting } from '../value.ts';
import { attributeGetter } from './definition.ts';

/** What is done to each item: at once, or, where the filter may wait, step by step. */
interface ItemStep {
  plain(item: Value): Value;
  /** Present only where the step cannot be done without waiting. */
  waiting?(item: Value): Waiting;
}

function nameOf(value: Value | undefined): string {
  const name = textOf(value);
  if (name === undefined) throw new PyError('TemplateRuntimeError', `No filter named ${repr(value ?? null)}.`);
  return name;
}

function step(called: PyFunction, rest: Value[], kwargs: Kwargs, runtime: Runtime): ItemStep {
  const { plain } = called;
  if (plain !== undefined) return { plain: (item) => plain([item, ...rest], kwargs, runtime) };
  return {
    plain: (item) => runtime.call(called, [item, ...rest], kwargs),
    waiting: (item) => callBack(runtime, called, [item, ...rest], kwargs),
  };
}

function mapStep(args: Value[], kwargs: Kwargs, runtime: Runtime): ItemStep {
  const attribute = kwargs?.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    for (const name of (kwargs as NonNullable<Kwargs>).keys()) {
      if (name !== 'attribute' && name !== 'default') {
        throw new PyError('FilterArgumentError', `Unexpected keyword argument ${repr(name)}`);
      }
    }
    return { plain: attributeGetter(attribute, { fallback: kwargs?.get('default') ?? null }) };
  }
  if (args.length === 0) throw new PyError('FilterArgumentError', 'map requires a filter argument');
  return step(runtime.filter(nameOf(args[0])), args.slice(1), kwargs, runtime);
}

function testStep(args: Value[], kwargs: Kwargs, runtime: Runtime, byAttribute: boolean): ItemStep {
  if (byAttribute && args.length === 0) {
    throw new PyError('FilterArgumentError', 'Missing parameter for attribute name');
  }
  const get = byAttribute ? attributeGetter(args[0] as Value) : (item: Value) => item;
  const [name, ...rest] = args.slice(byAttribute ? 1 : 0);
  if (name === undefined) return { plain: get };
  const test = step(runtime.test(nameOf(name)), rest, kwargs, runtime);
  const waiting = test.waiting?.bind(test);
  return { plain: (item) => test.plain(get(item)), waiting: waiting && ((item) => waiting(get(item))) };
}

/** What comes out for an item and the answer to its step: nothing, or one value. */
type Keep = (item: Value, answer: Value) => Value | undefined;

function lazyFilter(
  name: string,
  label: string,
  prepare: (args: Value[], kwargs: Kwargs, runtime: Runtime) => ItemStep,
  keep: Keep,
): readonly [string, PyFunction] {
  const plain = ([value = null, ...args]: Value[], kwargs: Kwargs, runtime: Runtime): Value => {
    // Nothing is looked up, nothing can fail, before the first item is asked for.
    function* items(): Iterable<Value> {
      if (!truthy(value)) return;
      const { plain: apply } = prepare(args, kwargs, runtime);
      for (const item of iterate(value)) {
        const kept = keep(item, apply(item));
        if (kept !== undefined) yield kept;
      }
    }
    return new PyIterator(items(), 'generator', `generator object ${label}`);
  };
  function* waiting(all: Value[], kwargs: Kwargs, runtime: Runtime): Waiting {
    const [value = null, ...args] = all;
    const ready = truthy(value) ? prepare(args, kwargs, runtime) : undefined;
    if (ready?.waiting === undefined) return plain(all, kwargs, runtime);
    // What waits cannot be put off until a loop asks for it: JavaScript's loops do not wait.
    const kept: Value[] = [];
    for (const item of iterate(value)) {
      const result = keep(item, yield* ready.waiting(item));
      if (result !== undefined) kept.push(result);
    }
    return new PyIterator(kept, 'generator', `generator object ${label}`);
  }
  return [name, new PyFunction(name, plain, waiting)];
}

const chosen: Keep = (item, answer) => (truthy(answer) ? item : undefined);
const refused: Keep = (item, answer) => (truthy(answer) ? undefined : item);

/** The filters of this file. */
export const selectionFilters = [
  lazyFilter('map', 'sync_do_map', mapStep, (_item, answer) => answer),
  lazyFilter('select', 'select_or_reject', (args, kwargs, runtime) => testStep(args, kwargs, runtime, false), chosen),
  lazyFilter('reject', 'select_or_reject', (args, kwargs, runtime) => testStep(args, kwargs, runtime, false), refused),
  lazyFilter(
    'selectattr',
    'select_or_reject',
    (args, kwargs, runtime) => testStep(args, kwargs, runtime, true),
    chosen,
  ),
  lazyFilter(
    'rejectattr',
    'select_or_reject',
    (args, kwargs, runtime) => testStep(args, kwargs, runtime, true),
    refused,
  ),
];
