import { asIndex, bind, textOf } from '../../arguments.ts';
import { PyError, PyFunction, PyObject, type Value } from '../../value.ts';
import { padded } from './civil.ts';
import { strftime } from './strftime.ts';
import { PyTimeDelta } from './timedelta.ts';
import { offsetText, PyTzInfo } from './tzinfo.ts';

/** The hands of a clock. */
export interface Clock {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
}

export const CLOCK_PARAMETERS = ['hour', 'minute', 'second', 'microsecond'] as const;

/** Refuses hands that show nothing. */
export function checkClock(clock: Clock): void {
  const limits = { hour: 23, minute: 59, second: 59, microsecond: 999999 };
  for (const name of CLOCK_PARAMETERS) {
    if (clock[name] < 0 || clock[name] > limits[name]) {
      throw new PyError('ValueError', `${name} must be in 0..${limits[name]}`);
    }
  }
}

/** Microseconds since midnight. */
export function clockMicros({ hour, minute, second, microsecond }: Clock): number {
  return ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond;
}

/** The clock as ISO text, as exact as `timespec` says. */
export function clockText(clock: Clock, timespec = 'auto'): string {
  const minutes = `${padded(clock.hour, 2)}:${padded(clock.minute, 2)}`;
  const seconds = `${minutes}:${padded(clock.second, 2)}`;
  switch (timespec) {
    case 'auto':
      return clock.microsecond === 0 ? seconds : `${seconds}.${padded(clock.microsecond, 6)}`;
    case 'hours':
      return padded(clock.hour, 2);
    case 'minutes':
      return minutes;
    case 'seconds':
      return seconds;
    case 'milliseconds':
      return `${seconds}.${padded(Math.floor(clock.microsecond / 1000), 3)}`;
    case 'microseconds':
      return `${seconds}.${padded(clock.microsecond, 6)}`;
    default:
      throw new PyError('ValueError', 'Unknown timespec value');
  }
}

/** A tzinfo argument: a zone or None. */
export function zoneArgument(value: Value | undefined): PyTzInfo | null {
  if (value === undefined || value === null) return null;
  if (value instanceof PyTzInfo) return value;
  throw new PyError('TypeError', 'tzinfo argument must be None or of a tzinfo subclass, not type');
}

/** `datetime.time`. */
export class PyTime extends PyObject implements Clock {
  readonly typeName = 'time';
  override readonly module = 'datetime';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: PyTzInfo | null;
  constructor(hour = 0, minute = 0, second = 0, microsecond = 0, zone: PyTzInfo | null = null) {
    super();
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.zone = zone;
    checkClock(this);
  }
  isoformat(timespec?: string): string {
    const offset = this.zone?.offsetAt(null) ?? null;
    return clockText(this, timespec) + (offset === null ? '' : offsetText(offset));
  }
  override str(): string {
    return this.isoformat();
  }
  override repr(): string {
    const parts = [this.hour, this.minute];
    if (this.second !== 0 || this.microsecond !== 0) parts.push(this.second);
    if (this.microsecond !== 0) parts.push(this.microsecond);
    return `datetime.time(${parts.join(', ')}${this.zone === null ? '' : `, tzinfo=${this.zone.repr()}`})`;
  }
  override format(spec: string): string {
    return this.#strftime(spec);
  }
  #strftime(format: string): string {
    const { hour, minute, second, microsecond } = this;
    const offset = this.zone?.offsetAt(null) ?? null;
    const zone = this.zone?.nameAt(null) ?? null;
    return strftime(
      { year: 1900, month: 1, day: 1, hour, minute, second, microsecond, offset, zone, epoch: 0 },
      format,
    );
  }
  override equals(other: Value): boolean {
    return other instanceof PyTime && clockMicros(other) === clockMicros(this);
  }
  override compare(other: Value): number | undefined {
    return other instanceof PyTime ? Math.sign(clockMicros(this) - clockMicros(other)) : undefined;
  }
  override hashKey(): unknown {
    return `\u0000t${clockMicros(this)}`;
  }
  override getAttr(name: string): Value | undefined {
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
      case 'isoformat':
        return new PyFunction(name, (args, kwargs) =>
          this.isoformat(textOf(bind(name, ['timespec'], 0, args, kwargs)[0])),
        );
      case 'strftime':
        return new PyFunction(name, (args, kwargs) =>
          this.#strftime(textOf(bind(name, ['format'], 1, args, kwargs)[0]) ?? ''),
        );
      case 'replace':
        return new PyFunction(name, (args, kwargs) => {
          const bound = bind(name, [...CLOCK_PARAMETERS, 'tzinfo'], 0, args, kwargs);
          const [hour, minute, second, microsecond] = CLOCK_PARAMETERS.map((part, i) => asIndex(bound[i], this[part]));
          return new PyTime(
            hour,
            minute,
            second,
            microsecond,
            bound[4] === undefined ? this.zone : zoneArgument(bound[4]),
          );
        });
      case 'utcoffset': {
        const offset = this.zone?.offsetAt(null) ?? null;
        return new PyFunction(name, () => (offset === null ? null : new PyTimeDelta(BigInt(offset) * 1_000_000n)));
      }
      case 'tzname':
        return new PyFunction(name, () => this.zone?.nameAt(null) ?? null);
      default:
        return undefined;
    }
  }
}
