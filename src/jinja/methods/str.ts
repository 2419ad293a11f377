/** The methods of str. Positions and widths count code points. */
import { asIndex, asText, bind, noKwargs, textOf, typeName } from '../arguments.ts';
import { PyBytes } from '../bytes.ts';
import { codePointLength, codePointSlice, SPACE, toCodePointIndex } from '../codepoints.ts';
import { isIterable, iterate } from '../iteration.ts';
import { isInt } from '../numbers.ts';
import { isPrintable, str } from '../repr.ts';
import { type Kwargs, PyDict, PyError, PyTuple, type Value } from '../value.ts';
import { capitalize, casefold, isCase, swapCase, titleCase } from './letter-case.ts';
import { type Method, type MethodTable, methodTable } from './method.ts';

const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`);
const TRAILING_SPACE = new RegExp(`[${SPACE}]+$`);
const SPACES = new RegExp(`[${SPACE}]+`, 'g');

/** A test of every character; false for no characters. */
function every(pattern: RegExp): Method<string> {
  return (self, args, kwargs) => {
    bind('str.is', [], 0, args, kwargs);
    return pattern.test(self);
  };
}

/** A change of the text that takes no arguments. */
function change(name: string, apply: (text: string) => string): Method<string> {
  return (self, args, kwargs) => {
    bind(name, [], 0, args, kwargs);
    return apply(self);
  };
}

function strip(name: string, left: boolean, right: boolean): Method<string> {
  return (self, args, kwargs) => {
    const [chars = null] = bind(name, ['chars'], 0, args, kwargs);
    return stripText(self, chars, left, right);
  };
}

/** `text.strip(chars)` on the wanted sides. */
export function stripText(text: string, chars: Value, left = true, right = true): string {
  if (chars === null) {
    let result = text;
    if (left) result = result.replace(LEADING_SPACE, '');
    if (right) result = trimSpaceEnd(result);
    return result;
  }
  const set = textOf(chars);
  if (set === undefined) throw new PyError('TypeError', 'strip arg must be None or str');
  const members = new Set(set);
  const characters = Array.from(text);
  let start = 0;
  let stop = characters.length;
  if (left) while (start < stop && members.has(characters[start] as string)) start++;
  if (right) while (stop > start && members.has(characters[stop - 1] as string)) stop--;
  return characters.slice(start, stop).join('');
}

/** Without the trailing spaces; a pattern anchored at the end alone would go through the text quadratically. */
function trimSpaceEnd(text: string): string {
  const trimmed = text.trimEnd();
  // JavaScript strips the byte order mark too, and leaves a few separators that Python strips.
  if (trimmed.length === text.length || !text.includes('\ufeff')) {
    return /[\x1c-\x1f\x85]$/.test(trimmed) ? trimmed.replace(TRAILING_SPACE, '') : trimmed;
  }
  return text.replace(TRAILING_SPACE, '');
}

function pad(name: string, place: (text: string, missing: number, fill: string) => string): Method<string> {
  return (self, args, kwargs) => {
    noKwargs(name, kwargs);
    const [width, fill = ' '] = bind(name, ['width', 'fillchar'], 1, args, kwargs);
    const filler = asText(fill, `${name}()`);
    if (codePointLength(filler) !== 1) {
      throw new PyError('TypeError', 'The fill character must be exactly one character long');
    }
    const missing = asIndex(width, 0) - codePointLength(self);
    return missing <= 0 ? self : place(self, missing, filler);
  };
}

/** Python's odd way of centring: where the spaces do not halve, the width decides the side. */
export function center(text: string, missing: number, fill: string): string {
  const width = missing + codePointLength(text);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** The text between `start` and `stop` of a search, and where it begins; undefined for an impossible range. */
function searchRange(
  self: string,
  start: Value | undefined,
  stop: Value | undefined,
): { text: string; from: number } | undefined {
  if (start === undefined && stop === undefined) return { text: self, from: 0 };
  const size = codePointLength(self);
  const clamp = (value: Value | undefined, fallback: number) => {
    if (value === undefined || value === null) return fallback;
    const index = asIndex(value, fallback);
    return index < 0 ? Math.max(0, index + size) : index;
  };
  const from = clamp(start, 0);
  const to = Math.min(size, clamp(stop, size));
  return from > to ? undefined : { text: codePointSlice(self, from, to), from };
}

function search(name: string, last: boolean, fails: boolean): Method<string> {
  return (self, args, kwargs) => {
    noKwargs(name, kwargs);
    const [part, start, stop] = bind(name, ['sub', 'start', 'end'], 1, args, kwargs);
    const wanted = asText(part, `${name}()`);
    const range = searchRange(self, start, stop);
    const at = range === undefined ? -1 : last ? range.text.lastIndexOf(wanted) : range.text.indexOf(wanted);
    if (at >= 0 && range !== undefined) return range.from + toCodePointIndex(range.text, at);
    if (fails) throw new PyError('ValueError', 'substring not found');
    return -1;
  };
}

function affix(name: string, test: (text: string, part: string) => boolean): Method<string> {
  return (self, args, kwargs) => {
    noKwargs(name, kwargs);
    const [affixes = null, start, stop] = bind(name, ['prefix', 'start', 'end'], 1, args, kwargs);
    const range = searchRange(self, start, stop);
    const wanted = affixes instanceof PyTuple ? affixes.items : [affixes];
    for (const each of wanted) {
      const part = textOf(each);
      if (part === undefined) {
        throw new PyError(
          'TypeError',
          affixes instanceof PyTuple
            ? `tuple for ${name} must only contain str, not ${typeName(each)}`
            : `${name} first arg must be str or a tuple of str, not ${typeName(each)}`,
        );
      }
      if (range !== undefined && test(range.text, part)) return true;
    }
    return false;
  };
}

/** `text.split(separator, limit)`. */
export function splitText(text: string, separator: Value, limit: number): string[] {
  if (separator === null) return splitSpaces(text, limit);
  const mark = asText(separator, 'split()');
  if (mark === '') throw new PyError('ValueError', 'empty separator');
  const parts = text.split(mark);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

function splitSpaces(text: string, limit: number): string[] {
  const rest = text.replace(LEADING_SPACE, '');
  const parts: string[] = [];
  let from = 0;
  if (limit < 0 || limit > 0) {
    for (const gap of rest.matchAll(SPACES)) {
      parts.push(rest.slice(from, gap.index));
      from = gap.index + gap[0].length;
      if (parts.length === limit) break;
    }
  }
  // The tail of a limited split keeps its trailing spaces.
  if (from < rest.length) parts.push(rest.slice(from));
  return parts;
}

function splitMethod(self: string, args: Value[], kwargs: Kwargs): Value {
  const [separator = null, limit] = bind('split', ['sep', 'maxsplit'], 0, args, kwargs);
  return splitText(self, separator, asIndex(limit, -1));
}

function rsplitMethod(self: string, args: Value[], kwargs: Kwargs): Value {
  const [separator = null, limitValue] = bind('rsplit', ['sep', 'maxsplit'], 0, args, kwargs);
  const limit = asIndex(limitValue, -1);
  if (separator === null) {
    const reversed = splitSpaces(Array.from(self).reverse().join(''), limit);
    return reversed.map((part) => Array.from(part).reverse().join('')).reverse();
  }
  const parts = splitText(self, separator, -1);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const head = parts.slice(0, parts.length - limit).join(textOf(separator));
  return [head, ...parts.slice(parts.length - limit)];
}

function partition(last: boolean): Method<string> {
  const name = last ? 'rpartition' : 'partition';
  return (self, args, kwargs) => {
    noKwargs(name, kwargs);
    const mark = asText(bind(name, ['sep'], 1, args, kwargs)[0], `${name}()`);
    if (mark === '') throw new PyError('ValueError', 'empty separator');
    const at = last ? self.lastIndexOf(mark) : self.indexOf(mark);
    if (at < 0) return new PyTuple(last ? ['', '', self] : [self, '', '']);
    return new PyTuple([self.slice(0, at), mark, self.slice(at + mark.length)]);
  };
}

/** `text.splitlines(keepends)`. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const end of text.matchAll(LINE_END)) {
    const after = end.index + end[0].length;
    lines.push(text.slice(from, keepEnds ? after : end.index));
    from = after;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}

/** `text.replace(old, new, count)`. */
export function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count < 0) return old === '' ? replaceEmpty(text, replacement, -1) : text.replaceAll(old, () => replacement);
  if (old === '') return replaceEmpty(text, replacement, count);
  const parts = text.split(old);
  if (parts.length - 1 <= count) return parts.join(replacement);
  return [...parts.slice(0, count), parts.slice(count).join(old)].join(count === 0 ? old : replacement);
}

function replaceEmpty(text: string, replacement: string, count: number): string {
  const characters = Array.from(text);
  let left = count < 0 ? characters.length + 1 : count;
  let result = '';
  for (let i = 0; i <= characters.length; i++) {
    if (left-- > 0) result += replacement;
    result += characters[i] ?? '';
  }
  return result;
}

/** `separator.join(items)`. */
function joinMethod(self: string, args: Value[], kwargs: Kwargs): Value {
  noKwargs('join', kwargs);
  const [items = null] = bind('join', ['iterable'], 1, args, kwargs);
  const parts: string[] = [];
  if (!isIterable(items)) throw new PyError('TypeError', 'can only join an iterable');
  for (const item of iterate(items)) {
    const text = textOf(item);
    if (text === undefined) {
      throw new PyError('TypeError', `sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    }
    parts.push(text);
  }
  return parts.join(self);
}

