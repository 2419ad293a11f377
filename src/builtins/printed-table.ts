import { str, toPlain, type Value } from '../jinja/index.ts';
import type { TableType } from './table-column.ts';

/** How much of a table is printed. */
export interface PrintLimits {
  readonly maxRows?: number;
  readonly maxColumns?: number;
  readonly maxWidth?: number;
  readonly maxPrecision?: number;
}

/** The table as agate prints it: Markdown, text to the left and everything else to the right. */
export function printedTable(
  names: readonly string[],
  types: readonly TableType[],
  rows: readonly (readonly Value[])[],
  { maxRows = 20, maxColumns = 6, maxWidth = 20, maxPrecision = 3 }: PrintLimits = {},
): string {
  const cut = (text: string): string => (text.length > maxWidth ? `${text.slice(0, maxWidth - 3)}...` : text);
  const more = names.length > maxColumns;
  const width = Math.min(names.length, maxColumns);
  const shown = rows.slice(0, maxRows);
  const places = names.slice(0, width).map((_, at) => (types[at] === 'Number' ? decimalPlaces(shown, at) : 0));
  const text = (value: Value, at: number): string => {
    if (value === null) return '';
    if (types[at] === 'Integer') return str(value);
    return types[at] === 'Number'
      ? formatted(str(value), Math.min(places[at]!, maxPrecision), places[at]! > maxPrecision)
      : str(value);
  };
  const lines = [names, ...shown].map((line, row) => {
    const cells = Array.from({ length: width }, (_, at) =>
      cut(row === 0 ? str(line[at]!) : text(line[at] ?? null, at)),
    );
    return more ? [...cells, '...'] : cells;
  });
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  // agate does not make room for the row that says there is more.
  if (rows.length > maxRows) lines.push(lines[0]!.map(() => '...'));
  const written = lines.map((line) => {
    const padded = line.map((cell, at) =>
      types[at] === 'Text' ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!),
    );
    return `| ${padded.join(' | ')} |\n`;
  });
  written.splice(1, 0, `| ${widths.map((one) => '-'.repeat(one)).join(' | ')} |\n`);
  return written.join('');
}

/** The most digits after the point in a column. */
function decimalPlaces(rows: readonly (readonly Value[])[], at: number): number {
  let places = 0;
  for (const row of rows) {
    const digits = row[at] === null ? undefined : /\.(\d*?)0*$/.exec(str(row[at]!))?.[1];
    places = Math.max(places, digits?.length ?? 0);
  }
  return places;
}

/** A decimal with grouped thousands and a fixed number of places; an ellipsis stands for those that are not shown. */
function formatted(number: string, places: number, cut: boolean): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number) ?? [];
  if (whole === '') return number;
  const digits = rounded(`${whole}${fraction}`, Math.max(0, fraction.length - places)).padStart(1, '0');
  const kept = Math.min(fraction.length, places);
  const grouped = digits.slice(0, digits.length - kept).replace(/\B(?=(\d{3})+$)/g, ',') || '0';
  const shown = digits.slice(digits.length - kept).padEnd(places, '0');
  return `${sign}${grouped}${places > 0 ? `.${kept === 0 ? '0'.repeat(places) : shown}` : ''}${cut ? '…' : ''}`;
}

/** Digits without the last so many, halves going to the even neighbour; as long as they were, zeros in front kept. */
function rounded(digits: string, dropped: number): string {
  if (dropped === 0) return digits;
  const unit = 10n ** BigInt(dropped);
  const value = BigInt(digits);
  const rest = (value % unit) * 2n;
  const down = value / unit;
  const up = rest > unit || (rest === unit && down % 2n === 1n);
  return String(up ? down + 1n : down).padStart(digits.length - dropped, '0');
}

/** The rows as CSV, with a header. */
export function csvText(names: readonly string[], rows: readonly (readonly Value[])[]): string {
  const cell = (value: Value): string => {
    const text = value === null ? '' : str(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [names, ...rows].map((row) => `${row.map((value) => cell(value)).join(',')}\n`).join('');
}

/** The rows as a JSON list of objects. */
export function jsonText(names: readonly string[], rows: readonly (readonly Value[])[]): string {
  const plain = (value: Value): string => {
    const json = toPlain(value);
    return JSON.stringify(json ?? null);
  };
  const row = (values: readonly Value[]): string =>
    names.map((name, at) => `${JSON.stringify(name)}: ${plain(values[at]!)}`).join(', ');
  return `[${rows.map((values) => `{${row(values)}}`).join(', ')}]`;
}
