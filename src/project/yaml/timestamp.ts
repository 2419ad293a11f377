import { PyDate, PyDateTime, PyTimezone } from '../../jinja/index.ts';

const shape =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** Reads a YAML timestamp as Python's date or datetime; undefined where there is no such moment. */
export function readTimestamp(text: string): PyDate | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2000, month, 0)).getUTCDate()) {
    return undefined;
  }
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2 && day === 29 && !leap) return undefined;
  if (match[4] === undefined) return new PyDate(year, month, day);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const microsecond = Number((match[7] ?? '').slice(0, 6).padEnd(6, '0'));
  let offset: number | null = text.endsWith('Z') ? 0 : null;
  if (match[8] !== undefined) {
    offset = (match[8] === '-' ? -1 : 1) * (Number(match[9]) * 60 + Number(match[10] ?? 0));
    if (Math.abs(offset) >= 24 * 60) return undefined;
  }
  const zone = offset === null ? null : new PyTimezone(offset * 60);
  return new PyDateTime(year, month, day, hour, minute, second, microsecond, zone);
}
