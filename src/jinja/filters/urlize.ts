/** Turning the addresses in a text into links. */
import { codePointLength, codePointSlice } from '../codepoints.ts';
import { escapeHtml } from '../markup.ts';

const WEB = new RegExp(
  '^(?:' +
    String.raw`(?:https?://|www\.)(?:(?:[\p{L}\p{N}_%-]+\.)+)?(?:[a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})` +
    String.raw`|(?:[\p{L}\p{N}_%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)` +
    String.raw`|https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\])` +
    String.raw`)(?::\d{1,5})?(?:[/?#]\S*)?$`,
  'iu',
);
const MAIL = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u;
const BRACKETS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

/** How `urlize` writes its links. */
export interface LinkOptions {
  limit: number | undefined;
  rel: string;
  target: string | undefined;
  schemes: readonly string[];
}

/** The text, escaped, with links around its addresses. */
export function urlize(text: string, options: LinkOptions): string {
  const extra =
    (options.rel === '' ? '' : ` rel="${escapeHtml(options.rel)}"`) +
    (options.target ? ` target="${escapeHtml(options.target)}"` : '');
  return escapeHtml(text)
    .split(/(\s+)/)
    .map((word) => linkWord(word, options, extra))
    .join('');
}

function linkWord(word: string, options: LinkOptions, extra: string): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = trailing(middle);
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of BRACKETS) {
    // Brackets that the address itself opened belong to it.
    const opened = count(middle, open);
    if (opened <= count(middle, close)) continue;
    for (let i = Math.min(opened, count(tail, close)); i > 0; i--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, options, extra) + tail;
}

function trailing(word: string): string {
  let end = word.length;
  for (;;) {
    if (end > 0 && ')>.,\n'.includes(word[end - 1] as string)) end--;
    else if (word.endsWith('&gt;', end)) end -= 4;
    else return word.slice(end);
  }
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function link(word: string, { limit, schemes }: LinkOptions, extra: string): string {
  const shown = () =>
    limit !== undefined && codePointLength(word) > limit ? `${codePointSlice(word, 0, limit)}...` : word;
  if (WEB.test(word)) {
    const address = /^https?:\/\//.test(word) ? word : `https://${word}`;
    return `<a href="${address}"${extra}>${shown()}</a>`;
  }
  if (word.startsWith('mailto:') && MAIL.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  if (/^(?!www\.|@)[^:]*@[^:]*$/.test(word) && MAIL.test(word)) return `<a href="mailto:${word}">${word}</a>`;
  const scheme = schemes.find((each) => word !== each && word.startsWith(each));
  return scheme === undefined ? word : `<a href="${word}"${extra}>${word}</a>`;
}
