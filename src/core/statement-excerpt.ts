/** How much of a line is shown, and how much of that stands before the place. */
const WIDTH = 120;
const BEFORE = 60;

/**
 * The place of an error in a statement as psql and DuckDB show it: `LINE n: …` with a caret under the place; a long line is
 * cut around it. `position` is an offset in UTF-16 code units, `line` the 1-based number of its line.
 */
export function statementExcerpt(sql: string, position: number, line: number): string {
  const start = sql.lastIndexOf('\n', position - 1) + 1;
  const newline = sql.indexOf('\n', position);
  const end = newline < 0 ? sql.length : newline;
  const from = position - start > 80 ? position - BEFORE : start;
  const to = Math.min(end, from + WIDTH);
  const lead = `LINE ${line}: ${from > start ? '...' : ''}`;
  const shown = sql.slice(from, to).replace(/\t/g, ' ');
  return `${lead}${shown}${to < end ? '...' : ''}\n${' '.repeat(lead.length + position - from)}^`;
}
