export { PyDate, PyDateTime, PyTime, PyTimeDelta, PyTimezone, PyTzInfo } from './datetime/index.ts';
export { PyDecimal } from './decimal.ts';
export { PyMatch, PyPattern } from './re/index.ts';
export { makeModules } from './registry.ts';
