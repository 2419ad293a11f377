import type { Batch, TimeSpan } from '../compile/index.ts';

/** How much of time one batch of a microbatch model covers. */
export type BatchSize = 'hour' | 'day' | 'month' | 'year';

/** What decides which batches a model is built in. */
export interface BatchWindow {
  readonly size: BatchSize;
  /** The model's `begin`: where its first run starts. */
  readonly begin: Date;
  /** Batches before the current one that are built again. */
  readonly lookback: number;
  /** The model's table is there and is added to. */
  readonly incremental: boolean;
  /** `--event-time-start` and `--event-time-end`, or the sample's. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly now: Date;
}

/** Length of what names a batch in `2024-01-31T16:00:00`. */
const NAME_LENGTH: Readonly<Record<BatchSize, number>> = { hour: 13, day: 10, month: 7, year: 4 };

/** The start of the batch a moment lies in, or of one some batches later (earlier where negative). */
export function batchStart(at: Date, size: BatchSize, later = 0): Date {
  const start = new Date(0);
  const month = size === 'year' ? 0 : at.getUTCMonth() + (size === 'month' ? later : 0);
  const day = size === 'year' || size === 'month' ? 1 : at.getUTCDate() + (size === 'day' ? later : 0);
  start.setUTCFullYear(at.getUTCFullYear() + (size === 'year' ? later : 0), month, day);
  if (size === 'hour') start.setUTCHours(at.getUTCHours() + later);
  return start;
}

/** A batch from the span it builds. */
export function batchOf(span: TimeSpan, size: BatchSize): Batch {
  const name = span.start.toISOString().slice(0, NAME_LENGTH[size]);
  return { id: name.replaceAll('-', ''), name, span };
}

/** The batches that a run of the model builds, in order. There is always at least one. */
export function batchesOf(window: BatchWindow): Batch[] {
  const { size } = window;
  const end = batchCeiling(window.to ?? window.now, size);
  const batches: Batch[] = [];
  let start = firstStart(window, end);
  for (;;) {
    const next = batchStart(start, size, 1);
    batches.push(batchOf({ start, end: new Date(Math.min(+next, +end)) }, size));
    if (next >= end) return batches;
    start = next;
  }
}

function firstStart({ size, begin, lookback, incremental, from }: BatchWindow, end: Date): Date {
  if (from) return batchStart(from, size);
  if (!incremental) return batchStart(begin, size);
  // The end is the start of a batch that is not built: the current batch is the one before it.
  return batchStart(end, size, -(lookback + 1));
}

/** The moment itself where a batch starts with it, else the start of the next batch. */
function batchCeiling(at: Date, size: BatchSize): Date {
  const start = batchStart(at, size);
  return start.getTime() === at.getTime() ? start : batchStart(start, size, 1);
}

/** A moment from ISO text, read as UTC whatever zone it names: batches are cut by the clock that is written. */
export function wallClock(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(\.\d{1,6})?)?)?)?/.exec(text.trim());
  if (!match) return undefined;
  const [, day, hour = '00', minute = '00', second = '00', fraction = ''] = match;
  const at = new Date(`${day}T${hour}:${minute}:${second}${fraction}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
