import type { Cell } from '../adapter/index.ts';
import { PyBytes, PyDate, PyDateTime, PyDecimal, PyTimezone, str, type Value } from '../jinja/index.ts';
import type { TableType } from './table-column.ts';

/** What kinds of cells a column holds. */
type Kind = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'text';

function kindOf(cell: Exclude<Cell, null>): Kind {
  switch (typeof cell) {
    case 'boolean':
      return 'boolean';
    case 'bigint':
      return 'integer';
    case 'number':
      return Number.isInteger(cell) ? 'integer' : 'number';
    case 'string':
      return 'text';
    default:
      if ('decimal' in cell || 'float' in cell) return 'number';
      if ('date' in cell) return 'date';
      return 'timestamp' in cell ? 'timestamp' : 'text';
  }
}

/**
 * The type agate gives a column of query results, as dbt asks it to: text is never read as a number, integers stay
 * integers unless other numbers stand beside them, floats become decimals, and a column of nulls counts as integers.
 */
export function columnType(cells: Iterable<Cell>): TableType {
  const kinds = new Set<Kind>();
  for (const cell of cells) if (cell !== null) kinds.add(kindOf(cell));
  if (kinds.has('text')) return 'Text';
  const numbers = kinds.has('integer') || kinds.has('number');
  const times = kinds.has('date') || kinds.has('timestamp');
  if (Number(numbers) + Number(times) + Number(kinds.has('boolean')) > 1) return 'Text';
  if (kinds.has('boolean')) return 'Boolean';
  if (times) return kinds.has('timestamp') ? 'DateTime' : 'Date';
  return kinds.has('number') ? 'Number' : 'Integer';
}

/** A cell as the value that a column of that type holds. */
export function cellValue(cell: Cell, type: TableType): Value {
  if (cell === null) return null;
  switch (type) {
    case 'Integer':
    case 'Boolean':
      return cell as Value;
    case 'Number':
      return PyDecimal.parse(numberText(cell));
    case 'Date':
      return clock(dateText(cell), 'Date');
    case 'DateTime':
      return clock(dateText(cell), 'DateTime');
    case 'Text':
      return textOf(cell);
  }
}

/** The shortest text of a number, as Python's `repr` spells it. */
function numberText(cell: Exclude<Cell, null>): string {
  if (typeof cell !== 'object') return specialNumber(Number(cell)) ?? str(cell);
  if ('decimal' in cell) return cell.decimal;
  return 'float' in cell ? (specialNumber(cell.float) ?? floatText(cell.float)) : str(textOf(cell));
}

function specialNumber(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : value > 0 ? 'Infinity' : '-Infinity';
}

/** A whole float: `1.0`, `1e+22`. */
const floatText = (value: number): string =>
  Math.abs(value) < 1e16 ? `${Object.is(value, -0) ? '-0' : value}.0` : value.toExponential();

/** A date or time in ISO form; Python keeps microseconds. */
function dateText(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'object' && 'date' in cell) return cell.date;
  const text = typeof cell === 'object' && 'timestamp' in cell ? cell.timestamp : str(textOf(cell));
  return text.replace(/(\.\d{6})\d+/, '$1');
}

const isoMoment =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?)?)?$/;

/** A date, or a date with a time and maybe a fixed offset; what is neither stays text. */
function clock(text: string, type: 'Date' | 'DateTime'): Value {
  const match = isoMoment.exec(text);
  if (!match) return text;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (type === 'Date') return new PyDate(year, month, day);
  const [fraction = '', utc, sign, ...offset] = match.slice(7) as (string | undefined)[];
  const [hours, minutes, seconds] = offset.map((part) => Number(part ?? 0)) as [number, number, number];
  const east = (hours * 3600 + minutes * 60 + seconds) * (sign === '-' ? -1 : 1);
  const zone = utc || sign ? new PyTimezone(east) : null;
  return new PyDateTime(year, month, day, hour, minute, second, Number(fraction.padEnd(6, '0').slice(0, 6)), zone);
}

/** What Python's `str` says of a value in a column of text. */
function textOf(cell: Exclude<Cell, null>): Value {
  if (typeof cell !== 'object') return str(cell);
  if (cell instanceof Uint8Array) return new PyBytes(cell).repr();
  if ('json' in cell) return cell.json;
  if ('time' in cell) return cell.time.replace(/\.(\d{1,6})\d*/, (_, digits: string) => `.${digits.padEnd(6, '0')}`);
  if ('date' in cell) return cell.date;
  if ('timestamp' in cell) return dateText(cell).replace('T', ' ');
  return numberText(cell);
}
