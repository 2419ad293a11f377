export { PyDate } from './date.ts';
export { PyDateTime } from './datetime.ts';
export { datetimeModule } from './module.ts';
export { PyTime } from './time.ts';
export { PyTimeDelta } from './timedelta.ts';
export { PyTimezone, PyTzInfo, type WallClock } from './tzinfo.ts';
