import type { TableValue } from '../builtins/index.ts';
import { str } from '../jinja/index.ts';

/** Rows as a Markdown table, as dbt prints them. */
export function tableText(table: Pick<TableValue, 'columnNames' | 'columnTypes' | 'rows'>): string {
  const rows = table.rows.map((row) => row.map((cell) => (cell === null ? '' : short(cell))));
  const widths = table.columnNames.map((name, i) => Math.max(name.length, ...rows.map((row) => [...row[i]!].length)));
  const isNumber = table.columnTypes.map((type) => type === 'Number' || type === 'Integer');
  const padded = (cell: string, i: number): string => {
    const width = widths[i]! + cell.length - [...cell].length;
    return isNumber[i] ? cell.padStart(width) : cell.padEnd(width);
  };
  const line = (row: readonly string[]): string => `| ${row.map(padded).join(' | ')} |`;
  return [line(table.columnNames), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...rows.map(line), ''].join(
    '\n',
  );
}

const MAX_CELL = 60;
function short(value: unknown): string {
  const text = str(value as never).replaceAll('\n', ' ');
  return [...text].length > MAX_CELL ? `${[...text].slice(0, MAX_CELL - 3).join('')}...` : text;
}
