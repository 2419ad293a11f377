/** `modules.datetime`: the classes as templates call them. */
import { asIndex, asText, bind, typeName } from '../../arguments.ts';
import { isNumber, toDouble } from '../../numbers.ts';
import { PyType } from '../../type-object.ts';
import { type Kwargs, PyDict, PyError, PyFunction, type Value } from '../../value.ts';
import { fromIsoCalendar, MAX_ORDINAL } from './civil.ts';
import { PyDate } from './date.ts';
import { PyDateTime } from './datetime.ts';
import { readIsoClock, readIsoDate } from './isoformat.ts';
import { strptime } from './strftime.ts';
import { CLOCK_PARAMETERS, PyTime, zoneArgument } from './time.ts';
import { makeTimeDelta, PyTimeDelta, TIMEDELTA_PARAMETERS } from './timedelta.ts';
import { PyTimezone, PyTzInfo } from './tzinfo.ts';

const DATE_PARAMETERS = ['year', 'month', 'day'];
const LONGEST = 86_399_999_999_999_999_999n;

function named(
  name: string,
  parameters: readonly string[],
  required: number,
  body: (args: (Value | undefined)[]) => Value,
): [string, Value] {
  return [
    name,
    new PyFunction(name, (args: Value[], kwargs: Kwargs) => body(bind(name, parameters, required, args, kwargs))),
  ];
}

function nowMicros(): bigint {
  // The performance clock adds the microseconds that Date leaves out.
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000));
}

function localNow(): PyDateTime {
  const moment = new Date();
  const micros = Number(nowMicros() % 1000n);
  return new PyDateTime(
    moment.getFullYear(),
    moment.getMonth() + 1,
    moment.getDate(),
    moment.getHours(),
    moment.getMinutes(),
    moment.getSeconds(),
    moment.getMilliseconds() * 1000 + micros,
  );
}

function stampMicros(value: Value | undefined): bigint {
  if (value === undefined || !isNumber(value))
    throw new PyError('TypeError', `an integer is required (got type ${typeName(value ?? null)})`);
  const whole = Math.floor(toDouble(value));
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((toDouble(value) - whole) * 1e6));
}

function ofStamp(value: Value | undefined, zone: Value | undefined): PyDateTime {
  const micros = stampMicros(value);
  const target = zoneArgument(zone);
  if (target !== null) return PyDateTime.ofMoment(micros, target);
  const offset = -new Date(Number(micros / 1000n)).getTimezoneOffset() * 60;
  return PyDateTime.ofWallMicros(micros + BigInt(offset) * 1_000_000n, null);
}

const dateType = new PyType(
  'datetime.date',
  (value) => value instanceof PyDate,
  (args, kwargs) => {
    const [year, month, day] = bind('date', DATE_PARAMETERS, 3, args, kwargs);
    return new PyDate(asIndex(year, 0), asIndex(month, 0), asIndex(day, 0));
  },
  new Map([
    ['min', new PyDate(1, 1, 1)],
    ['max', new PyDate(9999, 12, 31)],
    ['resolution', new PyTimeDelta(86_400_000_000n)],
    named('today', [], 0, () => {
      const { year, month, day } = localNow();
      return new PyDate(year, month, day);
    }),
    named('fromisoformat', ['date_string'], 1, ([text]) => {
      const { date, rest } = readIsoDate(asText(text, 'fromisoformat:'));
      if (rest !== '') throw new PyError('ValueError', `Invalid isoformat string: '${asText(text, '')}'`);
      return new PyDate(date.year, date.month, date.day);
    }),
    named('fromordinal', ['ordinal'], 1, ([ordinal]) => {
      const day = asIndex(ordinal, 0);
      if (day < 1 || day > MAX_ORDINAL) throw new PyError('ValueError', 'ordinal must be >= 1');
      return PyDate.ofOrdinal(day);
    }),
    named('fromisocalendar', ['year', 'week', 'day'], 3, ([year, week, day]) =>
      PyDate.ofOrdinal(fromIsoCalendar(asIndex(year, 0), asIndex(week, 0), asIndex(day, 0))),
    ),
    named('fromtimestamp', ['timestamp'], 1, ([stamp]) => {
      const { year, month, day } = ofStamp(stamp, undefined);
      return new PyDate(year, month, day);
    }),
  ]),
);

