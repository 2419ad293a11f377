import type { SourceText } from './source-text.ts';

/** One token. Operators and brackets have their own spelling as kind; `text` of a string is its value. */
export interface Token {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Python's notion of white space, which differs from JavaScript's in a few control characters. */
export function isSpace(code: number): boolean {
  if (code < 0x85) return code === 32 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

const RAW_BEGIN = /\{%[-+]?\s*raw\s*(-?)%\}/y;
const RAW_END = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*/uy;
const TWO_CHARACTERS = new Set(['//', '**', '==', '!=', '>=', '<=']);
const ONE_CHARACTER = '+-/*%~[](){}><=.:|,;';
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Cuts `source.text` into tokens, ending with one of kind `eof`. */
export function tokenize(source: SourceText): Token[] {
  return new Lexer(source).run();
}

class Lexer {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #end: number;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(source: SourceText) {
    this.#source = source;
    this.#text = source.text;
    // Jinja drops exactly one newline at the end of a template.
    this.#end = source.text.endsWith('\n') ? source.text.length - 1 : source.text.length;
  }

  run(): Token[] {
    const text = this.#text;
    const end = this.#end;
    let dataStart = 0;
    let search = 0;
    for (;;) {
      let open = text.indexOf('{', search);
      let mark = 0;
      while (open !== -1 && open < end - 1) {
        mark = text.charCodeAt(open + 1);
        if (mark === 123 || mark === 37 || mark === 35) break;
        open = text.indexOf('{', open + 1);
      }
      if (open === -1 || open >= end - 1) {
        this.#data(dataStart, end, false);
        this.#push('eof', '', end, end);
        return this.#tokens;
      }
      const sign = text[open + 2];
      this.#data(dataStart, open, sign === '-');
      if (mark === 35) dataStart = this.#comment(open);
      else if (mark === 123) dataStart = this.#inside(open, 'variable_begin', 'variable_end', '}}');
      else dataStart = this.#raw(open) ?? this.#inside(open, 'block_begin', 'block_end', '%}');
      search = dataStart;
    }
  }

  #push(kind: string, text: string, start: number, end: number): void {
    this.#tokens.push({ kind, text, start, end });
  }

