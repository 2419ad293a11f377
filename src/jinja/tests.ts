/** Jinja's tests: what may follow `is`. */
import { bind, textOf, typeName } from './arguments.ts';
import { mod } from './arithmetic.ts';
import { contains, eq, ge, gt, le, lt, ne } from './comparison.ts';
import { isIterable } from './iteration.ts';
import { PyMarkup } from './markup.ts';
import { PyDictView } from './methods/index.ts';
import { isCase } from './methods/letter-case.ts';
import { isFloat, isInt, isNumber } from './numbers.ts';
import { PyRange } from './range.ts';
import { str } from './repr.ts';
import {
  PyDict,
  PyError,
  PyFunction,
  PyObject,
  PySet,
  PyText,
  PyTuple,
  type Runtime,
  Undefined,
  type Value,
} from './value.ts';

function test(name: string, check: (value: Value, runtime: Runtime) => boolean): readonly [string, PyFunction] {
  const run = new PyFunction(`test_${name}`, (args, kwargs, runtime) => {
    bind(`test_${name}`, ['value'], 1, args, kwargs);
    return check(args[0] as Value, runtime);
  });
  return [name, run];
}

function against(name: string, check: (value: Value, other: Value) => boolean): readonly [string, PyFunction] {
  const run = new PyFunction(`test_${name}`, (args, kwargs) => {
    const [value = null, other = null] = bind(`test_${name}`, ['value', 'other'], 2, args, kwargs);
    return check(value, other);
  });
  return [name, run];
}

/** Anything with a length and items: what Jinja calls a sequence, dicts included. */
function isSequence(value: Value): boolean {
  if (Array.isArray(value) || textOf(value) !== undefined) return true;
  if (!(value instanceof PyObject) || value.size === undefined) return false;
  if (value instanceof PySet || value instanceof PyDictView) return false;
  // An undefined value refuses the question with its own error, which the test takes for a no.
  if (value instanceof Undefined) return true;
  return (
    value instanceof PyTuple ||
    value instanceof PyDict ||
    value instanceof PyRange ||
    value.getItem !== PyObject.prototype.getItem
  );
}

function isSame(value: Value, other: Value): boolean {
  if (Object.is(value, other)) return true;
  return value instanceof PyText && other instanceof PyText && value === other;
}

function remainder(value: Value, divisor: Value, wanted: number): boolean {
  return eq(mod(value, divisor), wanted);
}

function named(runtime: Runtime, kind: 'filter' | 'test', value: Value): boolean {
  const name = textOf(value);
  if (name === undefined) return false;
  try {
    runtime[kind](name);
    return true;
  } catch (error) {
    if (error instanceof PyError) return false;
    throw error;
  }
}

/** True for what a template can call. */
export function isCallable(value: Value): boolean {
  return value instanceof PyFunction || value instanceof Undefined;
}

/** Jinja's tests by name. */
export const tests: ReadonlyMap<string, PyFunction> = new Map([
  test('boolean', (value) => typeof value === 'boolean'),
  test('callable', isCallable),
  test('defined', (value) => !(value instanceof Undefined)),
  test('undefined', (value) => value instanceof Undefined),
  test('escaped', (value) => value instanceof PyMarkup),
  test('even', (value) => remainder(value, 2, 0)),
  test('odd', (value) => remainder(value, 2, 1)),
  against('divisibleby', (value, divisor) => remainder(value, divisor, 0)),
  test('false', (value) => value === false),
  test('true', (value) => value === true),
  test('filter', (value, runtime) => named(runtime, 'filter', value)),
  test('test', (value, runtime) => named(runtime, 'test', value)),
  test('float', (value) => isFloat(value)),
  test('integer', (value) => isInt(value) && typeof value !== 'boolean'),
  test('number', (value) => isNumber(value) || typeName(value) === 'Decimal'),
  test('iterable', isIterable),
  test('sequence', isSequence),
  test('mapping', (value) => value instanceof PyDict || (value instanceof PyObject && value.isMapping === true)),
  test('string', (value) => textOf(value) !== undefined),
  test('none', (value) => value === null),
  test('lower', (value) => isCase(str(value), 'lower')),
  test('upper', (value) => isCase(str(value), 'upper')),
  against('sameas', isSame),
  against('in', (value, container) => contains(value, container)),
  ...(['==', 'eq', 'equalto'] as const).map((name) => against(name, eq)),
  ...(['!=', 'ne'] as const).map((name) => against(name, ne)),
  ...(['>', 'gt', 'greaterthan'] as const).map((name) => against(name, gt)),
  ...(['>=', 'ge'] as const).map((name) => against(name, ge)),
  ...(['<', 'lt', 'lessthan'] as const).map((name) => against(name, lt)),
  ...(['<=', 'le'] as const).map((name) => against(name, le)),
]);
