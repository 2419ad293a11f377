/** `strftime` and `strptime`, in the C locale, with glibc's extra directives. */
import { repr } from '../../repr.ts';
import { PyError } from '../../value.ts';
import {
  type Civil,
  daysBeforeMonth,
  fromIsoCalendar,
  fromOrdinal,
  isoCalendar,
  MONTHS,
  padded,
  toOrdinal,
  WEEKDAYS,
  weekdayOf,
} from './civil.ts';
import { offsetText } from './tzinfo.ts';

/** What a directive may ask for. */
export interface Moment extends Civil {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  offset: number | null;
  zone: string | null;
  /** Seconds since the epoch, where known. */
  epoch: number;
}

const DIRECTIVE = /%([-_0^#]?)(:?[a-zA-Z%])/g;

/** `moment.strftime(format)`. */
export function strftime(moment: Moment, format: string): string {
  return format.replace(DIRECTIVE, (found, flag: string, letter: string) => {
    const text = directive(moment, letter);
    if (text === undefined) return found;
    switch (flag) {
      case '-':
        return text.replace(/^[0 ]+(?=\d)/, '');
      case '_':
        return text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
      case '^':
      case '#':
        return flag === '#' && letter === 'p' ? text.toLowerCase() : text.toUpperCase();
      default:
        return text;
    }
  });
}

function directive(moment: Moment, letter: string): string | undefined {
  const { year, month, day, hour, minute, second } = moment;
  const weekday = weekdayOf(toOrdinal(moment));
  const dayOfYear = daysBeforeMonth(year, month) + day;
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const join = (letters: string) => strftime(moment, letters);
  switch (letter) {
    case 'a':
      return (WEEKDAYS[weekday] as string).slice(0, 3);
    case 'A':
      return WEEKDAYS[weekday];
    case 'w':
      return String((weekday + 1) % 7);
    case 'u':
      return String(weekday + 1);
    case 'd':
      return padded(day, 2);
    case 'e':
      return String(day).padStart(2);
    case 'b':
    case 'h':
      return (MONTHS[month - 1] as string).slice(0, 3);
    case 'B':
      return MONTHS[month - 1];
    case 'm':
      return padded(month, 2);
    case 'y':
      return padded(year % 100, 2);
    case 'Y':
      return String(year);
    case 'C':
      return padded(Math.floor(year / 100), 2);
    case 'G':
      return String(isoCalendar(moment).year);
    case 'g':
      return padded(isoCalendar(moment).year % 100, 2);
    case 'V':
      return padded(isoCalendar(moment).week, 2);
    case 'H':
      return padded(hour, 2);
    case 'k':
      return String(hour).padStart(2);
    case 'I':
      return padded(twelve, 2);
    case 'l':
      return String(twelve).padStart(2);
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 'M':
      return padded(minute, 2);
    case 'S':
      return padded(second, 2);
    case 'f':
      return padded(moment.microsecond, 6);
    case 's':
      return String(moment.epoch);
    case 'z':
      return moment.offset === null ? '' : offsetText(moment.offset, '');
    case ':z':
      return moment.offset === null ? '' : offsetText(moment.offset);
    case 'Z':
      return moment.zone ?? '';
    case 'j':
      return padded(dayOfYear, 3);
    case 'U':
      return padded(Math.floor((dayOfYear + 6 - ((weekday + 1) % 7)) / 7), 2);
    case 'W':
      return padded(Math.floor((dayOfYear + 6 - weekday) / 7), 2);
    case 'c':
      return join('%a %b %e %H:%M:%S %Y');
    case 'x':
    case 'D':
      return join('%m/%d/%y');
    case 'X':
    case 'T':
      return join('%H:%M:%S');
    case 'F':
      return join('%Y-%m-%d');
    case 'R':
      return join('%H:%M');
    case 'r':
      return join('%I:%M:%S %p');
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

const names = (list: readonly string[]) => list.map((name) => name.toLowerCase()).join('|');
const short = (list: readonly string[]) => list.map((name) => name.slice(0, 3));
/** What each directive reads. */
const READS: Record<string, string> = {
  d: '3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]',
  f: '\\d{1,6}',
  H: '2[0-3]|[01]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]',
  G: '\\d{4}',
  j: '36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[01]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  u: '[1-7]',
  w: '[0-6]',
  y: '\\d\\d',
  Y: '\\d{4}',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z',
  A: names(WEEKDAYS),
  a: names(short(WEEKDAYS)),
  B: names(MONTHS),
  b: names(short(MONTHS)),
  p: 'am|pm',
  Z: 'utc|gmt',
};
const COMPOSED: Record<string, string> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

/** `datetime.strptime(text, format)` as the parts of a moment. */
export function strptime(text: string, format: string): Moment {
  const letters: string[] = [];
  const pattern = format
    .replace(/%([cxX])/g, (_, letter: string) => COMPOSED[letter] as string)
    .replace(/%([\s\S]?)|\s+|[.*+?^${}()|[\]\\]/g, (found, letter: string | undefined) => {
      if (letter === undefined) return /^\s/.test(found) ? '\\s+' : `\\${found}`;
      if (letter === '%') return '%';
      if (letter === '') throw new PyError('ValueError', `stray % in format '${format}'`);
      const read = READS[letter];
      if (read === undefined) throw new PyError('ValueError', `'${letter}' is a bad directive in format '${format}'`);
      letters.push(letter);
      return `(${read})`;
    });
  const found = new RegExp(`^(?:${pattern})`, 'i').exec(text);
  if (found === null) throw new PyError('ValueError', `time data ${repr(text)} does not match format ${repr(format)}`);
  if (found[0].length !== text.length) {
    throw new PyError('ValueError', `unconverted data remains: ${text.slice(found[0].length)}`);
  }
  return assemble(new Map(letters.map((letter, i) => [letter, found[i + 1] as string])));
}

function assemble(read: ReadonlyMap<string, string>): Moment {
  const number = (letter: string) => (read.has(letter) ? Number(read.get(letter)) : undefined);
  const place = (letter: string, list: readonly string[]) => {
    const name = read.get(letter)?.toLowerCase();
    return name === undefined ? undefined : list.findIndex((each) => each.toLowerCase() === name);
  };
  const short2 = number('y');
  const year = number('Y') ?? (short2 === undefined ? undefined : short2 + (short2 <= 68 ? 2000 : 1900));
  const namedMonth = place('B', MONTHS) ?? place('b', short(MONTHS));
  const sundayFirst = number('w');
  const weekday =
    place('A', WEEKDAYS) ??
    place('a', short(WEEKDAYS)) ??
    (sundayFirst === undefined ? undefined : (sundayFirst + 6) % 7) ??
    (read.has('u') ? (number('u') as number) - 1 : undefined);
  let date: Civil = {
    year: year ?? 1900,
    month: number('m') ?? (namedMonth === undefined ? 1 : namedMonth + 1),
    day: number('d') ?? 1,
  };
  const isoYear = number('G');
  const dayOfYear = number('j');
  const week = number('U') ?? number('W');
  if (isoYear !== undefined && read.has('V') && weekday !== undefined) {
    date = fromOrdinal(fromIsoCalendar(isoYear, number('V') as number, weekday + 1));
  } else if (isoYear !== undefined || read.has('V')) {
    throw new PyError(
      'ValueError',
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    );
  } else if (dayOfYear !== undefined) {
    date = fromOrdinal(toOrdinal({ year: date.year, month: 1, day: 1 }) + dayOfYear - 1);
  } else if (week !== undefined && weekday !== undefined && year !== undefined) {
    const first = toOrdinal({ year, month: 1, day: 1 });
    const lead = read.has('U') ? (weekdayOf(first) + 1) % 7 : weekdayOf(first);
    const inWeek = read.has('U') ? (weekday + 1) % 7 : weekday;
    const base = lead === 0 ? first : first + 7 - lead;
    date = fromOrdinal(base + (week - 1) * 7 + inWeek);
  }
  const half = read.get('p')?.toLowerCase();
  const twelve = number('I');
  const hour = twelve === undefined ? (number('H') ?? 0) : (twelve % 12) + (half === 'pm' ? 12 : 0);
  const zone = read.get('Z');
  return {
    ...date,
    hour,
    minute: number('M') ?? 0,
    second: number('S') ?? 0,
    microsecond: Number((read.get('f') ?? '0').padEnd(6, '0')),
    offset: readOffset(read.get('z')),
    zone: zone?.toUpperCase() ?? null,
    epoch: 0,
  };
}

/** `+02:00` in seconds; null where there is none. */
export function readOffset(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  if (text.toUpperCase() === 'Z') return 0;
  const digits = text.slice(1).replaceAll(':', '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || 0);
  return text.startsWith('-') ? -seconds : seconds;
}
