export type EventLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * One thing that happened, under the name and code dbt gives it, so that tools reading dbt's JSON log read ours.
 * The stream of events is all that sinks (console, JSON log, artifacts) ever see of a run.
 */
export interface Event {
  readonly name: string;
  readonly code: string;
  readonly level: EventLevel;
  /** The line a person reads; empty for events that only tools want. */
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly thread: string;
}

/** Takes events as they happen; must not throw and must not wait. */
export type EventSink = (event: Event) => void;
