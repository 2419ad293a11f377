import { loadYaml } from '../project/index.ts';

/**
 * A text as PyYAML writes it into a block mapping: plain where that reads back as the same text, else in single quotes,
 * or in double quotes where it is not ASCII. Texts with spaces are folded as PyYAML folds them.
 * @param column where the text begins
 * @param indent of the lines that follow
 */
export function yamlScalar(text: string, column: number, indent: number): string {
  if (/[^\x20-\x7e]/.test(text)) return doubleQuoted(text);
  if (canBePlain(text)) return folded(text, column, indent);
  return `'${folded(text.replaceAll("'", "''"), column + 1, indent)}'`;
}

function canBePlain(text: string): boolean {
  if (text === '' || /^[\s#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#|\s$/.test(text)) return false;
  const read = loadYaml(text, '');
  return read.problem === undefined && read.value === text;
}

const best = 80;

function folded(text: string, column: number, indent: number): string {
  let at = column;
  let result = '';
  for (const [i, part] of text.split(/(?<=[^ ]) (?=[^ ])/).entries()) {
    if (i > 0) {
      const isFull = at > best;
      result += isFull ? `\n${' '.repeat(indent)}` : ' ';
      at = isFull ? indent : at + 1;
    }
    result += part;
    at += part.length;
  }
  return result;
}

function doubleQuoted(text: string): string {
  const escaped = Array.from(text, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    if (/[\x20-\x7e]/.test(char)) return char;
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    const code = char.codePointAt(0)!;
    const hex = code.toString(16).toUpperCase();
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
