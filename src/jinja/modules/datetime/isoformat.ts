/** Reading ISO 8601, as far as Python's `fromisoformat` does. */
import { repr } from '../../repr.ts';
import { PyError } from '../../value.ts';
import { type Civil, fromIsoCalendar, fromOrdinal } from './civil.ts';
import { readOffset } from './strftime.ts';
import type { Clock } from './time.ts';

const DATE = /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-W(\d\d)(?:-([1-7]))?|W(\d\d)([1-7])?)/;
const CLOCK = /^(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/;

function invalid(text: string): PyError {
  return new PyError('ValueError', `Invalid isoformat string: ${repr(text)}`);
}

/** A date, and what follows it. */
export function readIsoDate(text: string): { date: Civil; rest: string } {
  const found = DATE.exec(text);
  if (found === null) throw invalid(text);
  const week = found[6] ?? found[8];
  const rest = text.slice(found[0].length);
  if (week !== undefined) {
    return {
      date: fromOrdinal(fromIsoCalendar(Number(found[1]), Number(week), Number(found[7] ?? found[9] ?? 1))),
      rest,
    };
  }
  return {
    date: { year: Number(found[1]), month: Number(found[2] ?? found[4]), day: Number(found[3] ?? found[5]) },
    rest,
  };
}

/** A clock, with its offset from UTC in seconds. */
export function readIsoClock(text: string, whole = text): { clock: Clock; offset: number | null } {
  const found = CLOCK.exec(text);
  if (found === null) throw invalid(whole);
  const fraction = (found[4] ?? '').slice(0, 6).padEnd(6, '0');
  const clock = {
    hour: Number(found[1]),
    minute: Number(found[2] ?? 0),
    second: Number(found[3] ?? 0),
    microsecond: Number(fraction),
  };
  return { clock, offset: readOffset(found[5]) };
}
