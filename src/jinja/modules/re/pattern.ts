import { asIndex, bind, textOf, typeName } from '../../arguments.ts';
import { toUnitIndex } from '../../codepoints.ts';
import { interruptible } from '../../interruptible.ts';
import { PyIterator } from '../../iteration.ts';
import { callBack, callingFunction } from '../../methods/index.ts';
import { repr, str } from '../../repr.ts';
import {
  type Kwargs,
  PyDict,
  PyError,
  PyFunction,
  PyObject,
  PyTuple,
  type Runtime,
  type Value,
  type Waiting,
} from '../../value.ts';
import { PyMatch } from './match.ts';
import { expandTemplate } from './template.ts';
import { FLAGS, reError, translate } from './translate.ts';

/** Texts below this length cannot keep an engine busy for long, however it goes back and forth in them. */
const SHORT = 20;

/** The next match; one that begins between the halves of a character, as engines find them, is passed over. */
function nextMatch(expression: RegExp, text: string): RegExpExecArray | null {
  for (;;) {
    const found = text.length < SHORT ? expression.exec(text) : interruptible(() => expression.exec(text));
    if (found === null || found.index === 0) return found;
    const isHalf = (text.codePointAt(found.index - 1) as number) > 0xffff;
    if (!isHalf || expression.sticky) return found;
    expression.lastIndex = found.index + 1;
  }
}

/** A compiled expression: `re.Pattern`. */
export class PyPattern extends PyObject {
  readonly typeName = 'Pattern';
  override readonly module = 're';
  readonly source: string;
  readonly flags: number;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly #javascript: string;
  readonly #regExps = new Map<string, RegExp>();

  constructor(source: string, flags: number) {
    super();
    const translated = translate(source, flags);
    this.source = source;
    this.flags = translated.flags | (translated.flags & FLAGS.A ? 0 : FLAGS.U);
    this.groups = translated.groups;
    this.names = translated.names;
    this.#javascript = translated.source;
    // Compiled at once, so that what JavaScript refuses is reported where the pattern is made.
    this.#regExp('g');
  }