const datetimeType = new PyType(
  'datetime.datetime',
  (value) => value instanceof PyDateTime,
  (args, kwargs) => {
    const bound = bind('datetime', [...DATE_PARAMETERS, ...CLOCK_PARAMETERS, 'tzinfo', 'fold'], 3, args, kwargs);
    const [year, month, day, hour, minute, second, micro] = bound.slice(0, 7).map((part) => asIndex(part, 0)) as [
      number,
      number,
      number,
      number?,
      number?,
      number?,
      number?,
    ];
    return new PyDateTime(year, month, day, hour, minute, second, micro, zoneArgument(bound[7]));
  },
  new Map<string, Value>([
    ['min', new PyDateTime(1, 1, 1)],
    ['max', new PyDateTime(9999, 12, 31, 23, 59, 59, 999999)],
    ['resolution', new PyTimeDelta(1n)],
    named('now', ['tz'], 0, ([tz]) => {
      const zone = zoneArgument(tz);
      return zone === null ? localNow() : PyDateTime.ofMoment(nowMicros(), zone);
    }),
    named('today', [], 0, localNow),
    named('utcnow', [], 0, () => PyDateTime.ofWallMicros(nowMicros(), null)),
    named('fromtimestamp', ['timestamp', 'tz'], 1, ([stamp, zone]) => ofStamp(stamp, zone)),
    named('utcfromtimestamp', ['timestamp'], 1, ([stamp]) => PyDateTime.ofWallMicros(stampMicros(stamp), null)),
    named('fromordinal', ['ordinal'], 1, ([ordinal]) => {
      const { year, month, day } = PyDate.ofOrdinal(asIndex(ordinal, 0));
      return new PyDateTime(year, month, day);
    }),
    named('fromisoformat', ['date_string'], 1, ([given]) => {
      const text = asText(given, 'fromisoformat:');
      const { date, rest } = readIsoDate(text);
      if (rest === '') return new PyDateTime(date.year, date.month, date.day);
      const { clock, offset } = readIsoClock(Array.from(rest).slice(1).join(''), text);
      const zone = offset === null ? null : new PyTimezone(offset);
      return new PyDateTime(
        date.year,
        date.month,
        date.day,
        clock.hour,
        clock.minute,
        clock.second,
        clock.microsecond,
        zone,
      );
    }),
    named('fromisocalendar', ['year', 'week', 'day'], 3, ([year, week, day]) => {
      const date = PyDate.ofOrdinal(fromIsoCalendar(asIndex(year, 0), asIndex(week, 0), asIndex(day, 0)));
      return new PyDateTime(date.year, date.month, date.day);
    }),
    named('combine', ['date', 'time', 'tzinfo'], 2, ([date, time, tzinfo]) => {
      if (!(date instanceof PyDate))
        throw new PyError('TypeError', `combine() argument 1 must be datetime.date, not ${typeName(date ?? null)}`);
      if (!(time instanceof PyTime))
        throw new PyError('TypeError', `combine() argument 2 must be datetime.time, not ${typeName(time ?? null)}`);
      const zone = tzinfo === undefined ? time.zone : zoneArgument(tzinfo);
      return new PyDateTime(
        date.year,
        date.month,
        date.day,
        time.hour,
        time.minute,
        time.second,
        time.microsecond,
        zone,
      );
    }),
    named('strptime', ['date_string', 'format'], 2, ([text, format]) => {
      const read = strptime(asText(text, 'strptime()'), asText(format, 'strptime()'));
      const zone = read.offset === null ? null : new PyTimezone(read.offset);
      return new PyDateTime(
        read.year,
        read.month,
        read.day,
        read.hour,
        read.minute,
        read.second,
        read.microsecond,
        zone,
      );
    }),
  ]),
);

const timeType = new PyType(
  'datetime.time',
  (value) => value instanceof PyTime,
  (args, kwargs) => {
    const bound = bind('time', [...CLOCK_PARAMETERS, 'tzinfo', 'fold'], 0, args, kwargs);
    const [hour, minute, second, microsecond] = bound.slice(0, 4).map((part) => asIndex(part, 0));
    return new PyTime(hour, minute, second, microsecond, zoneArgument(bound[4]));
  },
  new Map<string, Value>([
    ['min', new PyTime()],
    ['max', new PyTime(23, 59, 59, 999999)],
    ['resolution', new PyTimeDelta(1n)],
    named('fromisoformat', ['time_string'], 1, ([text]) => {
      const { clock, offset } = readIsoClock(asText(text, 'fromisoformat:').replace(/^T/, ''));
      return new PyTime(
        clock.hour,
        clock.minute,
        clock.second,
        clock.microsecond,
        offset === null ? null : new PyTimezone(offset),
      );
    }),
  ]),
);

const timedeltaType = new PyType(
  'datetime.timedelta',
  (value) => value instanceof PyTimeDelta,
  (args, kwargs) => makeTimeDelta(bind('timedelta', TIMEDELTA_PARAMETERS, 0, args, kwargs)),
  new Map<string, Value>([
    ['min', new PyTimeDelta(-86_399_999_913_600_000_000n)],
    ['max', new PyTimeDelta(LONGEST)],
    ['resolution', new PyTimeDelta(1n)],
  ]),
);

const timezoneType = new PyType(
  'datetime.timezone',
  (value) => value instanceof PyTimezone,
  (args, kwargs) => {
    const [offset, label] = bind('timezone', ['offset', 'name'], 1, args, kwargs);
    if (!(offset instanceof PyTimeDelta)) {
      throw new PyError(
        'TypeError',
        `timezone() argument 1 must be datetime.timedelta, not ${typeName(offset ?? null)}`,
      );
    }
    return new PyTimezone(
      Number(offset.microseconds / 1_000_000n),
      label === undefined ? undefined : asText(label, 'timezone()'),
    );
  },
  new Map<string, Value>([['utc', new PyTimezone(0)]]),
);

const tzinfoType = new PyType(
  'datetime.tzinfo',
  (value) => value instanceof PyTzInfo,
  () => {
    throw new PyError('TypeError', 'a tzinfo must be made by pytz or timezone');
  },
  new Map(),
);

/** `modules.datetime`. */
export const datetimeModule: PyDict = new PyDict([
  ['date', dateType],
  ['datetime', datetimeType],
  ['time', timeType],
  ['timedelta', timedeltaType],
  ['tzinfo', tzinfoType],
  ['timezone', timezoneType],
]);
