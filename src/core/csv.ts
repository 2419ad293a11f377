/** A CSV file, read. */
export interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** 1-based line in the file on which each row begins. */
  readonly lines: readonly number[];
  /** What is wrong with it: a row with more cells than the header, a quote that is never closed. */
  readonly problem?: { readonly line: number; readonly reason: string };
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Reads RFC 4180 text as Python's csv module does: a quote counts only at the beginning of a cell, is doubled inside
 * one, and lets line breaks through. Empty lines are skipped, a byte order mark too. Short rows are filled up.
 */
export function parseCsv(text: string, delimiter = ','): Csv {
  const separator = delimiter.charCodeAt(0);
  const rows: string[][] = [];
  const lines: number[] = [];
  let problem: Csv['problem'];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let row: string[] = [];
  let rowLine = 1;
  const length = text.length;
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') {
      rows.push(row);
      lines.push(rowLine);
    }
    row = [];
  };
  while (at < length) {
    if (!row.length) rowLine = line;
    if (text.charCodeAt(at) === QUOTE) {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const close = text.indexOf('"', from);
        if (close === -1) {
          problem ??= { line: rowLine, reason: 'a quote is opened and never closed' };
          cell += text.slice(from);
          at = length;
          break;
        }
        cell += text.slice(from, close);
        at = close + 1;
        if (text.charCodeAt(at) !== QUOTE) break;
        cell += '"';
        from = at + 1;
      }
      for (let i = cell.indexOf('\n'); i !== -1; i = cell.indexOf('\n', i + 1)) line += 1;
      const rest = at;
      while (
        at < length &&
        text.charCodeAt(at) !== separator &&
        text.charCodeAt(at) !== LF &&
        text.charCodeAt(at) !== CR
      )
        at += 1;
      row.push(rest === at ? cell : cell + text.slice(rest, at));
      // A row that holds one quoted empty cell is a row, not an empty line.
      if (row.length === 1 && cell === '' && (at >= length || text.charCodeAt(at) !== separator)) row.push('');
    } else {
      const from = at;
      while (at < length) {
        const code = text.charCodeAt(at);
        if (code === separator || code === LF || code === CR) break;
        at += 1;
      }
      row.push(text.slice(from, at));
    }
    if (at >= length) break;
    const code = text.charCodeAt(at);
    at += 1;
    if (code === separator) {
      if (at >= length) row.push('');
      continue;
    }
    if (code === CR && text.charCodeAt(at) === LF) at += 1;
    line += 1;
    endRow();
  }
  if (row.length) endRow();
  const header = rows.shift() ?? [];
  const headerLine = lines.shift() ?? 1;
  for (const [i, cells] of rows.entries()) {
    if (cells.length > header.length) {
      if (cells.length === header.length + 1 && cells.at(-1) === '') cells.pop();
      else
        problem ??= {
          line: lines[i]!,
          reason: `${cells.length} cells, but the header (line ${headerLine}) names ${header.length} columns`,
        };
    }
    while (cells.length < header.length) cells.push('');
  }
  return problem ? { header, rows, lines, problem } : { header, rows, lines };
}
