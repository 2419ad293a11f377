/** Filling paragraphs, as Python's textwrap does with tabs and line ends left alone. */
import { codePointLength, codePointSlice } from '../codepoints.ts';

const WORD = /[\p{L}\p{N}_]/u;
const BEFORE_DASHES = /[\p{L}\p{N}_!"'&.,?]/u;
const LETTER = /[\p{L}_]/u;

/** How `wrapLine` breaks. */
export interface WrapOptions {
  width: number;
  breakLongWords: boolean;
  breakOnHyphens: boolean;
}

/** One line of text as lines of at most `width`. */
export function wrapLine(text: string, { width, breakLongWords, breakOnHyphens }: WrapOptions): string[] {
  const chunks = (text.match(/[\t-\r ]+|[^\t-\r ]+/g) ?? [])
    .flatMap((chunk) => (breakOnHyphens && chunk.includes('-') ? breakableParts(chunk) : [chunk]))
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const line: string[] = [];
    let size = 0;
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    while (chunks.length > 0) {
      const next = codePointLength(chunks.at(-1) as string);
      if (size + next > width) break;
      line.push(chunks.pop() as string);
      size += next;
    }
    const rest = chunks.at(-1);
    if (rest !== undefined && codePointLength(rest) > width) {
      if (breakLongWords) {
        const room = width < 1 ? 1 : width - size;
        const cut = hyphenCut(rest, room, breakOnHyphens);
        line.push(codePointSlice(rest, 0, cut));
        chunks[chunks.length - 1] = codePointSlice(rest, cut, codePointLength(rest));
      } else if (line.length === 0) line.push(chunks.pop() as string);
    }
    if (isBlank(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === '';
}

function hyphenCut(chunk: string, room: number, breakOnHyphens: boolean): number {
  if (!breakOnHyphens || codePointLength(chunk) <= room) return room;
  const head = codePointSlice(chunk, 0, room);
  const hyphen = head.lastIndexOf('-');
  return hyphen > 0 && /[^-]/.test(head.slice(0, hyphen)) ? codePointLength(head.slice(0, hyphen + 1)) : room;
}

/** A word without spaces, cut after hyphens between letters and around runs of dashes. */
function breakableParts(word: string): string[] {
  const letters = Array.from(word);
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string;
    if (letter === '-' && letters[i + 1] === '-' && i > 0 && BEFORE_DASHES.test(letters[i - 1] as string)) {
      let end = i;
      while (letters[end] === '-') end++;
      if (end < letters.length && WORD.test(letters[end] as string)) {
        if (part !== '') parts.push(part);
        parts.push('-'.repeat(end - i));
        part = '';
        i = end - 1;
        continue;
      }
    }
    part += letter;
    if (letter === '-' && isBreakAfter(letters, i)) {
      parts.push(part);
      part = '';
    }
  }
  if (part !== '') parts.push(part);
  return parts;
}

function isBreakAfter(letters: readonly string[], hyphen: number): boolean {
  const is = (offset: number) => LETTER.test(letters[hyphen + offset] ?? ' ');
  const before = (is(-1) && is(-2)) || (is(-1) && letters[hyphen - 2] === '-' && is(-3));
  return before && is(1) && (is(2) || (letters[hyphen + 2] === '-' && is(3)));
}
