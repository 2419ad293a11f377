import type { TimeSpan } from '../compile/index.ts';
import { DiagnosticError, invalidFlagValue } from '../core/index.ts';
import { toPlain, type Value } from '../jinja/index.ts';
import { loadYaml } from '../project/index.ts';

const PERIOD = /^\s*(\d+)\s+(hour|day|month|year)s?\s*$/i;

/** What `--sample` asks for: the last `3 days` before `now`, or `{start: …, end: …}`. Throws DiagnosticError. */
export function sampleWindow(text: string | null, now: Date): TimeSpan | null {
  if (text === null) return null;
  const period = PERIOD.exec(text);
  if (period) return { start: before(now, Number(period[1]), period[2]!.toLowerCase()), end: now };
  const loaded = loadYaml(text, '--sample');
  const given = loaded.problem ? null : toPlain(loaded.value as Value);
  const { start, end } = (given ?? {}) as { start?: unknown; end?: unknown };
  const span = { start: moment(start), end: moment(end) };
  if (span.start && span.end && span.start < span.end) return { start: span.start, end: span.end };
  const reason = `'${text}' must be a period like '3 days', or {start: '2024-01-01', end: '2024-02-01'} with a start before its end.`;
  throw new DiagnosticError(invalidFlagValue({ option: '--sample', reason }));
}

/** A number of hours, days, months or years earlier; the 31st of a shorter month is its last day. */
function before(now: Date, count: number, unit: string): Date {
  const hours = { hour: 1, day: 24 }[unit];
  if (hours !== undefined) return new Date(now.getTime() - count * hours * 3_600_000);
  const months = now.getUTCMonth() - count * (unit === 'year' ? 12 : 1);
  const days = new Date(Date.UTC(now.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const at = new Date(now);
  at.setUTCFullYear(now.getUTCFullYear(), months, Math.min(now.getUTCDate(), days));
  return at;
}

/** A date or a date with time, in UTC whatever zone it names, as dbt takes it. */
function moment(value: unknown): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?/.exec(String(value));
  const at = match ? new Date(`${match[1]}T${match[2] ?? '00:00'}Z`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