  #data(start: number, end: number, strip: boolean): void {
    let stop = end;
    if (strip) while (stop > start && isSpace(this.#text.charCodeAt(stop - 1))) stop -= 1;
    if (stop > start) this.#push('data', this.#text.slice(start, stop), start, stop);
  }

  #skipSpace(from: number): number {
    let at = from;
    while (at < this.#end && isSpace(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #comment(open: number): number {
    const close = this.#text.indexOf('#}', open + 2);
    if (close === -1) throw this.#source.syntaxError("this comment is never closed with '#}'", open, open + 2);
    return this.#text[close - 1] === '-' && close - 1 > open + 1 ? this.#skipSpace(close + 2) : close + 2;
  }

  #raw(open: number): number | undefined {
    RAW_BEGIN.lastIndex = open;
    const begin = RAW_BEGIN.exec(this.#text);
    if (begin === null) return undefined;
    const start = begin[1] === '-' ? this.#skipSpace(RAW_BEGIN.lastIndex) : RAW_BEGIN.lastIndex;
    RAW_END.lastIndex = start;
    const close = RAW_END.exec(this.#text);
    if (close === null)
      throw this.#source.syntaxError("this raw block is never closed with '{% endraw %}'", open, start);
    this.#data(start, close.index, close[1] === '-');
    return close[2] === '-' ? this.#skipSpace(RAW_END.lastIndex) : RAW_END.lastIndex;
  }

  /** Tokens between delimiters; returns where data goes on. */
  #inside(open: number, beginKind: string, endKind: string, close: string): number {
    const text = this.#text;
    const limit = this.#end;
    const sign = text[open + 2];
    let at = open + (sign === '-' || sign === '+' ? 3 : 2);
    this.#push(beginKind, text.slice(open, at), open, at);
    const brackets: string[] = [];
    for (;;) {
      at = this.#skipSpace(at);
      if (at >= limit) {
        // The parser knows better what was missing here.
        this.#push('eof', '', limit, limit);
        return limit;
      }
      if (brackets.length === 0) {
        if (text.startsWith(close, at)) {
          this.#push(endKind, close, at, at + 2);
          return at + 2;
        }
        const mark = text[at];
        if ((mark === '-' || (mark === '+' && close === '%}')) && text.startsWith(close, at + 1)) {
          this.#push(endKind, close, at, at + 3);
          return mark === '-' ? this.#skipSpace(at + 3) : at + 3;
        }
      }
      this.#at = at;
      this.#token(brackets);
      at = this.#at;
    }
  }

  #token(brackets: string[]): void {
    const text = this.#text;
    const start = this.#at;
    const code = text.charCodeAt(start);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) {
      let at = start + 1;
      for (;;) {
        const next = text.charCodeAt(at);
        if ((next >= 97 && next <= 122) || (next >= 65 && next <= 90) || next === 95 || (next >= 48 && next <= 57))
          at += 1;
        else if (next > 127) {
          this.#unicodeName(start);
          return;
        } else break;
      }
      this.#at = at;
      this.#push('name', text.slice(start, at), start, at);
      return;
    }
    if (code === 39 || code === 34) {
      this.#string(start, text[start]!);
      return;
    }
    if (code >= 48 && code <= 57) {
      this.#number(start);
      return;
    }
    if (code > 127) {
      this.#unicodeName(start);
      return;
    }
    const two = text.slice(start, start + 2);
    const operator = TWO_CHARACTERS.has(two) ? two : two[0]!;
    if (operator.length === 1 && !ONE_CHARACTER.includes(operator)) {
      throw this.#source.syntaxError(`unexpected character '${operator}'`, start, start + 1);
    }
    const closing = CLOSING[operator];
    if (closing !== undefined) brackets.push(closing);
    else if (operator === ')' || operator === ']' || operator === '}') {
      const expected = brackets.pop();
      if (expected !== operator) {
        const hint = expected === undefined ? '' : `, '${expected}' was expected here`;
        throw this.#source.syntaxError(`unexpected '${operator}'${hint}`, start, start + 1);
      }
    }
    this.#at = start + operator.length;
    this.#push(operator, operator, start, this.#at);
  }

  #unicodeName(start: number): void {
    NAME.lastIndex = start;
    const match = NAME.exec(this.#text);
    if (match === null) {
      const character = String.fromCodePoint(this.#text.codePointAt(start)!);
      throw this.#source.syntaxError(`unexpected character '${character}'`, start, start + character.length);
    }
    this.#at = NAME.lastIndex;
    // Python compares identifiers in NFKC.
    this.#push('name', match[0].normalize('NFKC'), start, this.#at);
  }

  #number(start: number): void {
    FLOAT.lastIndex = start;
    // After a dot digits are an index (`x.0.1`), never a fraction.
    const float = this.#text[start - 1] === '.' ? null : FLOAT.exec(this.#text);
    if (float !== null) {
      this.#at = FLOAT.lastIndex;
      this.#push('float', float[0].replaceAll('_', ''), start, this.#at);
      return;
    }
    INTEGER.lastIndex = start;
    const integer = INTEGER.exec(this.#text)![0];
    this.#at = INTEGER.lastIndex;
    this.#push('integer', integer.replaceAll('_', ''), start, this.#at);
  }

  #string(start: number, quote: string): void {
    const text = this.#text;
    let at = start + 1;
    let escapes = false;
    for (;;) {
      const character = text[at];
      if (character === undefined || at >= this.#end) {
        throw this.#source.syntaxError(`this string is never closed with ${quote}`, start, start + 1);
      }
      if (character === quote) break;
      if (character === '\\') {
        escapes = true;
        at += 1;
      }
      at += 1;
    }
    this.#at = at + 1;
    const raw = text.slice(start + 1, at);
    this.#push('string', escapes ? this.#unescape(raw, start) : raw, start, this.#at);
  }

  /** Python's escapes; what Python does not know stays as written. */
  #unescape(raw: string, start: number): string {
    return raw.replace(
      /\\(?:(\n)|([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([xuUN])|([\s\S]))/g,
      (all: string, newline, octal, x, u, long, broken, other) => {
        if (newline !== undefined) return '';
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        const hex = x ?? u ?? long;
        if (hex !== undefined) {
          const point = Number.parseInt(hex, 16);
          if (point <= 0x10ffff) return String.fromCodePoint(point);
        }
        if (hex !== undefined || broken !== undefined) {
          throw this.#source.syntaxError(`'${all}' is not a complete escape sequence`, start, this.#at);
        }
        return SIMPLE_ESCAPES[other as string] ?? all;
      },
    );
  }
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
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