  #regExp(mode: 'g' | 'y', whole = false): RegExp {
    const key = whole ? 'whole' : mode;
    const known = this.#regExps.get(key);
    if (known !== undefined) return known;
    try {
      const source = whole ? `(?:${this.#javascript})(?![\\s\\S])` : this.#javascript;
      const made = new RegExp(source, `dv${mode}${this.flags & FLAGS.I ? 'i' : ''}`);
      this.#regExps.set(key, made);
      return made;
    } catch (error) {
      throw reError(error instanceof Error ? error.message : 'invalid expression');
    }
  }

  #once(name: string, args: Value[], kwargs: Kwargs, mode: 'g' | 'y', whole = false): Value {
    const { text, start } = this.#subject(name, args, kwargs);
    const expression = this.#regExp(mode, whole);
    expression.lastIndex = start;
    const found = nextMatch(expression, text);
    return found === null ? null : new PyMatch(found, this);
  }

  #subject(name: string, args: Value[], kwargs: Kwargs): { text: string; start: number } {
    const [string = null, pos, endpos] = bind(name, ['string', 'pos', 'endpos'], 1, args, kwargs);
    const text = textOf(string);
    if (text === undefined)
      throw new PyError('TypeError', `expected string or bytes-like object, got '${typeName(string)}'`);
    const end = endpos === undefined ? text.length : toUnitIndex(text, asIndex(endpos, 0));
    return { text: text.slice(0, end), start: Math.max(0, toUnitIndex(text, asIndex(pos, 0))) };
  }

  /** Every match from `start` on, one after the other. */
  *matches(text: string, start = 0): Generator<RegExpExecArray> {
    // A clone, because the caller may match with the same pattern in between.
    const expression = new RegExp(this.#regExp('g'));
    expression.lastIndex = start;
    for (;;) {
      const found = nextMatch(expression, text);
      if (found === null) return;
      yield found;
      if (found[0] === '') {
        const code = text.codePointAt(expression.lastIndex);
        expression.lastIndex += code !== undefined && code > 0xffff ? 2 : 1;
      }
    }
  }

  #findAll(args: Value[], kwargs: Kwargs): Value {
    const { text, start } = this.#subject('findall', args, kwargs);
    return Array.from(this.matches(text, start), (found) => {
      if (this.groups === 0) return found[0];
      if (this.groups === 1) return found[1] ?? '';
      return new PyTuple(Array.from({ length: this.groups }, (_, i) => found[i + 1] ?? ''));
    });
  }

  #split(args: Value[], kwargs: Kwargs): Value {
    const [string = null, limitValue] = bind('split', ['string', 'maxsplit'], 1, args, kwargs);
    const { text } = this.#subject('split', [string], null);
    const limit = asIndex(limitValue, 0);
    const parts: Value[] = [];
    let from = 0;
    let splits = 0;
    for (const found of this.matches(text)) {
      if (limit > 0 && splits === limit) break;
      parts.push(text.slice(from, found.index));
      for (let i = 1; i <= this.groups; i++) parts.push(found[i] ?? null);
      from = found.index + found[0].length;
      splits++;
    }
    parts.push(text.slice(from));
    return parts;
  }

  *#substitute(name: 'sub' | 'subn', args: Value[], kwargs: Kwargs, runtime: Runtime): Waiting {
    const [replacement = null, string = null, count] = bind(name, ['repl', 'string', 'count'], 2, args, kwargs);
    const { text } = this.#subject(name, [string], null);
    const template = textOf(replacement);
    if (template === undefined && !(replacement instanceof PyFunction)) {
      throw new PyError('TypeError', `decoding to str: need a bytes-like object, ${typeName(replacement)} found`);
    }
    const expand = template === undefined ? undefined : expandTemplate(template, this);
    const limit = asIndex(count, 0);
    let result = '';
    let from = 0;
    let made = 0;
    for (const found of this.matches(text)) {
      if (limit > 0 && made === limit) break;
      result += text.slice(from, found.index);
      result += expand ? expand(found) : str(yield* callBack(runtime, replacement, [new PyMatch(found, this)]));
      from = found.index + found[0].length;
      made++;
    }
    result += text.slice(from);
    return name === 'sub' ? result : new PyTuple([result, made]);
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'match':
        return new PyFunction(name, (args, kwargs) => this.#once(name, args, kwargs, 'y'));
      case 'fullmatch':
        return new PyFunction(name, (args, kwargs) => this.#once(name, args, kwargs, 'y', true));
      case 'search':
        return new PyFunction(name, (args, kwargs) => this.#once(name, args, kwargs, 'g'));
      case 'findall':
        return new PyFunction(name, (args, kwargs) => this.#findAll(args, kwargs));
      case 'finditer':
        return new PyFunction(name, (args, kwargs) => {
          const { text, start } = this.#subject(name, args, kwargs);
          const found = Array.from(this.matches(text, start), (each) => new PyMatch(each, this));
          return new PyIterator(found, 'callable_iterator');
        });
      case 'split':
        return new PyFunction(name, (args, kwargs) => this.#split(args, kwargs));
      case 'sub':
      case 'subn':
        return callingFunction(name, (args, kwargs, runtime) => this.#substitute(name, args, kwargs, runtime));
      case 'pattern':
        return this.source;
      case 'flags':
        return this.flags;
      case 'groups':
        return this.groups;
      case 'groupindex':
        return new PyDict(this.names);
      default:
        return undefined;
    }
  }
  override equals(other: Value): boolean {
    return other instanceof PyPattern && other.source === this.source && other.flags === this.flags;
  }
  override hashKey(): unknown {
    return `\u0000re${this.flags}:${this.source}`;
  }
  override repr(): string {
    const named = [
      ['re.IGNORECASE', FLAGS.I],
      ['re.MULTILINE', FLAGS.M],
      ['re.DOTALL', FLAGS.S],
      ['re.VERBOSE', FLAGS.X],
      ['re.ASCII', FLAGS.A],
    ] as const;
    const flags = named.filter(([, bit]) => this.flags & bit).map(([name]) => name);
    return `re.compile(${repr(this.source)}${flags.length > 0 ? `, ${flags.join('|')}` : ''})`;
  }
}
