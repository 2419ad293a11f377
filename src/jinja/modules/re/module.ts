/** `modules.re`. */
import { asIndex, asText, bind, textOf, typeName } from '../../arguments.ts';
import { callingFunction } from '../../methods/index.ts';
import { PyType } from '../../type-object.ts';
import { type Kwargs, PyDict, PyError, PyFunction, type Runtime, type Value, type Waiting } from '../../value.ts';
import { PyMatch } from './match.ts';
import { PyPattern } from './pattern.ts';
import { FLAGS, reError } from './translate.ts';

function compile(pattern: Value | undefined, flags: Value | undefined): PyPattern {
  if (pattern instanceof PyPattern) {
    if (asIndex(flags, 0) !== 0)
      throw new PyError('ValueError', 'cannot process flags argument with a compiled pattern');
    return pattern;
  }
  const source = textOf(pattern);
  if (source === undefined)
    throw new PyError(
      'TypeError',
      `first argument must be string or compiled pattern, not ${typeName(pattern ?? null)}`,
    );
  return new PyPattern(source, asIndex(flags, 0));
}

/** A function of the module: the pattern first, `flags` last, and between them what the pattern's method takes. */
function viaPattern(name: string, parameters: readonly string[], required: number): readonly [string, Value] {
  function* steps(args: Value[], kwargs: Kwargs, runtime: Runtime): Waiting {
    const bound = bind(name, ['pattern', ...parameters, 'flags'], required + 1, args, kwargs);
    const pattern = compile(bound[0], bound[parameters.length + 1]);
    const given = bound.slice(1, parameters.length + 1);
    while (given.length > 0 && given.at(-1) === undefined) given.pop();
    const method = pattern.getAttr(name) as PyFunction;
    const values = given.map((value) => value ?? 0);
    if (runtime?.waits && method.waiting !== undefined) return yield* method.waiting(values, null, runtime);
    return (method.plain as NonNullable<PyFunction['plain']>)(values, null, runtime);
  }
  return [name, callingFunction(name, steps)];
}

const noInstance = () => {
  throw new PyError('TypeError', 'cannot create instances');
};

/** `modules.re`. */
export const reModule: PyDict = new PyDict([
  viaPattern('match', ['string'], 1),
  viaPattern('fullmatch', ['string'], 1),
  viaPattern('search', ['string'], 1),
  viaPattern('sub', ['repl', 'string', 'count'], 2),
  viaPattern('subn', ['repl', 'string', 'count'], 2),
  viaPattern('split', ['string', 'maxsplit'], 1),
  viaPattern('findall', ['string'], 1),
  viaPattern('finditer', ['string'], 1),
  [
    'compile',
    new PyFunction('compile', (args, kwargs) => {
      const [pattern, flags] = bind('compile', ['pattern', 'flags'], 1, args, kwargs);
      return compile(pattern, flags);
    }),
  ],
  ['purge', new PyFunction('purge', () => null)],
  ['template', new PyFunction('template', ([pattern, flags]) => compile(pattern, flags))],
  [
    'escape',
    new PyFunction('escape', (args, kwargs) => {
      const [pattern] = bind('escape', ['pattern'], 1, args, kwargs);
      return asText(pattern, 'escape()').replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&');
    }),
  ],
  [
    'error',
    new PyFunction('error', ([message = '']) => {
      throw reError(textOf(message) ?? '');
    }),
  ],
  ['Pattern', new PyType('re.Pattern', (value) => value instanceof PyPattern, noInstance, new Map())],
  ['Match', new PyType('re.Match', (value) => value instanceof PyMatch, noInstance, new Map())],
  ...(Object.entries(FLAGS) as [string, number][]),
  ['ASCII', FLAGS.A],
  ['IGNORECASE', FLAGS.I],
  ['LOCALE', FLAGS.L],
  ['MULTILINE', FLAGS.M],
  ['DOTALL', FLAGS.S],
  ['UNICODE', FLAGS.U],
  ['VERBOSE', FLAGS.X],
  ['NOFLAG', 0],
]);
