/** `modules.pytz`, over the time zones the JavaScript engine knows. */
import { asIndex, asText, bind, typeName } from '../arguments.ts';
import { truthy } from '../iteration.ts';
import { repr } from '../repr.ts';
import { PyType } from '../type-object.ts';
import { PyDict, PyError, PyFunction, PySet, type Value } from '../value.ts';
import { PyDateTime, PyTimeDelta, PyTzInfo, type WallClock } from './datetime/index.ts';
import { spelledZone, zoneAbbreviation } from './zone-names.ts';

const SECOND = 1_000_000n;
const HOUR = 3_600_000_000n;
/** Locales that between them have letters for most zones, where the engine's default shows `GMT+1`. */
const NAMING_LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-ZA', 'en-NZ'];

/** What a zone's clocks show for a while: one offset under one name. */
interface Period {
  offset: number;
  dst: number;
  name: string;
}

/** The rules of one zone, asked of the engine; shared by all offsets of the zone. */
class ZoneRules {
  readonly name: string;
  readonly #offsets: Intl.DateTimeFormat;
  readonly #names: readonly Intl.DateTimeFormat[];
  constructor(name: string) {
    this.name = name;
    this.#offsets = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    this.#names = NAMING_LOCALES.map(
      (locale) => new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'short' }),
    );
  }
  /** Seconds east of UTC at a moment. */
  offsetAt(utcMicros: bigint): number {
    const text = zoneName(this.#offsets, utcMicros);
    const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
    if (found?.[1] === undefined) return 0;
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
    // Whole minutes, as pytz keeps them.
    return (found[1] === '-' ? -1 : 1) * Math.round(seconds / 60) * 60;
  }
  periodAt(utcMicros: bigint): Period {
    const offset = this.offsetAt(utcMicros);
    const year = new Date(Number(utcMicros / 1000n)).getUTCFullYear();
    const seasons = [0, 6].map((month) => this.offsetAt(BigInt(Date.UTC(year, month, 1)) * 1000n));
    const dst = Math.max(0, offset - Math.min(...seasons));
    return { offset, dst, name: this.#label(utcMicros, offset, dst !== 0) };
  }
  #label(utcMicros: bigint, offset: number, isDst: boolean): string {
    const known = zoneAbbreviation(this.name, isDst);
    if (known) return known;
    // Zones known to have no letters are not asked of the engine, which would make some up.
    if (known === undefined)
      for (const format of this.#names) {
        const text = zoneName(format, utcMicros);
        if (/^[A-Z]{2,5}$/.test(text) && (text !== 'GMT' || offset === 0)) return text;
      }
    const size = Math.abs(offset);
    const minutes = Math.floor(size / 60) % 60;
    const two = (value: number) => String(value).padStart(2, '0');
    return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${minutes ? two(minutes) : ''}`;
  }
  /** The first period on record: local mean time. */
  first(): Period {
    const moment = BigInt(Date.UTC(1800, 0, 1)) * 1000n;
    return { offset: this.offsetAt(moment), dst: 0, name: 'LMT' };
  }
  /** The periods whose clocks show this wall time: none in a gap, two where clocks go back. */
  periodsShowing(wallMicros: bigint): Period[] {
    const found: Period[] = [];
    for (const hours of [-24n, 24n]) {
      const offset = this.offsetAt(wallMicros + hours * HOUR);
      const moment = wallMicros - BigInt(offset) * SECOND;
      if (this.offsetAt(moment) === offset && !found.some((period) => period.offset === offset)) {
        found.push(this.periodAt(moment));
      }
    }
    return found;
  }
}

function zoneName(format: Intl.DateTimeFormat, utcMicros: bigint): string {
  const parts = format.formatToParts(Number(utcMicros / 1000n));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** A pytz zone: as `timezone(name)` gives it, or fixed to one period after `localize` and its like. */
class PytzZone extends PyTzInfo {
  readonly typeName = 'DstTzInfo';
  override readonly module = 'pytz.tzfile';
  readonly rules: ZoneRules;
  readonly period: Period;
  constructor(rules: ZoneRules, period: Period) {
    super();
    this.rules = rules;
    this.period = period;
  }
  override offsetAt(): number {
    return this.period.offset;
  }
  override nameAt(): string {
    return this.period.name;
  }
  override dstAt(): number {
    return this.period.dst;
  }
  override atMoment(utcMicros: bigint): PyTzInfo {
    return new PytzZone(this.rules, this.rules.periodAt(utcMicros));
  }
  override str(): string {
    return this.rules.name;
  }
  override repr(): string {
    const { offset, dst, name } = this.period;
    const delta = new PyTimeDelta(BigInt(offset) * SECOND).str();
    return `<DstTzInfo '${this.rules.name}' ${name}${offset < 0 ? '' : '+'}${delta} ${dst ? 'DST' : 'STD'}>`;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.rules.name;
      case 'localize':
        return new PyFunction(name, (args, kwargs) => {
          const [moment, isDst = false] = bind(name, ['dt', 'is_dst'], 1, args, kwargs);
          return this.#localize(naive(moment), isDst);
        });
      case 'normalize':
        return new PyFunction(name, ([moment]) => aware(moment).inZone(this));
      default:
        return super.getAttr(name);
    }
  }
  #localize(moment: PyDateTime, isDst: Value): PyDateTime {
    const periods = this.rules.periodsShowing(moment.wallMicros);
    if (periods.length === 1) return withZone(moment, new PytzZone(this.rules, periods[0] as Period));
    if (isDst === null) {
      throw new PyError(periods.length === 0 ? 'NonExistentTimeError' : 'AmbiguousTimeError', moment.str());
    }
    const around = [-24n, 24n].map((hours) => this.rules.periodAt(moment.wallMicros + hours * HOUR));
    const choices = (periods.length > 0 ? periods : around).sort((a, b) => a.offset - b.offset);
    const chosen = (truthy(isDst) ? choices.at(-1) : choices[0]) as Period;
    return withZone(moment, new PytzZone(this.rules, chosen));
  }
}

/** `pytz.utc`, the zones that never change, and `FixedOffset`. */
class FixedZone extends PyTzInfo {
  readonly typeName: string;
  override readonly module = 'pytz';
  readonly seconds: number;
  readonly #label: string | null;
  readonly #text: string;
  constructor(typeName: string, seconds: number, label: string | null, text: string) {
    super();
    this.typeName = typeName;
    this.seconds = seconds;
    this.#label = label;
    this.#text = text;
  }
  override offsetAt(): number {
    return this.seconds;
  }
  override nameAt(_at: WallClock | null): string | null {
    return this.#label;
  }
  override dstAt(): number {
    return 0;
  }
  override str(): string {
    return this.typeName === '_FixedOffset'
      ? this.#text
      : this.typeName === 'UTC'
        ? 'UTC'
        : (/'(.*)'/.exec(this.#text)?.[1] ?? '');
  }
  override repr(): string {
    return this.#text;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.typeName === '_FixedOffset' ? null : this.str();
      case 'localize':
        return new PyFunction(name, ([moment]) => withZone(naive(moment), this));
      case 'normalize':
        return new PyFunction(name, ([moment]) => aware(moment).inZone(this));
      default:
        return super.getAttr(name);
    }
  }
}

function naive(value: Value | undefined): PyDateTime {
  if (!(value instanceof PyDateTime))
    throw new PyError('AttributeError', `'${typeName(value ?? null)}' object has no attribute 'tzinfo'`);
  if (value.zone !== null) throw new PyError('ValueError', 'Not naive datetime (tzinfo is already set)');
  return value;
}

function aware(value: Value | undefined): PyDateTime {
  if (!(value instanceof PyDateTime) || value.zone === null) {
    throw new PyError('ValueError', 'Naive time - no tzinfo set');
  }
  return value;
}

function withZone(moment: PyDateTime, zone: PyTzInfo): PyDateTime {
  return PyDateTime.ofWallMicros(moment.wallMicros, zone);
}

const utc = new FixedZone('UTC', 0, 'UTC', '<UTC>');

function timezone(given: Value | undefined): Value {
  if (given === null || given === undefined) throw new PyError('UnknownTimeZoneError', repr(null));
  const asked = asText(given, 'timezone()');
  if (/^utc$/i.test(asked)) return utc;
  const name = canonicalName(asked);
  if (/^(?:Etc\/)?(?:UCT|UTC|Universal|Zulu|Greenwich|GMT[+-]?0?)$/.test(name)) {
    const label = /G/.test(name) ? 'GMT' : 'UTC';
    return new FixedZone('StaticTzInfo', 0, label, `<StaticTzInfo '${name}'>`);
  }
  const fixed = /^Etc\/GMT([+-])(\d{1,2})$/.exec(name);
  if (fixed !== null) {
    // POSIX counts west as positive.
    const seconds = Number(fixed[2]) * 3600 * (fixed[1] === '+' ? -1 : 1);
    const hours = String(Math.abs(seconds / 3600)).padStart(2, '0');
    return new FixedZone('StaticTzInfo', seconds, `${seconds < 0 ? '-' : '+'}${hours}`, `<StaticTzInfo '${name}'>`);
  }
  try {
    const rules = new ZoneRules(name);
    return new PytzZone(rules, rules.first());
  } catch {
    throw new PyError('UnknownTimeZoneError', repr(asked));
  }
}

/** The name as the list of zones spells it: names are found whatever their case. */
function canonicalName(asked: string): string {
  // Offsets such as +01:00 are zones to the engine, but not to pytz.
  if (!/^[A-Za-z]/.test(asked)) throw new PyError('UnknownTimeZoneError', repr(asked));
  const lower = asked.toLowerCase();
  return zoneNames().find((name) => name.toLowerCase() === lower) ?? (isOneCase(asked) ? spelledZone(asked) : asked);
}

/** True for a name that is written in small letters, or a path written in capitals. */
function isOneCase(asked: string): boolean {
  return asked === asked.toLowerCase() || (asked.includes('/') && asked === asked.toUpperCase());
}

function zoneNames(): string[] {
  return Array.from(new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])).sort();
}

const noInstance = () => {
  throw new PyError('TypeError', 'cannot create instances');
};
const errorType = (name: string) => new PyType(`pytz.exceptions.${name}`, () => false, noInstance, new Map());

/** `modules.pytz`: lists of zones are made when the module is, which is once a process and on first use. */
export function makePytzModule(): PyDict {
  const names = zoneNames();
  return new PyDict([
    [
      'timezone',
      new PyFunction('timezone', (args, kwargs) => timezone(bind('timezone', ['zone'], 1, args, kwargs)[0])),
    ],
    ['utc', utc],
    ['UTC', utc],
    ['all_timezones', names],
    ['all_timezones_set', new PySet(names)],
    ['common_timezones', names.slice()],
    ['common_timezones_set', new PySet(names)],
    ['country_timezones', new PyDict()],
    ['country_names', new PyDict()],
    [
      'BaseTzInfo',
      new PyType(
        'pytz.tzinfo.BaseTzInfo',
        (value) => value instanceof PytzZone || value instanceof FixedZone,
        noInstance,
        new Map(),
      ),
    ],
    [
      'FixedOffset',
      new PyFunction('FixedOffset', (args, kwargs) => {
        const minutes = asIndex(bind('FixedOffset', ['offset'], 1, args, kwargs)[0], 0);
        if (minutes === 0) return utc;
        if (Math.abs(minutes) >= 1440) throw new PyError('ValueError', 'absolute offset is too large');
        return new FixedZone('_FixedOffset', minutes * 60, null, `pytz.FixedOffset(${minutes})`);
      }),
    ],
    ...['AmbiguousTimeError', 'InvalidTimeError', 'NonExistentTimeError', 'UnknownTimeZoneError'].map(
      (name): [string, Value] => [name, errorType(name)],
    ),
  ]);
}
