import type { EventSink, FlagName, FlagSource, Flags, Io } from '../core/index.ts';
import { consoleSink } from './console.ts';
import { liveStatus } from './live-status.ts';
import { logFile } from './log-file.ts';
import { customVariables, type LogOrigin } from './log-line.ts';
import { painter, wantsColors } from './paint.ts';
import { canBeHidden, scrubber, secretsOf } from './scrub.ts';

/** Everything that is listening to one invocation. */
export interface Reporter {
  readonly sink: EventSink;
  /** Whether the console is coloured; diagnostics rendered for it should be, too. */
  readonly colors: boolean;
  /** To be called at the end, whatever happened. */
  readonly close: () => void;
}

/** What a reporter is made of. */
export interface ReporterSpec {
  readonly flags: Flags;
  readonly sources: ReadonlyMap<FlagName, FlagSource>;
  readonly io: Io;
  readonly invocationId: string;
  /** Absolute path of dbt.log; undefined where none is to be written. */
  readonly logFilePath?: string;
  /** Secrets beside those of the environment. */
  readonly secrets?: readonly string[];
  /** Further sinks: callbacks of an embedding program. */
  readonly also?: readonly EventSink[];
}

/** Console, live line and log file as the flags ask for them, behind one sink. */
export function reporter(spec: ReporterSpec): Reporter {
  const { flags, io, sources } = spec;
  const explicit = (name: FlagName): boolean => (sources.get(name) ?? 'default') !== 'default';
  const colors = wantsColors({
    useColors: flags.useColors,
    explicit: explicit('useColors'),
    isTTY: io.isTTY,
    env: io.env,
  });
  const scrub = scrubber([...secretsOf(io.env), ...(spec.secrets ?? []).filter(canBeHidden)]);
  const origin: LogOrigin = {
    invocationId: spec.invocationId,
    pid: process.pid,
    extra: customVariables(io.env),
  };
  const plain = flags.logFormat === 'default' || flags.logFormat === 'text';
  const live =
    io.isTTY && plain && !flags.quiet && !flags.debug && flags.logLevel === 'info'
      ? liveStatus({ write: io.stdout, columns: io.columns, now: Date.now, paint: painter(colors) })
      : undefined;
  const file =
    spec.logFilePath === undefined || flags.logLevelFile === 'none' || flags.logLevelFile === 'off'
      ? undefined
      : logFile({
          path: spec.logFilePath,
          format: flags.logFormatFile,
          level: flags.debug ? 'debug' : flags.logLevelFile,
          maxBytes: flags.logFileMaxBytes,
          // Escape codes in a file are noise, so only on the user's word.
          colors: flags.useColorsFile && (explicit('useColorsFile') || explicit('useColors')),
          logCacheEvents: flags.logCacheEvents,
          scrub,
          origin,
        });
  const sinks: EventSink[] = [consoleSink({ write: io.stdout, flags, colors, scrub, origin, live })];
  if (file !== undefined) sinks.push(file.sink);
  sinks.push(...(spec.also ?? []));
  return {
    colors,
    sink: (event) => {
      for (const sink of sinks) sink(event);
    },
    close: () => {
      live?.close();
      file?.flush();
    },
  };
}
