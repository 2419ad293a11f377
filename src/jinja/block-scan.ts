/** Finding the ends of tags and expressions in text that may be anything, minding strings and brackets. */

const TAG = /\{%[-+]?\s*([A-Za-z_]\w*)/y;
const END_RAW = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;

/** Name of the tag that opens at `open`; for raw, `end` is where the text after its closing tag begins. */
export function tagAt(source: string, open: number): { name: string; end: number } {
  TAG.lastIndex = open;
  const name = TAG.exec(source)?.[1] ?? '';
  if (name !== 'raw') return { name, end: open + 2 };
  END_RAW.lastIndex = TAG.lastIndex;
  return { name, end: END_RAW.exec(source) === null ? open + 2 : END_RAW.lastIndex };
}

/** Offset after the `%}` of the tag that opens at `open`; undefined where there is none. */
export function skipTag(source: string, open: number): number | undefined {
  return skip(source, open + 2, '%');
}

/** Offset after the `}}` of the expression that opens at `open`; undefined where there is none. */
export function skipExpression(source: string, open: number): number | undefined {
  return skip(source, open + 2, '}');
}

function skip(source: string, from: number, mark: '%' | '}'): number | undefined {
  const markCode = mark.charCodeAt(0);
  let braces = 0;
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (braces === 0 && code === markCode && source.charCodeAt(at + 1) === 125) return at + 2;
    if (code === 39 || code === 34) {
      at += 1;
      while (at < source.length && source.charCodeAt(at) !== code) at += source.charCodeAt(at) === 92 ? 2 : 1;
    } else if (code === 123 || code === 40 || code === 91) braces += 1;
    else if (code === 125 || code === 41 || code === 93) braces -= 1;
  }
  return undefined;
}
