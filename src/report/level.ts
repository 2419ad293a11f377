import type { Event, LogLevel } from '../core/index.ts';

const ranks: Readonly<Record<LogLevel, number>> = { debug: 10, info: 20, warn: 30, error: 40, none: 100, off: 100 };
const cacheEvents: ReadonlySet<string> = new Set(['CacheAction', 'CacheDumpGraph']);

/** Whether a sink at this level takes an event. What a command was asked to print counts as an error. */
export function passes(event: Event, level: LogLevel, output: boolean, logCacheEvents: boolean): boolean {
  if (!logCacheEvents && cacheEvents.has(event.name)) return false;
  return (output ? ranks.error : ranks[event.level]) >= ranks[level];
}
