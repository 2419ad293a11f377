import { asIndex, bind, textOf, typeName } from '../../arguments.ts';
import { PyError, PyFunction, PyObject, PyTuple, type Value } from '../../value.ts';
import {
  type Civil,
  checkDate,
  daysBeforeMonth,
  EPOCH_ORDINAL,
  fromOrdinal,
  isoCalendar,
  padded,
  toOrdinal,
  weekdayOf,
} from './civil.ts';
import { type Moment, strftime } from './strftime.ts';
import { floorDivide, PyTimeDelta } from './timedelta.ts';

const DAY = 86_400_000_000n;

/** `datetime.date`. */
export class PyDate extends PyObject implements Civil {
  readonly typeName: string = 'date';
  override readonly module = 'datetime';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
    checkDate(this);
  }
  /** The date of a day number. */
  static ofOrdinal(ordinal: number): PyDate {
    const { year, month, day } = fromOrdinal(ordinal);
    return new PyDate(year, month, day);
  }
  get ordinal(): number {
    return toOrdinal(this);
  }
  isoformat(): string {
    return `${padded(this.year, 4)}-${padded(this.month, 2)}-${padded(this.day, 2)}`;
  }
  override str(): string {
    return this.isoformat();
  }
  override repr(): string {
    return `datetime.date(${this.year}, ${this.month}, ${this.day})`;
  }
  override format(spec: string): string {
    return strftime(this.moment(), spec);
  }
  protected moment(): Moment {
    const { year, month, day } = this;
    const epoch = (this.ordinal - EPOCH_ORDINAL) * 86400;
    return { year, month, day, hour: 0, minute: 0, second: 0, microsecond: 0, offset: null, zone: null, epoch };
  }
  override equals(other: Value): boolean {
    return other instanceof PyDate && other.constructor === PyDate && other.ordinal === this.ordinal;
  }
  override compare(other: Value): number | undefined {
    if (!(other instanceof PyDate)) return undefined;
    if (other.constructor !== PyDate) {
      throw new PyError('TypeError', "can't compare datetime.datetime to datetime.date");
    }
    return Math.sign(this.ordinal - other.ordinal);
  }
  override hashKey(): unknown {
    return `\u0000d${this.ordinal}`;
  }
  override arithmetic(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta && (operator === '+' || (operator === '-' && !reflected))) {
      // A date moves by whole days only; hours and less are dropped.
      const { days } = other.parts;
      return PyDate.ofOrdinal(this.ordinal + (operator === '+' ? days : -days));
    }
    if (operator === '-' && other instanceof PyDate && other.constructor === PyDate && !reflected) {
      return new PyTimeDelta(BigInt(this.ordinal - other.ordinal) * DAY);
    }
    return undefined;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return this[name];
      case 'weekday':
        return new PyFunction(name, () => weekdayOf(this.ordinal));
      case 'isoweekday':
        return new PyFunction(name, () => weekdayOf(this.ordinal) + 1);
      case 'isocalendar':
        return new PyFunction(name, () => new IsoCalendarDate(this));
      case 'toordinal':
        return new PyFunction(name, () => this.ordinal);
      case 'isoformat':
        return new PyFunction(name, () => this.isoformat());
      case 'ctime':
        return new PyFunction(name, () => strftime(this.moment(), '%a %b %e %H:%M:%S %Y'));
      case 'strftime':
        return new PyFunction(name, (args, kwargs) => {
          const [format = null] = bind(name, ['format'], 1, args, kwargs);
          const text = textOf(format);
          if (text === undefined)
            throw new PyError('TypeError', `strftime() argument 1 must be str, not ${typeName(format)}`);
          return strftime(this.moment(), text);
        });
      case 'timetuple':
        return new PyFunction(name, () => {
          const { year, month, day, hour, minute, second } = this.moment();
          const dayOfYear = daysBeforeMonth(year, month) + day;
          return new PyTuple([year, month, day, hour, minute, second, weekdayOf(this.ordinal), dayOfYear, -1]);
        });
      case 'replace':
        return new PyFunction(name, (args, kwargs) => {
          const [year, month, day] = bind(name, ['year', 'month', 'day'], 0, args, kwargs);
          return new PyDate(asIndex(year, this.year), asIndex(month, this.month), asIndex(day, this.day));
        });
      default:
        return undefined;
    }
  }
}

/** What `isocalendar()` gives: a tuple whose parts have names. */
class IsoCalendarDate extends PyTuple {
  constructor(date: Civil) {
    const { year, week, weekday } = isoCalendar(date);
    super([year, week, weekday]);
  }
  override getAttr(name: string): Value | undefined {
    const place = ['year', 'week', 'weekday'].indexOf(name);
    return place < 0 ? undefined : this.items[place];
  }
  override repr(): string {
    const [year, week, weekday] = this.items;
    return `datetime.IsoCalendarDate(year=${year}, week=${week}, weekday=${weekday})`;
  }
}

/** Days and the rest of a count of microseconds. */
export function splitDays(micros: bigint): { days: number; rest: number } {
  const days = floorDivide(micros, DAY);
  return { days: Number(days), rest: Number(micros - days * DAY) };
}
