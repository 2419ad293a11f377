/** JSON as Python's `json` module writes and reads it. */
import { typeName } from './arguments.ts';
import { compareText, sorted } from './comparison.ts';
import { floatRepr, isFloat, isInt, toDouble, toInt } from './numbers.ts';
import { str } from './repr.ts';
import { PyDict, PyError, PyFloat, PyObject, PyText, PyTuple, type Value } from './value.ts';

/** The options of `json.dumps`. */
export interface DumpOptions {
  sortKeys?: boolean;
  indent?: number | string | null;
  /** Non-ASCII characters as escapes; true unless told otherwise. */
  ensureAscii?: boolean;
  separators?: readonly [string, string];
  /** What to write for a value JSON has no word for. Without it such a value is a TypeError. */
  fallback?: (value: Value) => Value;
}

/** `json.dumps(value)`. */
export function dumps(value: Value, options: DumpOptions = {}): string {
  const { indent = null, ensureAscii = true, sortKeys = false } = options;
  const unit = typeof indent === 'number' ? ' '.repeat(Math.max(0, indent)) : indent;
  const [comma, colon] = options.separators ?? [unit === null ? ', ' : ',', ': '];
  const open = new Set<unknown>();

  return write(value, '\n');

  function write(item: unknown, line: string): string {
    switch (typeof item) {
      case 'string':
        return quote(item, ensureAscii);
      case 'number':
        return Number.isInteger(item) ? String(item) : jsonFloat(item);
      case 'bigint':
        return item.toString();
      case 'boolean':
        return item ? 'true' : 'false';
      default:
    }
    if (item === null || item === undefined) return 'null';
    if (Array.isArray(item)) return list(item, item, line);
    if (item instanceof PyTuple) return list(item, item.items, line);
    if (item instanceof PyDict) return object(item, Array.from(item.entries()), line);
    if (item instanceof PyFloat) return jsonFloat(item.value);
    if (item instanceof PyText) return quote(item.value, ensureAscii);
    if (!(item instanceof PyObject)) return object(item, Object.entries(item) as [Value, Value][], line);
    const own = item.toJson?.();
    if (own !== undefined) return write(own, line);
    if (options.fallback === undefined) {
      throw new PyError('TypeError', `Object of type ${typeName(item)} is not JSON serializable`);
    }
    return write(options.fallback(item), line);
  }

  function list(owner: unknown, items: readonly unknown[], line: string): string {
    return enclosed(owner, '[', ']', line, items, (item, inner) => write(item, inner));
  }

  function object(owner: unknown, entries: [Value, Value][], line: string): string {
    let ordered = entries;
    if (sortKeys) {
      ordered = entries.every(([key]) => typeof key === 'string')
        ? entries.sort((a, b) => compareText(a[0] as string, b[0] as string))
        : (
            sorted(
              entries.map(([key, item]) => new PyTuple([key, item])),
              entries.map(([key]) => key),
            ) as PyTuple[]
          ).map((entry) => entry.items as unknown as [Value, Value]);
    }
    return enclosed(owner, '{', '}', line, ordered, ([key, item], inner) => {
      return `${quote(jsonKey(key), ensureAscii)}${colon}${write(item, inner)}`;
    });
  }

  function enclosed<T>(
    owner: unknown,
    left: string,
    right: string,
    line: string,
    items: readonly T[],
    each: (item: T, inner: string) => string,
  ): string {
    if (items.length === 0) return left + right;
    if (open.has(owner)) throw new PyError('ValueError', 'Circular reference detected');
    open.add(owner);
    const inner = unit === null ? '' : line + unit;
    const body = items.map((item) => each(item, unit === null ? line : inner)).join(comma + inner);
    open.delete(owner);
    return left + inner + body + (unit === null ? '' : line) + right;
  }
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? floatRepr(value) : value < 0 ? '-Infinity' : 'Infinity';
}

