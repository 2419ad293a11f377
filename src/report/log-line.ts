import type { Event, EventLevel } from '../core/index.ts';

/** What every line of a log tells about its invocation. */
export interface LogOrigin {
  readonly invocationId: string;
  readonly pid: number;
  /** Variables DBT_ENV_CUSTOM_ENV_*, without the prefix. */
  readonly extra: Readonly<Record<string, string>>;
}

/** Reads `extra` of a log's origin from the environment. */
export function customVariables(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const prefix = 'DBT_ENV_CUSTOM_ENV_';
  const extra: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(prefix) && value !== undefined) extra[name.slice(prefix.length)] = value;
  }
  return extra;
}

/** One event as a line of dbt's JSON log. */
export function jsonLine(event: Event, origin: LogOrigin): string {
  const line = JSON.stringify(
    {
      data: event.data,
      info: {
        category: '',
        code: event.code,
        extra: origin.extra,
        invocation_id: origin.invocationId,
        level: event.level,
        msg: event.message,
        name: event.name,
        pid: origin.pid,
        thread: event.thread,
        ts: event.at.toISOString().replace('Z', '000Z'),
      },
    },
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  // Rendered diagnostics and templates may bring colours along.
  return line.includes('\\u001b[') ? line.replace(/\\u001b\[[\d;]*m/g, '') : line;
}

const severities: Readonly<Record<EventLevel, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

/** One event as an OpenTelemetry log record: what dbt reads from an external parser. */
export function otelLine(event: Event): string {
  return JSON.stringify({
    record_type: 'LogRecord',
    event_type: 'v1.public.events.fusion.log.LogMessage',
    time_unix_nano: `${event.at.getTime()}000000`,
    severity_number: severities[event.level],
    severity_text: event.level.toUpperCase(),
    body: withoutColors(event.message),
    attributes: { name: event.name },
  });
}

/** Text without the codes that colour a terminal. */
export function withoutColors(text: string): string {
  return text.includes('\u001b[') ? text.replace(/\u001b\[[\d;]*m/g, '') : text;
}

const bareNames: ReadonlySet<string> = new Set(['PrintEvent', 'ShowNode', 'CompiledNode', 'PlannedStep']);

/** Events that are the very output a command was run for: printed bare, and also under --quiet. */
export function isOutput(event: Event): boolean {
  return bareNames.has(event.name);
}

/** One event as a line for people: `HH:MM:SS  message`, UTC as dbt prints it. */
export function textLine(event: Event, message: string): string {
  return isOutput(event) ? message : `${event.at.toISOString().slice(11, 19)}  ${message}`;
}

const padded: Readonly<Record<EventLevel, string>> = { debug: 'debug', info: 'info ', warn: 'warn ', error: 'error' };

/** One event as a line of the log file: time of day, level, thread. The first line of a run gets a separator. */
export function debugLine(event: Event, message: string, origin: LogOrigin): string {
  const time = localTime(event.at);
  const bar = '='.repeat(30);
  const separator = event.name === 'MainReportVersion' ? `\n\n${bar} ${time} | ${origin.invocationId} ${bar}\n` : '';
  const thread = event.thread.slice(0, 10).padEnd(10);
  return `${separator}${time} [${padded[event.level]}] [${thread}]: ${message}`;
}

function localTime(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const millis = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${millis}000`;
}
