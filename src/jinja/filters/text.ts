/** Filters over text. */

import { slice } from '../access.ts';
import { asIndex, asText, kwargsDict, textOf, typeName } from '../arguments.ts';
import { add } from '../arithmetic.ts';
import { codePointLength } from '../codepoints.ts';
import { printf } from '../format/index.ts';
import { isIterable, iterate, length, toArray, truthy } from '../iteration.ts';
import { dumps } from '../json.ts';
import { escapeHtml, PyMarkup } from '../markup.ts';
import { capitalize, center, replaceText, splitLines, splitText, stripText } from '../methods/index.ts';
import { isFloat, toDouble } from '../numbers.ts';
import { repr, str } from '../repr.ts';
import { PyDict, PyError, PyFunction, PyText, PyTuple, Undefined, type Value } from '../value.ts';
import { filter, given } from './definition.ts';
import { prettyFormat } from './pretty.ts';
import { urlize } from './urlize.ts';
import { wrapLine } from './wordwrap.ts';

function indent(value: Value, width: Value, first: boolean, blank: boolean): string {
  const prefix = textOf(width) ?? ' '.repeat(Math.max(0, asIndex(width, 4)));
  // The added line end keeps an empty last line, which splitting would drop.
  const lines = splitLines(str(add(value, '\n')));
  const rest = lines.slice(1).map((line) => (line !== '' || blank ? prefix + line : line));
  return (first ? prefix : '') + [lines[0] as string, ...rest].join('\n');
}

function truncate(value: Value, size: number, killWords: boolean, end: string, leeway: number): Value {
  if (size < codePointLength(end)) {
    throw new PyError('AssertionError', `expected length >= ${codePointLength(end)}, got ${size}`);
  }
  if (leeway < 0) throw new PyError('AssertionError', `expected leeway >= 0, got ${leeway}`);
  if (length(value) <= size + leeway) return value;
  const head = slice(value, null, size - codePointLength(end));
  if (killWords) return add(head, end);
  const text = asText(head, 'truncate()');
  const space = text.lastIndexOf(' ');
  return (space < 0 ? text : text.slice(0, space)) + end;
}

function titled(text: string): string {
  return text
    .split(/([-\s({[<]+)/u)
    .map((word) => {
      const [first = ''] = word;
      return first.toUpperCase() + word.slice(first.length).toLowerCase();
    })
    .join('');
}

function stripTags(value: Value): string {
  let text = str(value)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, '');
  text = splitText(text, null, -1).join(' ');
  return unescapeHtml(text);
}

const NAMED_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));/g, (found, decimal, hex, name: string | undefined) => {
    if (name !== undefined) return NAMED_ENTITIES[name] ?? found;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : '\ufffd';
  });
}

function urlQuote(value: Value, forQuery: boolean): string {
  const quoted = encodeURIComponent(str(value)).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return forQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/');
}

function urlEncode(value: Value): string {
  if (textOf(value) !== undefined || !isIterable(value)) return urlQuote(value, false);
  const entries = value instanceof PyDict ? Array.from(value.entries(), (entry) => new PyTuple(entry)) : iterate(value);
  return Array.from(entries, (entry) => {
    const parts = toArray(entry);
    if (parts.length !== 2) {
      const few = parts.length < 2;
      throw new PyError(
        'ValueError',
        few
          ? `not enough values to unpack (expected 2, got ${parts.length})`
          : 'too many values to unpack (expected 2)',
      );
    }
    return `${urlQuote(parts[0] as Value, true)}=${urlQuote(parts[1] as Value, true)}`;
  }).join('&');
}

function xmlAttributes(value: Value, autospace: boolean): string {
  if (!(value instanceof PyDict)) {
    if (value instanceof Undefined) throw value.failure();
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  }
  const written: string[] = [];
  for (const [key, item] of value.entries()) {
    if (item === null || item instanceof Undefined) continue;
    if (/[ \t-\r/>=]/.test(asText(key, 'xmlattr'))) {
      throw new PyError('ValueError', `Invalid character in attribute name: ${repr(key)}`);
    }
    written.push(`${escapeHtml(key)}="${escapeHtml(item)}"`);
  }
  return (autospace && written.length > 0 ? ' ' : '') + written.join(' ');
}

