/** Decides whether a text fits. */
export type TextMatcher = (text: string) => boolean;

/** Whether a pattern has any character that stands for others. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

/** Python's `fnmatch`: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`; upper and lower case differ. Compiled once, used often. */
export function fnmatch(pattern: string): TextMatcher {
  if (pattern === '*') return () => true;
  if (!hasWildcard(pattern)) return (text) => text === pattern;
  const compiled = new RegExp(`^${wildcardSource(pattern)}$`, 'su');
  return (text) => compiled.test(text);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A pattern as the source of a regular expression; `any` is what `?` stands for, and `*` for any number of. */
export function wildcardSource(pattern: string, any = '.'): string {
  let source = '';
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at]!;
    if (character === '[') {
      const end = setEnd(pattern, at);
      if (end !== -1) {
        source += translateSet(pattern.slice(at + 1, end));
        at = end + 1;
        continue;
      }
    }
    if (character === '*') {
      if (!source.endsWith(`${any}*`)) source += `${any}*`;
    } else if (character === '?') source += any;
    else {
      const whole = String.fromCodePoint(pattern.codePointAt(at)!);
      source += escaped(whole);
      at += whole.length - 1;
    }
    at += 1;
  }
  return source;
}

/** Where the set that opens at `open` closes: a `]` right at its beginning belongs to it. */
function setEnd(pattern: string, open: number): number {
  let from = open + 1;
  if (pattern[from] === '!') from += 1;
  if (pattern[from] === ']') from += 1;
  return pattern.indexOf(']', from);
}

function translateSet(members: string): string {
  const negated = members.startsWith('!');
  const listed = (negated ? members.slice(1) : members).replace(/[\\\]^[]/g, '\\$&').replace(/^-|-$/g, '\\-');
  // Backwards ranges such as [z-a] are empty, not wrong.
  const kept = listed.replace(/([^\\])-(.)/gu, (range, low: string, high: string) => (low <= high ? range : ''));
  if (kept === '') return negated ? '.' : '(?!)';
  return `[${negated ? '^' : ''}${kept}]`;
}
