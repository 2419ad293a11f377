/** `str.format`: fields filled in from arguments, reaching no further than a template itself could. */
import { repr } from '../repr.ts';
import { PyError, PyObject, type Value } from '../value.ts';
import { convertField, formatValue } from './spec.ts';

/** How a field reaches into a value: the template's own `.name` and `[key]`, with what they hide. */
export interface FieldAccess {
  attribute(value: Value, name: string): Value;
  item(value: Value, key: Value): Value;
}

/** Positional arguments, and a mapping for the names. */
export interface FormatArguments {
  positional: readonly Value[];
  named: PyObject;
}

/** `template.format(…)`. */
export function formatString(template: string, args: FormatArguments, access: FieldAccess): string {
  const numbering = { next: 0, manual: false };
  return expand(template, 2);

  function expand(text: string, depth: number): string {
    if (depth < 0) throw new PyError('ValueError', 'Max string recursion exceeded');
    let output = '';
    let at = 0;
    while (at < text.length) {
      const character = text[at] as string;
      if (character !== '{' && character !== '}') {
        output += character;
        at++;
      } else if (text[at + 1] === character) {
        output += character;
        at += 2;
      } else if (character === '}') {
        throw new PyError('ValueError', "Single '}' encountered in format string");
      } else {
        const end = fieldEnd(text, at + 1);
        output += field(text.slice(at + 1, end), depth);
        at = end + 1;
      }
    }
    return output;
  }

  function field(source: string, depth: number): string {
    const name = /^(?:[^[\]:!{}]|\[[^\]]*\])*/.exec(source)?.[0] ?? '';
    let rest = source.slice(name.length);
    let value = lookup(name);
    if (rest.startsWith('!')) {
      const conversion = rest[1];
      if (conversion === undefined || (rest.length > 2 && rest[2] !== ':')) {
        throw new PyError('ValueError', "expected ':' after conversion specifier");
      }
      value = convertField(value, conversion);
      rest = rest.slice(2);
    }
    if (rest !== '' && !rest.startsWith(':')) throw new PyError('ValueError', "expected '}' before end of string");
    return formatValue(value, rest === '' ? '' : expand(rest.slice(1), depth - 1));
  }

  function lookup(name: string): Value {
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value = argument(first);
    const path = /\.([^.[]*)|\[([^\]]*)\]([^.[]?)/gy;
    path.lastIndex = first.length;
    while (path.lastIndex < name.length) {
      const step = path.exec(name);
      if (step === null) throw new PyError('ValueError', "Missing ']' in format string");
      const [, attribute, item, stray] = step;
      if (attribute === '' || item === '') throw new PyError('ValueError', 'Empty attribute in format string');
      if (stray) throw new PyError('ValueError', "Only '.' or '[' may follow ']' in format field specifier");
      if (attribute !== undefined) value = access.attribute(value, attribute);
      else value = access.item(value, /^\d+$/.test(item as string) ? Number(item) : (item as string));
    }
    return value;
  }

  function argument(first: string): Value {
    if (first === '' || /^\d+$/.test(first)) {
      if (first === '' ? numbering.manual : numbering.next > 0) {
        throw new PyError('ValueError', 'cannot switch from manual field specification to automatic field numbering');
      }
      if (first !== '') numbering.manual = true;
      const index = first === '' ? numbering.next++ : Number(first);
      const value = args.positional[index];
      if (value === undefined) {
        throw new PyError('IndexError', 'tuple index out of range');
      }
      return value;
    }
    const value = args.named.getItem(first);
    if (value === undefined) throw new PyError('KeyError', repr(first));
    return value;
  }
}

function fieldEnd(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '[') {
      // Brackets hold a key as written, braces included.
      const close = text.indexOf(']', at);
      if (close >= 0 && !text.slice(start, at).includes(':')) at = close;
    } else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  throw new PyError(
    'ValueError',
    start >= text.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

/** The arguments of `format_map(mapping)`. */
export function mappingArguments(args: readonly Value[]): FormatArguments {
  const [mapping] = args;
  if (args.length !== 1 || mapping === undefined) {
    throw new PyError('TypeError', `format_map() takes exactly one argument (${args.length} given)`);
  }
  if (!(mapping instanceof PyObject)) throw new PyError('TypeError', 'format_map() requires a mapping');
  return { positional: [], named: mapping };
}
