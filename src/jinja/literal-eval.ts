/** Python's `ast.literal_eval`: the value of a text that is nothing but a literal. */
import { neg } from './arithmetic.ts';
import { PyBytes } from './bytes.ts';
import { toInt } from './numbers.ts';
import { PyDict, PyError, PyFloat, PySet, PyTuple, type Value } from './value.ts';

const NUMBER =
  /(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?(?:(?<=[\d.])[eE][+-]?\d(?:_?\d)*)?)(?![\w])/y;
const STRING_START = /([rRbBuU]{0,2})('''|"""|'|")/y;
const WORD = /(?:True|False|None)(?!\w)/y;
const EMPTY_SET = /set[ \t]*\([ \t]*\)/y;
const ESCAPES: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The value of the text; a ValueError or SyntaxError where it is no literal. */
export function literalEval(source: string): Value {
  const text = source.replace(/^[ \t]+/, '').replace(/^(?:[ \t\f]*(?:#.*)?\r?\n)+/, '');
  if (/^[ \t]/.test(text)) throw new PyError('IndentationError', 'unexpected indent');
  let at = 0;
  let depth = 0;
  const result = topLevel();
  if (at < text.length) throw invalid();
  return result;

  function invalid(): PyError {
    return new PyError('SyntaxError', 'invalid syntax');
  }

  function skipSpace(): void {
    for (;;) {
      const character = text[at];
      if (character === ' ' || character === '\t' || character === '\f') at++;
      else if (character === '#') {
        while (at < text.length && text[at] !== '\n') at++;
      } else if (character === '\\' && text[at + 1] === '\n') at += 2;
      else if (depth > 0 && (character === '\n' || character === '\r')) at++;
      else return;
    }
  }

  /** One value, or a tuple without parentheses. */
  function topLevel(): Value {
    skipSpace();
    const value = commaList(undefined);
    while (/\s/.test(text[at] ?? '')) at++;
    return value;
  }

  function commaList(close: string | undefined): Value {
    const items: Value[] = [];
    let trailing = false;
    skipSpace();
    while (at < text.length && text[at] !== close && !/[\r\n]/.test(text[at] as string)) {
      items.push(value());
      trailing = false;
      skipSpace();
      if (text[at] !== ',') break;
      at++;
      trailing = true;
      skipSpace();
    }
    if (items.length === 1 && !trailing) return items[0] as Value;
    if (items.length === 0 && close === undefined) throw invalid();
    return new PyTuple(items);
  }

  function value(): Value {
    if (depth > 200) throw new PyError('MemoryError', 'too many nested literals');
    skipSpace();
    const character = text[at];
    switch (character) {
      case '-':
      case '+': {
        at++;
        skipSpace();
        if (text[at] === '-' || text[at] === '+') throw malformed();
        const operand = value();
        if (typeof operand !== 'number' && typeof operand !== 'bigint' && !(operand instanceof PyFloat)) {
          throw malformed();
        }
        return character === '-' ? neg(operand) : operand;
      }
      case '(':
        return bracketed(')', () => commaList(')'));
      case '[':
        return bracketed(']', () => items(']'));
      case '{':
        return bracketed('}', braces);
      default:
    }
    STRING_START.lastIndex = at;
    if (STRING_START.test(text)) return strings();
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word !== undefined) {
      at += word.length;
      return word === 'None' ? null : word === 'True';
    }
    EMPTY_SET.lastIndex = at;
    const set = EMPTY_SET.exec(text);
    if (set !== null) {
      at += set[0].length;
      return new PySet();
    }
    return number();
  }

  function malformed(): PyError {
    return new PyError('ValueError', 'malformed node or string');
  }

  function bracketed(close: string, inner: () => Value): Value {
    at++;
    depth++;
    const result = inner();
    skipSpace();
    if (text[at] !== close) throw invalid();
    at++;
    depth--;
    return result;
  }

  function items(close: string): Value[] {
    const found: Value[] = [];
    skipSpace();
    while (text[at] !== close) {
      found.push(value());
      skipSpace();
      if (text[at] !== ',') break;
      at++;
      skipSpace();
    }
    return found;
  }

  function braces(): Value {
    skipSpace();
    if (text[at] === '}') return new PyDict();
    const first = value();
    skipSpace();
    if (text[at] !== ':') {
      skipSpace();
      if (text[at] === ',') at++;
      return new PySet([first, ...items('}')]);
    }
    at++;
    const dict = new PyDict([[first, value()]]);
    skipSpace();
    while (text[at] === ',') {
      at++;
      skipSpace();
      if (text[at] === '}') break;
      const key = value();
      skipSpace();
      if (text[at] !== ':') throw invalid();
      at++;
      dict.set(key, value());
      skipSpace();
    }
    return dict;
  }

  function number(): Value {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text)?.[0] ?? '';
    if (!/\d/.test(found)) {
      throw /[\p{L}_]/u.test(text[at] ?? '') ? malformed() : invalid();
    }
    at += found.length;
    const digits = found.replaceAll('_', '');
    if (/^0[xXoObB]/.test(digits)) return toInt(BigInt(digits));
    if (/[.eE]/.test(digits)) return PyFloat.of(Number(digits));
    if (/^0\d*[1-9]/.test(digits)) {
      throw new PyError('SyntaxError', 'leading zeros in decimal integer literals are not permitted');
    }
    return toInt(BigInt(digits));
  }

  function strings(): Value {
    let result = '';
    let bytes: boolean | undefined;
    for (;;) {
      STRING_START.lastIndex = at;
      const start = STRING_START.exec(text);
      if (start === null) break;
      const prefix = (start[1] as string).toLowerCase();
      if (!['', 'r', 'u', 'b', 'br', 'rb'].includes(prefix)) throw invalid();
      if (bytes !== undefined && bytes !== prefix.includes('b')) {
        throw new PyError('SyntaxError', 'cannot mix bytes and nonbytes literals');
      }
      bytes = prefix.includes('b');
      at += start[0].length;
      result += stringBody(start[2] as string, prefix.includes('r'));
      skipSpace();
    }
    return bytes ? PyBytes.encode(result, 'latin-1') : result;
  }

  function stringBody(quote: string, raw: boolean): string {
    let body = '';
    for (;;) {
      if (text.startsWith(quote, at)) {
        at += quote.length;
        return body;
      }
      const character = text[at];
      if (character === undefined || (character === '\n' && quote.length === 1)) {
        throw new PyError('SyntaxError', 'unterminated string literal');
      }
      if (character !== '\\') {
        body += character;
        at++;
      } else if (raw) {
        body += text.slice(at, at + 2);
        at += 2;
      } else body += readEscape();
    }
  }

  function readEscape(): string {
    const rest = text.slice(at + 1, at + 12);
    const simple = ESCAPES[rest[0] ?? ''];
    if (simple !== undefined) {
      at += 2;
      return simple;
    }
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (code !== null) {
      at += 1 + code[0].length;
      return String.fromCodePoint(Number.parseInt((code[1] ?? code[2] ?? code[3]) as string, 16));
    }
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    if (octal !== undefined) {
      at += 1 + octal.length;
      return String.fromCodePoint(Number.parseInt(octal, 8));
    }
    if (/^[xuUN]/.test(rest)) throw new PyError('SyntaxError', 'truncated escape in string');
    at += 2;
    return `\\${rest[0] ?? ''}`;
  }
}
