/** Replacement templates of `re.sub`: `\1`, `\g<name>`, and the usual escapes. */
import type { PyPattern } from './pattern.ts';
import { reError } from './translate.ts';

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' };

/** The template as a function of a match. */
export function expandTemplate(template: string, pattern: PyPattern): (found: RegExpExecArray) => string {
  if (!template.includes('\\')) return () => template;
  const parts: (string | number)[] = [];
  let from = 0;
  for (const found of template.matchAll(/\\(?:g<([^>]*)>|([1-9]\d?)|(0[0-7]{0,2})|([\s\S])|$)/g)) {
    parts.push(template.slice(from, found.index));
    from = found.index + found[0].length;
    const [, name, number, octal, letter] = found;
    if (name !== undefined) parts.push(groupNumber(name, pattern));
    else if (number !== undefined) parts.push(checked(Number(number), pattern));
    else if (octal !== undefined) parts.push(String.fromCharCode(Number.parseInt(octal, 8)));
    else if (letter === undefined) throw reError('bad escape (end of pattern)', found.index);
    else if (ESCAPES[letter] !== undefined) parts.push(ESCAPES[letter] as string);
    else if (letter === 'g') throw reError('missing group name', found.index);
    else if (/[a-zA-Z]/.test(letter)) throw reError(`bad escape \\${letter}`, found.index);
    else parts.push(`\\${letter}`);
  }
  parts.push(template.slice(from));
  return (found) => parts.map((part) => (typeof part === 'string' ? part : (found[part] ?? ''))).join('');
}

function groupNumber(name: string, pattern: PyPattern): number {
  if (/^\d+$/.test(name)) return checked(Number(name), pattern);
  const number = pattern.names.get(name);
  if (number === undefined) throw reError(`unknown group name '${name}'`);
  return number;
}

function checked(number: number, pattern: PyPattern): number {
  if (number > pattern.groups) throw reError(`invalid group reference ${number}`);
  return number;
}