function expandTabs(self: string, args: Value[], kwargs: Kwargs): Value {
  const size = asIndex(bind('expandtabs', ['tabsize'], 0, args, kwargs)[0], 8);
  let column = 0;
  let result = '';
  for (const character of self) {
    if (character === '\t') {
      const gap = size > 0 ? size - (column % size) : 0;
      result += ' '.repeat(gap);
      column += gap;
    } else {
      result += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

function makeTranslation(_self: string, args: Value[], kwargs: Kwargs): Value {
  const [from = null, to, dropped] = bind('maketrans', ['x', 'y', 'z'], 1, args, kwargs);
  const table = new PyDict();
  if (to === undefined) {
    if (!(from instanceof PyDict)) {
      throw new PyError('TypeError', 'if you give only one argument to maketrans it must be a dict');
    }
    for (const [key, value] of from.entries()) {
      const text = textOf(key);
      if (text !== undefined && codePointLength(text) !== 1) {
        throw new PyError('ValueError', 'string keys in translate table must be of length 1');
      }
      table.set(text === undefined ? key : (text.codePointAt(0) as number), value);
    }
    return table;
  }
  const sources = Array.from(asText(from, 'maketrans()'));
  const targets = Array.from(asText(to, 'maketrans()'));
  if (sources.length !== targets.length) {
    throw new PyError('ValueError', 'the first two maketrans arguments must have equal length');
  }
  sources.forEach((source, i) => {
    table.set(source.codePointAt(0) as number, (targets[i] as string).codePointAt(0) as number);
  });
  for (const character of textOf(dropped) ?? '') table.set(character.codePointAt(0) as number, null);
  return table;
}

function translate(self: string, args: Value[], kwargs: Kwargs): Value {
  const [table = null] = bind('translate', ['table'], 1, args, kwargs);
  if (!(table instanceof PyDict)) throw new PyError('TypeError', `'${typeName(table)}' object is not subscriptable`);
  let result = '';
  for (const character of self) {
    const target = table.get(character.codePointAt(0) as number);
    if (target === undefined) result += character;
    else if (isInt(target)) result += String.fromCodePoint(Number(target));
    else if (target !== null) result += str(target);
  }
  return result;
}

function zeroFill(self: string, args: Value[], kwargs: Kwargs): Value {
  noKwargs('zfill', kwargs);
  const missing = asIndex(bind('zfill', ['width'], 1, args, kwargs)[0], 0) - codePointLength(self);
  if (missing <= 0) return self;
  const sign = /^[+-]/.exec(self)?.[0] ?? '';
  return sign + '0'.repeat(missing) + self.slice(sign.length);
}

function count(self: string, args: Value[], kwargs: Kwargs): Value {
  noKwargs('count', kwargs);
  const [part, start, stop] = bind('count', ['sub', 'start', 'end'], 1, args, kwargs);
  const wanted = asText(part, 'count()');
  const range = searchRange(self, start, stop);
  if (range === undefined) return 0;
  return wanted === '' ? codePointLength(range.text) + 1 : range.text.split(wanted).length - 1;
}

function replaceMethod(self: string, args: Value[], kwargs: Kwargs): Value {
  noKwargs('replace', kwargs);
  const [old, replacement, limit] = bind('replace', ['old', 'new', 'count'], 2, args, kwargs);
  return replaceText(self, asText(old, 'replace()'), asText(replacement, 'replace()'), asIndex(limit, -1));
}

function encode(self: string, args: Value[], kwargs: Kwargs): Value {
  const [encoding = 'utf-8'] = bind('encode', ['encoding', 'errors'], 0, args, kwargs);
  return PyBytes.encode(self, asText(encoding, 'encode()'));
}

/** The methods of str, but for `format` and `format_map`, which need the template's way into values. */
export const strMethods: MethodTable<string> = methodTable<string>({
  capitalize: change('capitalize', capitalize),
  casefold: change('casefold', casefold),
  center: pad('center', center),
  count,
  encode,
  endswith: affix('endswith', (text, part) => text.endsWith(part)),
  expandtabs: expandTabs,
  find: search('find', false, false),
  index: search('index', false, true),
  isalnum: every(/^[\p{L}\p{Nd}\p{No}\p{Nl}]+$/u),
  isalpha: every(/^\p{L}+$/u),
  isascii: every(/^[\0-\x7f]*$/),
  isdecimal: every(/^\p{Nd}+$/u),
  isdigit: every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]+$/u),
  isidentifier: every(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u),
  islower: (self) => isCase(self, 'lower'),
  isnumeric: every(/^\p{N}+$/u),
  isprintable: (self) => isPrintable(self),
  isspace: every(new RegExp(`^[${SPACE}]+$`)),
  istitle: (self) => isCase(self, 'title'),
  isupper: (self) => isCase(self, 'upper'),
  join: joinMethod,
  ljust: pad('ljust', (text, missing, fill) => text + fill.repeat(missing)),
  lower: change('lower', (text) => text.toLowerCase()),
  lstrip: strip('lstrip', true, false),
  maketrans: makeTranslation,
  partition: partition(false),
  removeprefix: (self, args, kwargs) => {
    const prefix = asText(bind('removeprefix', ['prefix'], 1, args, kwargs)[0], 'removeprefix()');
    return self.startsWith(prefix) ? self.slice(prefix.length) : self;
  },
  removesuffix: (self, args, kwargs) => {
    const suffix = asText(bind('removesuffix', ['suffix'], 1, args, kwargs)[0], 'removesuffix()');
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self;
  },
  replace: replaceMethod,
  rfind: search('rfind', true, false),
  rindex: search('rindex', true, true),
  rjust: pad('rjust', (text, missing, fill) => fill.repeat(missing) + text),
  rpartition: partition(true),
  rsplit: rsplitMethod,
  rstrip: strip('rstrip', false, true),
  split: splitMethod,
  splitlines: (self, args, kwargs) =>
    splitLines(self, asIndex(bind('splitlines', ['keepends'], 0, args, kwargs)[0], 0) !== 0),
  startswith: affix('startswith', (text, part) => text.startsWith(part)),
  strip: strip('strip', true, true),
  swapcase: change('swapcase', swapCase),
  title: change('title', titleCase),
  translate,
  upper: change('upper', (text) => text.toUpperCase()),
  zfill: zeroFill,
});
