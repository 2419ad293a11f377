import type { CommandName, Event, EventSink, Flags, LogLevel } from '../core/index.ts';
import { coloredMessage } from './colored-message.ts';
import { passes } from './level.ts';
import type { LiveStatus } from './live-status.ts';
import { debugLine, isOutput, jsonLine, type LogOrigin, otelLine, textLine } from './log-line.ts';
import { painter } from './paint.ts';
import type { Scrub } from './scrub.ts';

/** Formats that a program reads or a document takes in: of what happens besides only errors are told. */
const BARE: Partial<Record<CommandName, readonly unknown[]>> = {
  check: ['json', 'sarif'],
  lineage: ['json', 'mermaid', 'openlineage'],
  impact: ['json', 'markdown'],
};

/** What the console prints, and where. */
export interface ConsoleSpec {
  readonly write: (text: string) => void;
  readonly flags: Pick<
    Flags,
    'which' | 'output' | 'logFormat' | 'logLevel' | 'quiet' | 'debug' | 'print' | 'logCacheEvents'
  >;
  readonly colors: boolean;
  readonly scrub: Scrub;
  readonly origin: LogOrigin;
  readonly live?: LiveStatus;
}

/** The sink that prints events to stdout. Errors go there too, as with dbt: stderr is for wrong command lines. */
export function consoleSink(spec: ConsoleSpec): EventSink {
  const { flags, live } = spec;
  if (flags.logLevel === 'none' || flags.logLevel === 'off') return () => {};
  const paint = painter(spec.colors);
  const isQuiet = flags.quiet || BARE[flags.which]?.includes(flags.output);
  const level: LogLevel = isQuiet ? 'error' : flags.debug ? 'debug' : flags.logLevel;
  const line = (event: Event): string => {
    if (flags.logFormat === 'json') return spec.scrub(jsonLine(event, spec.origin));
    if (flags.logFormat === 'otel') return spec.scrub(otelLine(event));
    const message = coloredMessage(event, spec.scrub(event.message), paint);
    return flags.logFormat === 'debug' ? debugLine(event, message, spec.origin) : textLine(event, message);
  };
  return (event) => {
    live?.see(event);
    const output = isOutput(event);
    if (!passes(event, level, output, flags.logCacheEvents)) return;
    // `ls` prints its lines through the same event as `print()` in a template.
    if (!flags.print && event.name === 'PrintEvent' && flags.which !== 'list') return;
    live?.clear();
    spec.write(`${line(event)}\n`);
    live?.draw();
  };
}