function jsonKey(key: Value): string {
  if (typeof key === 'string') return key;
  if (key instanceof PyText) return key.value;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (isFloat(key)) return jsonFloat(toDouble(key));
  if (isInt(key)) return str(key);
  throw new PyError('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

const ASCII_ESCAPES = /["\\\x00-\x1f\x7f-\uffff]/g;
const CONTROL_ESCAPES = /["\\\x00-\x1f]/g;
const SHORT: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function quote(text: string, ensureAscii: boolean): string {
  const escaped = text.replace(ensureAscii ? ASCII_ESCAPES : CONTROL_ESCAPES, (found) => {
    // DEL is the one character of the range that JSON leaves alone.
    if (found === '\x7f') return found;
    return SHORT[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** `json.loads(text)`: ints stay ints, floats floats, whatever their size. */
export function loads(text: string): Value {
  let at = 0;
  skipSpace();
  const result = value();
  skipSpace();
  if (at < text.length) throw failure('Extra data', at);
  return result;

  function value(): Value {
    switch (text[at]) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      default: {
        const named = word();
        return named === undefined ? number() : named;
      }
    }
  }

  function skipSpace(): void {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r') at++;
  }

  function word(): Value | undefined {
    for (const [name, meaning] of WORDS) {
      if (text.startsWith(name, at)) {
        at += name.length;
        return meaning;
      }
    }
    return undefined;
  }

  function number(): Value {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (found === null) throw failure('Expecting value', at);
    at += found[0].length;
    if (found[1] !== undefined || found[2] !== undefined) return PyFloat.of(Number(found[0]));
    const quick = Number(found[0]);
    return Number.isSafeInteger(quick) ? quick + 0 : toInt(BigInt(found[0]));
  }

  function string(): string {
    const start = at++;
    let result = '';
    for (;;) {
      PLAIN_RUN.lastIndex = at;
      const run = PLAIN_RUN.exec(text)?.[0] ?? '';
      result += run;
      at += run.length;
      const stop = text[at];
      if (stop === undefined) throw failure('Unterminated string starting at', start);
      if (stop === '"') {
        at++;
        return result;
      }
      if (stop !== '\\') throw failure('Invalid control character at', at);
      result += readEscape(start);
    }
  }

  function readEscape(start: number): string {
    const letter = text[at + 1];
    if (letter === undefined) throw failure('Unterminated string starting at', start);
    if (letter === 'u') {
      const digits = text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw failure('Invalid \\uXXXX escape', at + 1);
      at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = UNESCAPED[letter];
    if (meaning === undefined) throw failure('Invalid \\escape', at);
    at += 2;
    return meaning;
  }

  function array(): Value[] {
    const items: Value[] = [];
    at++;
    skipSpace();
    if (text[at] === ']') {
      at++;
      return items;
    }
    for (;;) {
      items.push(value());
      skipSpace();
      const mark = text[at];
      if (mark !== ',' && mark !== ']') throw failure("Expecting ',' delimiter", at);
      at++;
      if (mark === ']') return items;
      skipSpace();
    }
  }

  function object(): PyDict {
    const dict = new PyDict();
    at++;
    skipSpace();
    if (text[at] === '}') {
      at++;
      return dict;
    }
    for (;;) {
      if (text[at] !== '"') throw failure('Expecting property name enclosed in double quotes', at);
      const key = string();
      skipSpace();
      if (text[at] !== ':') throw failure("Expecting ':' delimiter", at);
      at++;
      skipSpace();
      dict.set(key, value());
      skipSpace();
      const mark = text[at];
      if (mark !== ',' && mark !== '}') throw failure("Expecting ',' delimiter", at);
      at++;
      if (mark === '}') return dict;
      skipSpace();
    }
  }

  function failure(message: string, place: number): PyError {
    const before = text.slice(0, place);
    const line = before.split('\n').length;
    const column = place - before.lastIndexOf('\n');
    return new PyError('JSONDecodeError', `${message}: line ${line} column ${column} (char ${place})`);
  }
}

const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];
const UNESCAPED: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const PLAIN_RUN = /[^"\\\x00-\x1f]*/y;
