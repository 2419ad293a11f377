/** Calendar arithmetic on whole numbers: days counted from 0001-01-01, which is day 1. */
import { PyError } from '../../value.ts';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The day number of 9999-12-31. */
export const MAX_ORDINAL = 3652059;
/** The day number of 1970-01-01. */
export const EPOCH_ORDINAL = 719163;

/** A day of the calendar. */
export interface Civil {
  year: number;
  month: number;
  day: number;
}

/** True for a year of 366 days. */
export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] as number);
}

/** Days of a year before a month. */
export function daysBeforeMonth(year: number, month: number): number {
  let days = 0;
  for (let m = 1; m < month; m++) days += daysInMonth(year, m);
  return days;
}

/** The day number of a date. */
export function toOrdinal({ year, month, day }: Civil): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leaps + daysBeforeMonth(year, month) + day;
}

/** The date of a day number; OverflowError outside the years 1 to 9999. */
export function fromOrdinal(ordinal: number): Civil {
  if (ordinal < 1 || ordinal > MAX_ORDINAL) throw new PyError('OverflowError', 'date value out of range');
  let year = Math.min(9999, Math.floor((ordinal - 1) / 365.2425) + 1);
  while (toOrdinal({ year, month: 1, day: 1 }) > ordinal) year--;
  while (year < 9999 && toOrdinal({ year: year + 1, month: 1, day: 1 }) <= ordinal) year++;
  let rest = ordinal - toOrdinal({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) rest -= daysInMonth(year, month++);
  return { year, month, day: rest + 1 };
}

/** Monday is 0. */
export function weekdayOf(ordinal: number): number {
  return (ordinal + 6) % 7;
}

/** The ISO year, week and weekday (Monday is 1). */
export function isoCalendar(date: Civil): { year: number; week: number; weekday: number } {
  const ordinal = toOrdinal(date);
  const weekday = weekdayOf(ordinal);
  // The Thursday of a week decides which year the week belongs to.
  const { year } = fromOrdinal(Math.min(MAX_ORDINAL, Math.max(1, ordinal - weekday + 3)));
  const first = toOrdinal({ year, month: 1, day: 1 });
  return { year, week: Math.floor((ordinal - weekday + 3 - first) / 7) + 1, weekday: weekday + 1 };
}

/** The day number of an ISO week date. */
export function fromIsoCalendar(year: number, week: number, weekday: number): number {
  const fourth = toOrdinal({ year, month: 1, day: 4 });
  return fourth - weekdayOf(fourth) + (week - 1) * 7 + weekday - 1;
}

/** Refuses a date that is none. */
export function checkDate({ year, month, day }: Civil): void {
  if (year < 1 || year > 9999) throw new PyError('ValueError', `year ${year} is out of range`);
  if (month < 1 || month > 12) throw new PyError('ValueError', 'month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) throw new PyError('ValueError', 'day is out of range for month');
}

/** A number with leading zeros. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
