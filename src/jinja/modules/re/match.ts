import { bind, textOf } from '../../arguments.ts';
import { toCodePointIndex } from '../../codepoints.ts';
import { isInt } from '../../numbers.ts';
import { repr } from '../../repr.ts';
import { PyDict, PyError, PyFunction, PyObject, PyTuple, type Value } from '../../value.ts';
import type { PyPattern } from './pattern.ts';
import { expandTemplate } from './template.ts';

/** What a successful match tells: `re.Match`. */
export class PyMatch extends PyObject {
  readonly typeName = 'Match';
  override readonly module = 're';
  readonly found: RegExpExecArray;
  readonly pattern: PyPattern;
  constructor(found: RegExpExecArray, pattern: PyPattern) {
    super();
    this.found = found;
    this.pattern = pattern;
  }
  /** The text of a group by number or name; null where it took no part. */
  group(key: Value): Value {
    return this.found[this.#number(key)] ?? null;
  }
  #number(key: Value): number {
    const name = textOf(key);
    const number = name === undefined ? (isInt(key) ? Number(key) : -1) : (this.pattern.names.get(name) ?? -1);
    if (number < 0 || number > this.pattern.groups) throw new PyError('IndexError', 'no such group');
    return number;
  }
  /** Start and end of a group, in code points; -1 where it took no part. */
  #span(key: Value): [number, number] {
    const span = this.found.indices?.[this.#number(key)];
    if (span === undefined) return [-1, -1];
    return [toCodePointIndex(this.found.input, span[0]), toCodePointIndex(this.found.input, span[1])];
  }
  #groups(fallback: Value): Value[] {
    return Array.from({ length: this.pattern.groups }, (_, i) => this.found[i + 1] ?? fallback);
  }
  override getItem(key: Value): Value | undefined {
    return this.group(key);
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'group':
        return new PyFunction(name, (args) => {
          if (args.length === 0) return this.group(0);
          return args.length === 1 ? this.group(args[0] as Value) : new PyTuple(args.map((key) => this.group(key)));
        });
      case 'groups':
        return new PyFunction(
          name,
          (args, kwargs) => new PyTuple(this.#groups(bind(name, ['default'], 0, args, kwargs)[0] ?? null)),
        );
      case 'groupdict':
        return new PyFunction(name, (args, kwargs) => {
          const fallback = bind(name, ['default'], 0, args, kwargs)[0] ?? null;
          return new PyDict(Array.from(this.pattern.names, ([key, number]) => [key, this.found[number] ?? fallback]));
        });
      case 'start':
        return new PyFunction(name, ([key = 0]) => this.#span(key)[0]);
      case 'end':
        return new PyFunction(name, ([key = 0]) => this.#span(key)[1]);
      case 'span':
        return new PyFunction(name, ([key = 0]) => new PyTuple(this.#span(key)));
      case 'expand':
        return new PyFunction(name, ([template = '']) =>
          expandTemplate(textOf(template) ?? '', this.pattern)(this.found),
        );
      case 'string':
        return this.found.input;
      case 're':
        return this.pattern;
      case 'pos':
        return 0;
      case 'endpos':
        return toCodePointIndex(this.found.input, this.found.input.length);
      case 'lastindex':
        return this.#last();
      case 'lastgroup': {
        const last = this.#last();
        return Array.from(this.pattern.names).find(([, number]) => number === last)?.[0] ?? null;
      }
      default:
        return undefined;
    }
  }
  #last(): number | null {
    let last: number | null = null;
    let end = -1;
    // Of the groups that end last the outermost closes last.
    for (let i = 1; i <= this.pattern.groups; i++) {
      const span = this.found.indices?.[i];
      if (span !== undefined && span[1] > end) {
        last = i;
        end = span[1];
      }
    }
    return last;
  }
  override repr(): string {
    const [start, end] = this.#span(0);
    return `<re.Match object; span=(${start}, ${end}), match=${repr(this.found[0]).slice(0, 50)}>`;
  }
}
