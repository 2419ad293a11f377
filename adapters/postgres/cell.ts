import type { Cell } from '../../src/adapter/index.ts';

/** Turns the text that Postgres sends for a value into a cell. */
export type ToCell = (text: string) => Cell;

const isoDate = /^\d{4}-\d\d-\d\d/;
/** Years beyond 9999, BC and the infinities have no ISO form that others read: they stay Postgres's text. */
const plain = (text: string): boolean => isoDate.test(text) && !text.endsWith('BC');

const integer: ToCell = (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
};
const float: ToCell = (text) => {
  const value = text === 'Infinity' ? Infinity : text === '-Infinity' ? -Infinity : Number(text);
  return Number.isInteger(value) ? { float: value } : value;
};
const decimal: ToCell = (text) => ({ decimal: text });
const text: ToCell = (value) => value;
const date: ToCell = (value) => (plain(value) ? { date: value } : value);
const time: ToCell = (value) => ({ time: value });
const bytes: ToCell = (value) =>
  value.startsWith('\\x') ? new Uint8Array(Buffer.from(value.slice(2), 'hex')) : new Uint8Array(Buffer.from(value));
const timestamp: ToCell = (value) => (plain(value) ? { timestamp: value.replace(' ', 'T'), zoned: false } : value);
const instant: ToCell = (value) => {
  if (!plain(value)) return value;
  // Postgres writes the offset as briefly as it can: `+00`, `+05:30`.
  return { timestamp: value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'), zoned: true };
};
const json: ToCell = (value) => ({ json: value });

/**
 * Built-in types by OID: the name that dbt gives them, which contracts are compared by (Python's driver puts every kind
 * of string under one name), and how their text is read.
 */
const types: ReadonlyMap<number, readonly [string, ToCell]> = new Map([
  [16, ['BOOLEAN', (value: string) => value === 't']],
  [17, ['BINARY', bytes]],
  [18, ['STRING', text]],
  [19, ['STRING', text]],
  [20, ['LONGINTEGER', integer]],
  [21, ['INTEGER', integer]],
  [23, ['INTEGER', integer]],
  [25, ['STRING', text]],
  [26, ['ROWID', integer]],
  [114, ['JSON', json]],
  [650, ['CIDR', text]],
  [700, ['FLOAT', float]],
  [701, ['FLOAT', float]],
  [790, ['MONEY', text]],
  [829, ['MACADDR', text]],
  [869, ['INET', text]],
  [1042, ['STRING', text]],
  [1043, ['STRING', text]],
  [1082, ['DATE', date]],
  [1083, ['TIME', time]],
  [1114, ['DATETIME', timestamp]],
  [1184, ['DATETIMETZ', instant]],
  [1186, ['INTERVAL', text]],
  [1266, ['TIME', time]],
  [1700, ['DECIMAL', decimal]],
  [2278, ['VOID', text]],
  [2950, ['UUID', text]],
  [3802, ['JSONB', json]],
]);

/** Arrays by OID: their name and the type of their elements. */
const arrays: ReadonlyMap<number, readonly [string, number]> = new Map([
  [1000, ['BOOLEANARRAY', 16]],
  [1001, ['BINARYARRAY', 17]],
  [1005, ['INTEGERARRAY', 21]],
  [1007, ['INTEGERARRAY', 23]],
  [1016, ['LONGINTEGERARRAY', 20]],
  [1002, ['STRINGARRAY', 18]],
  [1003, ['STRINGARRAY', 19]],
  [1009, ['STRINGARRAY', 25]],
  [1014, ['STRINGARRAY', 1042]],
  [1015, ['STRINGARRAY', 1043]],
  [1021, ['FLOATARRAY', 700]],
  [1022, ['FLOATARRAY', 701]],
  [1115, ['DATETIMEARRAY', 1114]],
  [1182, ['DATEARRAY', 1082]],
  [1183, ['TIMEARRAY', 1083]],
  [1185, ['DATETIMETZARRAY', 1184]],
  [1187, ['INTERVALARRAY', 1186]],
  [1231, ['DECIMALARRAY', 1700]],
  [199, ['JSONARRAY', 114]],
  [3807, ['JSONBARRAY', 3802]],
  [2951, ['UUIDARRAY', 2950]],
]);

/** The name of a type in results. */
export function typeName(oid: number): string {
  return types.get(oid)?.[0] ?? arrays.get(oid)?.[0] ?? `unknown type_code ${oid}`;
}

/** The conversion for a column's type, chosen once per column. Types without an entry stay Postgres's text. */
export function converter(oid: number): ToCell {
  const array = arrays.get(oid);
  if (!array) return types.get(oid)?.[1] ?? text;
  const element = types.get(array[1])![1];
  return (value) => ({ json: arrayJson(value, element) });
}

/** An array literal (`{1,NULL,"a b",{…}}`, maybe after bounds `[0:2]=`) as JSON text, spaced as Python's `json.dumps` does. */
export function arrayJson(literal: string, element: ToCell): string {
  let at = literal.indexOf('{') + 1;
  const list = (): string => {
    const items: string[] = [];
    for (;;) {
      const sign = literal[at];
      if (sign === '}' || sign === undefined) {
        at++;
        return `[${items.join(', ')}]`;
      }
      if (sign === ',') at++;
      else if (sign === '{') {
        at++;
        items.push(list());
      } else if (sign === '"') items.push(cellJson(element(quoted())));
      else {
        const end = /[,}]/g;
        end.lastIndex = at;
        const stop = end.exec(literal)?.index ?? literal.length;
        const bare = literal.slice(at, stop);
        at = stop;
        items.push(bare === 'NULL' ? 'null' : cellJson(element(bare)));
      }
    }
  };
  const quoted = (): string => {
    let value = '';
    for (at++; literal[at] !== '"'; at++) {
      if (literal[at] === '\\') at++;
      value += literal[at] ?? '';
    }
    at++;
    return value;
  };
  return list();
}

/** A cell inside JSON; numbers keep every digit. */
function cellJson(cell: Cell): string {
  if (cell === null || typeof cell === 'boolean' || typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : Number.isNaN(cell) ? 'NaN' : `${cell}`;
  if (typeof cell === 'string') return JSON.stringify(cell);
  if (cell instanceof Uint8Array) return JSON.stringify(`\\x${Buffer.from(cell).toString('hex')}`);
  if ('decimal' in cell) return cell.decimal;
  if ('float' in cell) return Number.isFinite(cell.float) ? `${cell.float}.0` : String(cell.float);
  if ('json' in cell) return cell.json;
  if ('date' in cell) return JSON.stringify(cell.date);
  return JSON.stringify('time' in cell ? cell.time : cell.timestamp);
}
