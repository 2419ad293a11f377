import { asIndex, bind, textOf } from '../../arguments.ts';
import { PyError, PyFloat, PyFunction, type Value } from '../../value.ts';
import { EPOCH_ORDINAL, fromOrdinal } from './civil.ts';
import { PyDate, splitDays } from './date.ts';
import type { Moment } from './strftime.ts';
import { CLOCK_PARAMETERS, type Clock, checkClock, clockMicros, clockText, PyTime, zoneArgument } from './time.ts';
import { PyTimeDelta } from './timedelta.ts';
import { offsetText, PyTimezone, type PyTzInfo, type WallClock } from './tzinfo.ts';

const DAY = 86_400_000_000n;

/** `datetime.datetime`, exact to the microsecond, with or without a zone. */
export class PyDateTime extends PyDate implements Clock, WallClock {
  override readonly typeName = 'datetime';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: PyTzInfo | null;
  constructor(
    year: number,
    month: number,
    day: number,
    hour = 0,
    minute = 0,
    second = 0,
    microsecond = 0,
    zone: PyTzInfo | null = null,
  ) {
    super(year, month, day);
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.zone = zone;
    checkClock(this);
  }
  /** The clock that shows this many microseconds since 1970-01-01. */
  static ofWallMicros(micros: bigint, zone: PyTzInfo | null): PyDateTime {
    const { days, rest } = splitDays(micros);
    const { year, month, day } = fromOrdinal(days + EPOCH_ORDINAL);
    const seconds = Math.floor(rest / 1e6);
    return new PyDateTime(
      year,
      month,
      day,
      Math.floor(seconds / 3600),
      Math.floor(seconds / 60) % 60,
      seconds % 60,
      rest % 1e6,
      zone,
    );
  }
  /** The moment as a clock in the zone shows it. */
  static ofMoment(utcMicros: bigint, zone: PyTzInfo): PyDateTime {
    const shown = zone.atMoment(utcMicros);
    const utc = { wallMicros: utcMicros };
    return PyDateTime.ofWallMicros(utcMicros + BigInt(shown.offsetAt(utc) ?? 0) * 1_000_000n, shown);
  }
  get wallMicros(): bigint {
    return BigInt(this.ordinal - EPOCH_ORDINAL) * DAY + BigInt(clockMicros(this));
  }
  /** Seconds east of UTC; null without a zone. */
  get offset(): number | null {
    return this.zone?.offsetAt(this) ?? null;
  }
  /** Microseconds since the epoch; a clock without a zone is taken for the host's own. */
  get utcMicros(): bigint {
    const offset = this.offset;
    if (offset !== null) return this.wallMicros - BigInt(offset) * 1_000_000n;
    const { year, month, day, hour, minute, second, microsecond } = this;
    const local = new Date(2000, month - 1, day, hour, minute, second);
    local.setFullYear(year, month - 1, day);
    return BigInt(local.getTime()) * 1000n + BigInt(microsecond);
  }
  override isoformat(separator = 'T', timespec?: string): string {
    const offset = this.offset;
    return super.isoformat() + separator + clockText(this, timespec) + (offset === null ? '' : offsetText(offset));
  }
  override str(): string {
    return this.isoformat(' ');
  }
  override repr(): string {
    const parts = [this.year, this.month, this.day, this.hour, this.minute];
    if (this.second !== 0 || this.microsecond !== 0) parts.push(this.second);
    if (this.microsecond !== 0) parts.push(this.microsecond);
    return `datetime.datetime(${parts.join(', ')}${this.zone === null ? '' : `, tzinfo=${this.zone.repr()}`})`;
  }
  protected override moment(): Moment {
    const { year, month, day, hour, minute, second, microsecond } = this;
    const zone = this.zone?.nameAt(this) ?? null;
    const epoch = Math.floor(Number(this.utcMicros) / 1e6);
    return { year, month, day, hour, minute, second, microsecond, offset: this.offset, zone, epoch };
  }
  override equals(other: Value): boolean {
    if (!(other instanceof PyDateTime)) return false;
    const [own, theirs] = [this.offset, other.offset];
    if ((own === null) !== (theirs === null)) return false;
    return this.absolute(own) === other.absolute(theirs);
  }
  private absolute(offset: number | null): bigint {
    return this.wallMicros - BigInt(offset ?? 0) * 1_000_000n;
  }
  override compare(other: Value): number | undefined {
    if (!(other instanceof PyDateTime)) {
      if (other instanceof PyDate) throw new PyError('TypeError', "can't compare datetime.datetime to datetime.date");
      return undefined;
    }
    const difference = this.minus(other, "can't compare offset-naive and offset-aware datetimes");
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  private minus(other: PyDateTime, mixed: string): bigint {
    // Two clocks of one zone are compared as they show, whatever the zone did in between.
    if (this.zone === other.zone) return this.wallMicros - other.wallMicros;
    const [own, theirs] = [this.offset, other.offset];
    if ((own === null) !== (theirs === null)) throw new PyError('TypeError', mixed);
    return this.absolute(own) - other.absolute(theirs);
  }
  override hashKey(): unknown {
    return `\u0000dt${this.absolute(this.offset)}${this.offset === null ? 'n' : ''}`;
  }
  override arithmetic(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta && (operator === '+' || (operator === '-' && !reflected))) {
      const step = operator === '+' ? other.microseconds : -other.microseconds;
      return PyDateTime.ofWallMicros(this.wallMicros + step, this.zone);
    }
    if (operator === '-' && other instanceof PyDateTime && !reflected) {
      return new PyTimeDelta(this.minus(other, "can't subtract offset-naive and offset-aware datetimes"));
    }
    return undefined;
  }
  /** The same moment on a clock of another zone; null for the host's own zone. */
  inZone(zone: PyTzInfo | null): PyDateTime {
    const target = zone ?? new PyTimezone(-new Date(Number(this.utcMicros / 1000n)).getTimezoneOffset() * 60);
    return PyDateTime.ofMoment(this.utcMicros, target);
  }
  override getAttr(name: string): Value | undefined {
    const delta = (seconds: number | null) => (seconds === null ? null : new PyTimeDelta(BigInt(seconds) * 1_000_000n));
    switch (name) {
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return this[name];
      case 'tzinfo':
        return this.zone;
      case 'fold':
        return 0;
      case 'date':
        return new PyFunction(name, () => new PyDate(this.year, this.month, this.day));
      case 'time':
        return new PyFunction(name, () => new PyTime(this.hour, this.minute, this.second, this.microsecond));
      case 'timetz':
        return new PyFunction(name, () => new PyTime(this.hour, this.minute, this.second, this.microsecond, this.zone));
      case 'timestamp':
        return new PyFunction(name, () => PyFloat.of(Number(this.utcMicros) / 1e6));
      case 'utcoffset':
        return new PyFunction(name, () => delta(this.offset));
      case 'dst':
        return new PyFunction(name, () => delta(this.zone?.dstAt(this) ?? null));
      case 'tzname':
        return new PyFunction(name, () => this.zone?.nameAt(this) ?? null);
      case 'astimezone':
        return new PyFunction(name, (args, kwargs) =>
          this.inZone(zoneArgument(bind(name, ['tz'], 0, args, kwargs)[0])),
        );
      case 'isoformat':
        return new PyFunction(name, (args, kwargs) => {
          const [separator, timespec] = bind(name, ['sep', 'timespec'], 0, args, kwargs);
          return this.isoformat(textOf(separator), textOf(timespec));
        });
      case 'replace':
        return new PyFunction(name, (args, kwargs) => {
          const names = ['year', 'month', 'day', ...CLOCK_PARAMETERS] as const;
          const bound = bind(name, [...names, 'tzinfo', 'fold'], 0, args, kwargs);
          const parts = names.map((part, i) => asIndex(bound[i], this[part]));
          const [year, month, day, ...clock] = parts as [number, number, number, ...number[]];
          const [hour, minute, second, microsecond] = clock;
          const zone = bound[7] === undefined ? this.zone : zoneArgument(bound[7]);
          return new PyDateTime(year, month, day, hour, minute, second, microsecond, zone);
        });
      default:
        return super.getAttr(name);
    }
  }
}
