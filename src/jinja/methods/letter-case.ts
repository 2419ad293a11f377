/** Upper, lower and title case as Python does them. */

const CASED = /[\p{Lu}\p{Ll}\p{Lt}]/u;

function upperFirst(character: string): string {
  // Title case differs from upper case for the digraphs, and for what grows when upper-cased.
  if (/[\u01c4-\u01cc\u01f1-\u01f3]/.test(character)) return TITLED[character] ?? character;
  const upper = character.toUpperCase();
  const [first = '', ...rest] = upper;
  return rest.length === 0 ? upper : first + rest.join('').toLowerCase();
}

const TITLED: Record<string, string> = {
  '\u01c4': '\u01c5',
  '\u01c5': '\u01c5',
  '\u01c6': '\u01c5',
  '\u01c7': '\u01c8',
  '\u01c8': '\u01c8',
  '\u01c9': '\u01c8',
  '\u01ca': '\u01cb',
  '\u01cb': '\u01cb',
  '\u01cc': '\u01cb',
  '\u01f1': '\u01f2',
  '\u01f2': '\u01f2',
  '\u01f3': '\u01f2',
};

/** `text.capitalize()`. */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return first === '' ? '' : upperFirst(first) + text.slice(first.length).toLowerCase();
}

/** `text.casefold()`. */
export function casefold(text: string): string {
  return Array.from(text, (character) => {
    if (character === '\u0131' || character === '\u0130') return character.toLowerCase();
    return character.toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3');
  }).join('');
}

/** `text.title()`. */
export function titleCase(text: string): string {
  return text.replace(/[\p{Lu}\p{Ll}\p{Lt}]+/gu, (word) => capitalize(word));
}

/** `text.swapcase()`. */
export function swapCase(text: string): string {
  return Array.from(text, (character) =>
    /\p{Lu}/u.test(character)
      ? character.toLowerCase()
      : /\p{Ll}/u.test(character)
        ? character.toUpperCase()
        : character,
  ).join('');
}

/** `islower`, `isupper` and `istitle`. */
export function isCase(text: string, wanted: 'lower' | 'upper' | 'title'): boolean {
  if (!CASED.test(text)) return false;
  if (wanted === 'lower') return !/[\p{Lu}\p{Lt}]/u.test(text);
  if (wanted === 'upper') return !/[\p{Ll}\p{Lt}]/u.test(text);
  return !/[\p{Lu}\p{Ll}\p{Lt}][\p{Lu}\p{Lt}]|(?:^|[^\p{Lu}\p{Ll}\p{Lt}])\p{Ll}/u.test(text);
}
