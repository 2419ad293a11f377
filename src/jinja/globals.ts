/** The global functions that Jinja itself brings. */
import { asIndex, bind, textOf, typeName } from './arguments.ts';
import { makeDict } from './methods/index.ts';
import { isInt } from './numbers.ts';
import { PyRange } from './range.ts';
import { PyError, PyFunction, PyObject, type Value } from './value.ts';

const MAX_RANGE = 100_000;

const range = new PyFunction('range', (args, kwargs) => {
  if (kwargs !== null && kwargs.size > 0) throw new PyError('TypeError', 'range() takes no keyword arguments');
  if (args.length === 0) throw new PyError('TypeError', 'range expected at least 1 argument, got 0');
  if (args.length > 3) throw new PyError('TypeError', `range expected at most 3 arguments, got ${args.length}`);
  for (const arg of args) {
    if (!isInt(arg)) throw new PyError('TypeError', `'${typeName(arg)}' object cannot be interpreted as an integer`);
  }
  const [first, second, step] = args.map((arg) => asIndex(arg, 0));
  if (step === 0) throw new PyError('ValueError', 'range() arg 3 must not be zero');
  const result =
    second === undefined ? new PyRange(0, first as number, 1) : new PyRange(first as number, second, step ?? 1);
  if (result.size() > MAX_RANGE) {
    throw new PyError(
      'OverflowError',
      `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
    );
  }
  return result;
});

/** Goes round and round its items, one step per `next()`. */
class Cycler extends PyObject {
  readonly typeName = 'Cycler';
  override readonly module = 'jinja2.utils';
  readonly #items: readonly Value[];
  #place = 0;
  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new PyError('RuntimeError', 'at least one item has to be provided');
    this.#items = items;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.#items[this.#place];
      case 'next':
        return new PyFunction('next', () => {
          const item = this.#items[this.#place] as Value;
          this.#place = (this.#place + 1) % this.#items.length;
          return item;
        });
      case 'reset':
        return new PyFunction('reset', () => {
          this.#place = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
}

/** Prints nothing when first called, and its separator from then on. */
function makeJoiner(separator: string): PyFunction {
  let used = false;
  return new PyFunction('joiner', () => {
    if (used) return separator;
    used = true;
    return '';
  });
}

const LOREM =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(
    ' ',
  );

function loremParagraph(min: number, max: number): string {
  const size = min + Math.floor(Math.random() * Math.max(1, max - min));
  const words = Array.from({ length: size }, () => LOREM[Math.floor(Math.random() * LOREM.length)] as string);
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The globals by name; `namespace` belongs to the compiler. */
export const globals: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', range],
  ['dict', new PyFunction('dict', makeDict)],
  ['cycler', new PyFunction('cycler', (args) => new Cycler(args))],
  [
    'joiner',
    new PyFunction('joiner', (args, kwargs) => {
      const [separator = ', '] = bind('joiner', ['sep'], 0, args, kwargs);
      return makeJoiner(textOf(separator) ?? '');
    }),
  ],
  [
    'lipsum',
    new PyFunction('lipsum', (args, kwargs) => {
      const [count, html = true, min, max] = bind('lipsum', ['n', 'html', 'min', 'max'], 0, args, kwargs);
      const paragraphs = Array.from({ length: asIndex(count, 5) }, () =>
        loremParagraph(asIndex(min, 20), asIndex(max, 100)),
      );
      return html === false ? paragraphs.join('\n\n') : paragraphs.map((text) => `<p>${text}</p>`).join('\n');
    }),
  ],
]);