function htmlSafeJson(value: Value, indentation: Value | undefined): PyMarkup {
  const width = given(indentation);
  const text = dumps(value, {
    sortKeys: true,
    indent: width === undefined ? null : (textOf(width) ?? asIndex(width, 0)),
  });
  return new PyMarkup(text.replace(/[<>&']/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`));
}

function linked(value: Value, args: readonly (Value | undefined)[]): string {
  const [limit, nofollow = false, target, rel, schemes] = args;
  const rels = new Set(splitText(textOf(given(rel)) ?? '', null, -1));
  if (truthy(nofollow)) rels.add('nofollow');
  rels.add('noopener');
  const extra =
    given(schemes) === undefined ? [] : toArray(schemes as Value).map((scheme) => asText(scheme, 'urlize()'));
  for (const scheme of extra) {
    if (!/^[\p{L}\p{N}_.+-]{2,}:(?:\/{0,2})$/u.test(scheme)) {
      throw new PyError('FilterArgumentError', `${repr(scheme)} is not a valid URI scheme prefix.`);
    }
  }
  const size = given(limit);
  return urlize(str(value), {
    limit: size === undefined ? undefined : asIndex(size, 0),
    rel: Array.from(rels).sort().join(' '),
    target: textOf(given(target)),
    schemes: extra,
  });
}

const format = new PyFunction('format', ([value = null, ...args], kwargs) => {
  const named = kwargs !== null && kwargs.size > 0;
  if (named && args.length > 0) {
    throw new PyError('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
  }
  return printf(str(value), named ? kwargsDict(kwargs) : new PyTuple(args));
});

/** Text as a plain string where it is one of any class; anything else as `str` gives it. */
function softText(value: Value): Value {
  return value instanceof PyText ? value : str(value);
}

/** The filters of this file. */
export const textFilters = [
  filter('capitalize', [], (value) => capitalize(str(value))),
  filter('center', ['width'], (value, [width]) => {
    const text = str(value);
    const missing = asIndex(width, 80) - codePointLength(text);
    return missing <= 0 ? text : center(text, missing, ' ');
  }),
  filter('e', [], (value) => new PyMarkup(escapeHtml(value))),
  filter('escape', [], (value) => new PyMarkup(escapeHtml(value))),
  filter('forceescape', [], (value) => new PyMarkup(escapeHtml(str(value)))),
  ['format', format] as const,
  filter('indent', ['width', 'first', 'blank'], (value, [width = 4, first = false, blank = false]) =>
    indent(value, width, truthy(first), truthy(blank)),
  ),
  filter('lower', [], (value) => str(value).toLowerCase()),
  filter('upper', [], (value) => str(value).toUpperCase()),
  filter('pprint', [], (value) => prettyFormat(value)),
  filter(
    'replace',
    ['old', 'new', 'count'],
    (value, [old = '', replacement = '', limit]) =>
      replaceText(str(value), str(old), str(replacement), given(limit) === undefined ? -1 : asIndex(limit, -1)),
    2,
  ),
  filter('safe', [], (value) => new PyMarkup(str(value))),
  filter('string', [], softText),
  filter('striptags', [], stripTags),
  filter('title', [], (value) => titled(str(value))),
  filter('tojson', ['indent'], (value, [width]) => htmlSafeJson(value, width)),
  filter('trim', ['chars'], (value, [chars = null]) => stripText(str(value), chars)),
  filter(
    'truncate',
    ['length', 'killwords', 'end', 'leeway'],
    (value, [size, killWords = false, end = '...', leeway]) =>
      truncate(value, asIndex(size, 255), truthy(killWords), asText(end, 'truncate()'), asIndex(given(leeway), 5)),
  ),
  filter('urlencode', [], urlEncode),
  filter('urlize', ['trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'], linked),
  filter('wordcount', [], (value) => str(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  filter(
    'wordwrap',
    ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'],
    (value, [width, breakLongWords = true, wrapString, breakOnHyphens = true]) => {
      const options = {
        width: width !== undefined && isFloat(width) ? toDouble(width) : asIndex(width, 79),
        breakLongWords: truthy(breakLongWords),
        breakOnHyphens: truthy(breakOnHyphens),
      };
      const separator = textOf(given(wrapString)) ?? '\n';
      const lines = splitLines(asText(value, 'wordwrap()'));
      return lines.map((line) => wrapLine(line, options).join(separator)).join(separator);
    },
  ),
  filter('xmlattr', ['autospace'], (value, [autospace = true]) => xmlAttributes(value, truthy(autospace))),
];
