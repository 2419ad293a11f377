/** Python's regular expressions as JavaScript's: the same language for all but a few rare constructs. */
import { PyError } from '../../value.ts';

export const FLAGS = { A: 256, I: 2, L: 4, M: 8, S: 16, U: 32, X: 64 } as const;
const LETTERS: Record<string, number> = { a: 256, i: 2, L: 4, m: 8, s: 16, u: 32, x: 64 };

const WORD = '\\p{L}\\p{N}_';
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** A translated pattern. */
export interface Translation {
  source: string;
  /** The flags, those written inside the pattern included. */
  flags: number;
  groups: number;
  names: ReadonlyMap<string, number>;
}

/** `re.error`. */
export function reError(message: string, at?: number): PyError {
  return new PyError('error', at === undefined ? message : `${message} at position ${at}`);
}

/** Translates a pattern; `re.error` where it is malformed, or uses what JavaScript cannot say. */
export function translate(pattern: string, given: number): Translation {
  let flags = given;
  const names = new Map<string, number>();
  let groups = 0;
  let at = 0;
  let depth = 0;
  let output = '';

  const heads = /^(?:\(\?[aiLmsux]+\))+/.exec(pattern)?.[0] ?? '';
  for (const letter of heads.replace(/[()?]/g, '')) flags |= LETTERS[letter] as number;
  at = heads.length;
  const ascii = (flags & FLAGS.A) !== 0;
  const word = ascii ? 'a-zA-Z0-9_' : WORD;
  const digit = ascii ? '0-9' : '\\p{Nd}';
  const space = ascii ? '\\t-\\r\\x20' : SPACE;
  const classes: Record<string, string> = {
    w: `[${word}]`,
    W: `[^${word}]`,
    d: `[${digit}]`,
    D: `[^${digit}]`,
    s: `[${space}]`,
    S: `[^${space}]`,
  };
  const boundary = `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`;
  const multiline = (flags & FLAGS.M) !== 0;
  const verbose = (flags & FLAGS.X) !== 0;

  while (at < pattern.length) output += element();
  if (depth > 0) throw reError('missing ), unterminated subpattern', pattern.lastIndexOf('('));
  return { source: output, flags, groups, names };

  function element(): string {
    const character = next();
    switch (character) {
      case '\\':
        return escaped();
      case '[':
        return set();
      case '(':
        return group();
      case ')':
        if (--depth < 0) throw reError('unbalanced parenthesis', at - 1);
        return ')';
      case '.':
        return flags & FLAGS.S ? '[\\s\\S]' : '[^\\n]';
      case '^':
        return multiline ? '(?<![^\\n])' : '(?<![\\s\\S])';
      case '$':
        return multiline ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
      case '*':
      case '+':
      case '?':
        if (output === '' || /(?:^|[^\\])[|(]$/.test(output)) throw reError('nothing to repeat', at - 1);
        if (pattern[at] === '+') throw reError('possessive quantifiers are not supported', at);
        return character;
      case '{': {
        const counted = /^(\d*)(,?)(\d*)\}/.exec(pattern.slice(at, at + 24));
        if (counted === null || (counted[1] === '' && counted[3] === '')) return '\\{';
        at += counted[0].length;
        return `{${counted[1] || '0'}${counted[2]}${counted[3]}}`;
      }
      case '#':
        if (verbose) {
          while (at < pattern.length && pattern[at] !== '\n') at++;
          return '';
        }
        return '#';
      case '|':
        return '|';
      default:
        if (verbose && /\s/.test(character)) return '';
        return literal(character);
    }
  }

  function next(): string {
    const character = String.fromCodePoint(pattern.codePointAt(at) as number);
    at += character.length;
    return character;
  }

  function escaped(): string {
    const start = at - 1;
    if (at >= pattern.length) throw reError('bad escape (end of pattern)', start);
    const letter = next();
    const shared = classes[letter];
    if (shared !== undefined) return shared;
    switch (letter) {
      case 'A':
        return '(?<![\\s\\S])';
      case 'Z':
        return '(?![\\s\\S])';
      case 'b':
        return boundary;
      case 'B':
        return `(?!${boundary})`;
      default:
    }
    if (/[1-9]/.test(letter)) {
      const more = /^\d/.test(pattern.slice(at)) ? next() : '';
      const number = Number(letter + more);
      if (number > groups) throw reError(`invalid group reference ${number}`, start + 1);
      // The empty group keeps a following digit from joining the number.
      return `\\${number}(?:)`;
    }
    return literal(characterEscape(letter, start));
  }

  function characterEscape(letter: string, start: number): string {
    const simple = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' }[letter];
    if (simple !== undefined) return simple;
    const width = { x: 2, u: 4, U: 8 }[letter];
    if (width !== undefined) {
      const digits = pattern.slice(at, at + width);
      if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < width) {
        throw reError(`incomplete escape \\${letter}${digits}`, start);
      }
      at += width;
      return String.fromCodePoint(Number.parseInt(digits, 16));
    }
    if (letter === '0') {
      const digits = /^[0-7]{0,2}/.exec(pattern.slice(at, at + 2))?.[0] ?? '';
      at += digits.length;
      return String.fromCodePoint(Number.parseInt(`0${digits}`, 8));
    }
    if (/[a-zA-Z0-9]/.test(letter)) throw reError(`bad escape \\${letter}`, start);
    return letter;
  }

  function set(): string {
    const start = at - 1;
    let body = '';
    const negated = pattern[at] === '^';
    if (negated) at++;
    const first = at;
    for (;;) {
      if (at >= pattern.length) throw reError('unterminated character set', start);
      if (pattern[at] === ']' && at > first) break;
      const low = member();
      if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
        at++;
        const high = member();
        if (low.class || high.class || (low.text.codePointAt(0) as number) > (high.text.codePointAt(0) as number)) {
          throw reError(`bad character range ${low.text}-${high.text}`, start + 1);
        }
        body += `${inSet(low.text)}-${inSet(high.text)}`;
      } else body += low.class ? low.text : inSet(low.text);
    }
    at++;
    return `[${negated ? '^' : ''}${body}]`;
  }

  function member(): { text: string; class: boolean } {
    const character = next();
    if (character !== '\\') return { text: character, class: false };
    const start = at - 1;
    const letter = next();
    const shared = classes[letter];
    if (shared !== undefined) return { text: shared, class: true };
    return { text: letter === 'b' ? '\b' : characterEscape(letter, start), class: false };
  }

  function group(): string {
    const start = at - 1;
    depth++;
    if (pattern[at] !== '?') {
      groups++;
      return '(';
    }
    const rest = pattern.slice(at + 1);
    const take = (found: RegExpExecArray, text: string) => {
      at += 1 + found[0].length;
      return text;
    };
    let found = /^P<([^>]*)>/.exec(rest);
    if (found !== null) {
      const name = found[1] as string;
      if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) {
        throw reError(`bad character in group name '${name}'`, start + 4);
      }
      if (names.has(name)) throw reError(`redefinition of group name '${name}'`, start + 4);
      names.set(name, ++groups);
      return take(found, '(');
    }
    found = /^P=([^)]*)\)/.exec(rest);
    if (found !== null) {
      depth--;
      const number = names.get(found[1] as string);
      if (number === undefined) throw reError(`unknown group name '${found[1]}'`, start + 4);
      return take(found, `\\${number}(?:)`);
    }
    found = /^#[^)]*\)/.exec(rest);
    if (found !== null) {
      depth--;
      return take(found, '');
    }
    found = /^(?::|=|!|<=|<!)/.exec(rest);
    if (found !== null) return take(found, `(?${found[0]}`);
    if (/^[aiLmsux]*(?:-[ims]+)?[:)]/.test(rest)) {
      throw reError('flags for a part of the expression are not supported', start);
    }
    throw reError(`unknown extension ?${rest[0] ?? ''}`, start + 1);
  }
}

/** A character outside a set that stands for itself. */
function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** A character inside a set that stands for itself; punctuation as code, for it may be syntax there. */
function inSet(character: string): string {
  return /[ -/:-@[-`{-~]/.test(character)
    ? `\\x${(character.codePointAt(0) as number).toString(16).padStart(2, '0')}`
    : character;
}
