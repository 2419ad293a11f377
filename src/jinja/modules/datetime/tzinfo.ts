import { str } from '../../repr.ts';
import { PyFunction, PyObject, type Value } from '../../value.ts';
import { padded } from './civil.ts';
import { PyTimeDelta } from './timedelta.ts';

/** The wall clock that an offset is asked for. */
export interface WallClock {
  /** Microseconds since 1970-01-01 of the wall clock, as if it were UTC. */
  readonly wallMicros: bigint;
}

/** A time zone, or one fixed offset of it. */
export abstract class PyTzInfo extends PyObject {
  /** Seconds east of UTC at a wall clock time; null where the zone cannot say. */
  abstract offsetAt(at: WallClock | null): number | null;
  abstract nameAt(at: WallClock | null): string | null;
  /** Seconds of daylight saving; null where unknown. */
  dstAt(_at: WallClock | null): number | null {
    return null;
  }
  /** The zone to put on a clock that shows this moment, and its offset then. */
  atMoment(_utcMicros: bigint): PyTzInfo {
    return this;
  }
  override getAttr(name: string): Value | undefined {
    const delta = (seconds: number | null) => (seconds === null ? null : new PyTimeDelta(BigInt(seconds) * 1_000_000n));
    const clock = (value: Value | undefined) =>
      value instanceof PyObject && 'wallMicros' in value ? (value as unknown as WallClock) : null;
    switch (name) {
      case 'utcoffset':
        return new PyFunction(name, ([at]) => delta(this.offsetAt(clock(at))));
      case 'dst':
        return new PyFunction(name, ([at]) => delta(this.dstAt(clock(at))));
      case 'tzname':
        return new PyFunction(name, ([at]) => this.nameAt(clock(at)));
      default:
        return undefined;
    }
  }
}

/** `datetime.timezone`: a fixed offset. */
export class PyTimezone extends PyTzInfo {
  readonly typeName = 'timezone';
  override readonly module = 'datetime';
  readonly seconds: number;
  readonly #label: string | undefined;
  constructor(seconds: number, label?: string) {
    super();
    this.seconds = seconds;
    this.#label = label;
  }
  override offsetAt(): number {
    return this.seconds;
  }
  override nameAt(): string {
    return this.#label ?? (this.seconds === 0 ? 'UTC' : `UTC${offsetText(this.seconds)}`);
  }
  override str(): string {
    return this.nameAt();
  }
  override repr(): string {
    if (this.seconds === 0 && this.#label === undefined) return 'datetime.timezone.utc';
    const delta = new PyTimeDelta(BigInt(this.seconds) * 1_000_000n);
    return `datetime.timezone(${delta.repr()}${this.#label === undefined ? '' : `, ${str([this.#label]).slice(1, -1)}`})`;
  }
  override equals(other: Value): boolean {
    return other instanceof PyTimezone && other.seconds === this.seconds;
  }
  override hashKey(): unknown {
    return `\u0000tz${this.seconds}`;
  }
}

/** `+02:00`, with seconds only where there are any. */
export function offsetText(seconds: number, separator = ':'): string {
  const size = Math.abs(seconds);
  const rest = size % 60;
  const clock = `${padded(Math.floor(size / 3600), 2)}${separator}${padded(Math.floor(size / 60) % 60, 2)}`;
  return `${seconds < 0 ? '-' : '+'}${clock}${rest === 0 ? '' : `${separator}${padded(rest, 2)}`}`;
}
