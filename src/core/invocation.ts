import type { Event, EventLevel, EventSink } from './event.ts';

/** Everything one command carries through all rooms. Made at the top, passed down; nothing of it is global. */
export interface Invocation {
  /** dbt's `invocation_id`: a UUID v4. */
  readonly id: string;
  /** Start of the invocation (dbt's `run_started_at`). */
  readonly startedAt: Date;
  /** The environment: process variables with `.env` beneath them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path the user stands in. */
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted when the user wants to stop; whoever reads it takes care of that from now on (see `Io`). */
  readonly signal: AbortSignal;
  readonly sink: EventSink;
}

/** Sends one event down the invocation's stream. */
export function emit(
  invocation: Pick<Invocation, 'sink' | 'now'>,
  event: { name: string; code: string; level?: EventLevel; message?: string; data?: Event['data']; thread?: string },
): void {
  invocation.sink({
    name: event.name,
    code: event.code,
    level: event.level ?? 'info',
    message: event.message ?? '',
    data: event.data ?? {},
    at: invocation.now(),
    thread: event.thread ?? 'MainThread',
  });
}
