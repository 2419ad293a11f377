import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Cell } from '../../src/adapter/index.ts';
import type { OffsetAt } from './timezone.ts';
import { offsetText } from './timezone.ts';

/** The driver, as it was imported when the database was opened. */
export type Driver = typeof import('@duckdb/node-api');

/** Turns the values of one column into cells. */
export type ToCell = (value: DuckDBValue) => Cell;

/** Numbers that JavaScript holds exactly become numbers. */
const integer = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
const float = (value: number): Cell => (Number.isInteger(value) ? { float: value } : value);
/** Dates outside of years 1 to 9999 (and the infinities) have no ISO form that others read: they stay DuckDB's text. */
const isoDate = (text: string): boolean => /^\d{4}-\d\d-\d\d/.test(text) && !text.endsWith('(BC)');

/** The conversion for a column's type, chosen once per column. */
export function converter(driver: Driver, type: DuckDBType, zone: OffsetAt): ToCell {
  const plain = scalar(driver, type, zone);
  return (value) => (value === null || value === undefined ? null : plain(value));
}

function scalar(driver: Driver, type: DuckDBType, zone: OffsetAt): ToCell {
  const { DuckDBTypeId: Id } = driver;
  switch (type.typeId) {
    case Id.BOOLEAN:
    case Id.VARCHAR:
    case Id.ENUM:
    case Id.TINYINT:
    case Id.SMALLINT:
    case Id.INTEGER:
    case Id.UTINYINT:
    case Id.USMALLINT:
    case Id.UINTEGER:
      return (value) => value as Cell;
    case Id.BIGINT:
    case Id.UBIGINT:
    case Id.HUGEINT:
    case Id.UHUGEINT:
    case Id.BIGNUM:
      return (value) => integer(value as bigint);
    case Id.FLOAT:
    case Id.DOUBLE:
      return (value) => float(value as number);
    case Id.DECIMAL:
      return (value) => ({ decimal: String(value) });
    case Id.DATE:
      return (value) => {
        const date = String(value);
        return isoDate(date) ? { date } : date;
      };
    case Id.TIMESTAMP:
    case Id.TIMESTAMP_S:
    case Id.TIMESTAMP_MS:
    case Id.TIMESTAMP_NS:
      return (value) => timestamp(String(value), '', false);
    case Id.TIMESTAMP_TZ:
      return (value) => zoned(driver, (value as { micros: bigint }).micros, zone);
    case Id.TIME:
    case Id.TIME_NS:
    case Id.TIME_TZ:
      return (value) => ({ time: String(value) });
    case Id.BLOB:
      return (value) => new Uint8Array((value as { bytes: Uint8Array }).bytes);
    case Id.LIST:
    case Id.ARRAY:
    case Id.STRUCT:
    case Id.MAP:
    case Id.UNION:
    case Id.VARIANT:
      return (value) => ({ json: jsonText(driver, value, zone) });
    default:
      // INTERVAL, UUID, BIT and what future versions bring: the text DuckDB shows.
      return (value) =>
        typeof value === 'bigint' ? integer(value) : typeof value === 'number' ? float(value) : String(value);
  }
}

function timestamp(text: string, offset: string, zonedText: boolean): Cell {
  return isoDate(text) ? { timestamp: `${text.replace(' ', 'T')}${offset}`, zoned: zonedText } : `${text}${offset}`;
}

/** An instant, written in the zone of the session as Python's driver does. */
function zoned(driver: Driver, micros: bigint, zone: OffsetAt): Cell {
  const plain = new driver.DuckDBTimestampValue(micros);
  if (!plain.isFinite) return String(plain);
  const offset = zone(Number(micros / 1_000_000n));
  return timestamp(
    String(new driver.DuckDBTimestampValue(micros + BigInt(offset) * 1_000_000n)),
    offsetText(offset),
    true,
  );
}

/** JSON text of a nested value, spaced as Python's `json.dumps` does, integers and decimals digit by digit. */
function jsonText(driver: Driver, value: DuckDBValue, zone: OffsetAt): string {
  const inner = (item: DuckDBValue): string => jsonText(driver, item, zone);
  const list = (items: readonly DuckDBValue[]): string => `[${items.map(inner).join(', ')}]`;
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof driver.DuckDBDecimalValue) return String(value);
  if (value instanceof driver.DuckDBListValue || value instanceof driver.DuckDBArrayValue) return list(value.items);
  if (value instanceof driver.DuckDBStructValue)
    return `{${Object.entries(value.entries)
      .map(([key, item]) => `${JSON.stringify(key)}: ${inner(item)}`)
      .join(', ')}}`;
  if (value instanceof driver.DuckDBMapValue)
    return `{${value.entries.map(({ key, value: item }) => `${keyText(key)}: ${inner(item)}`).join(', ')}}`;
  if (value instanceof driver.DuckDBUnionValue || value instanceof driver.DuckDBVariantValue) return inner(value.value);
  if (value instanceof driver.DuckDBTimestampTZValue) {
    const cell = zoned(driver, value.micros, zone);
    return JSON.stringify(typeof cell === 'object' && cell !== null && 'timestamp' in cell ? cell.timestamp : cell);
  }
  if (value instanceof driver.DuckDBTimestampValue) return JSON.stringify(String(value).replace(' ', 'T'));
  return JSON.stringify(String(value));
}

const keyText = (key: DuckDBValue): string => JSON.stringify(typeof key === 'string' ? key : String(key));
