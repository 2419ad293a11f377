/** Rendering YAML values as themselves: `as_native`, `as_bool` and `as_number` mark what is to become more than text. */
import { typeName } from './arguments.ts';
import { literalEval } from './literal-eval.ts';
import { isNumber } from './numbers.ts';
import { repr, str } from './repr.ts';
import { PyError, PyFunction, PyText, type Value } from './value.ts';

/** Text that stays text. */
export class TextMarker extends PyText {}

/** Text that is to be read as a Python literal, where it is one. */
export class NativeMarker extends PyText {}

/** Text that must turn out to be True or False. */
export class BoolMarker extends NativeMarker {}

/** Text that must turn out to be a number. */
export class NumberMarker extends NativeMarker {}

/** The value of a template whose output nodes gave these values. */
export function nativeConcat(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) return '';
  if (values.length > 1) return values.map(str).join('');
  if (first instanceof TextMarker) return first.value;
  return first instanceof NativeMarker ? nativeValue(first) : first;
}

function nativeValue(marker: NativeMarker): Value {
  let result: Value;
  try {
    result = literalEval(marker.value);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    result = marker.value;
  }
  if (marker instanceof BoolMarker && typeof result !== 'boolean') throw notConvertible(marker, 'bool');
  if (marker instanceof NumberMarker && (!isNumber(result) || typeof result === 'boolean')) {
    throw notConvertible(marker, 'number');
  }
  return result;
}

function notConvertible(marker: NativeMarker, wanted: string): PyError {
  return new PyError('JinjaRenderingError', `Could not convert value ${repr(marker.value)} into type '${wanted}'`);
}

const marking = (name: string, Marker: new (text: string) => PyText): readonly [string, PyFunction] => [
  name,
  new PyFunction(name, ([value]) => {
    if (value === undefined)
      throw new PyError('TypeError', `${name}() takes exactly one argument, not ${typeName(null)}`);
    return new Marker(str(value));
  }),
];

/** dbt's marking filters, in place of the plain ones where values are rendered as themselves. */
export const nativeFilters: ReadonlyMap<string, PyFunction> = new Map([
  marking('as_text', TextMarker),
  marking('as_native', NativeMarker),
  marking('as_bool', BoolMarker),
  marking('as_number', NumberMarker),
]);
