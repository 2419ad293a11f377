import type { RelationOptions } from '../builtins/index.ts';
import { PyDateTime, PyDict, PyTimezone, str, type Value } from '../jinja/index.ts';

/** A span of event time, in UTC: from `start` on, before `end`. */
export interface TimeSpan {
  readonly start: Date;
  readonly end: Date;
}

/** Which rows of their inputs the nodes of an invocation see. */
export interface InputFilter {
  /** None at all: `--empty`. */
  readonly empty: boolean;
  /** Those of a span of event time, where the input says which column holds it: `--sample`. */
  readonly sample: TimeSpan | null;
}

/** The part of a microbatch model that one of its runs builds. */
export interface Batch {
  /** The start of the span without dashes: `20240131`. */
  readonly id: string;
  /** The start of the span as far as the batch size goes: `2024-01-31`. */
  readonly name: string;
  readonly span: TimeSpan;
}

/** What is read of an input to know how it is filtered. */
export interface FilteredInput {
  readonly config: object;
  readonly columns?: Readonly<Record<string, { readonly name: string; readonly quote?: boolean | null }>>;
  readonly quoting?: unknown;
}

/** Kinds of nodes whose inputs are cut to a span of event time; tests and hooks see them whole. */
const CUT: ReadonlySet<string> = new Set(['model', 'snapshot']);

/** How a node of a kind reads an input: all of it, nothing, or a span of event time. */
export function inputOptions(
  filter: InputFilter,
  reader: string,
  input: FilteredInput,
  quoteCharacter: string,
  batch?: Batch,
): Pick<RelationOptions, 'limit' | 'eventTimeFilter'> {
  const limit = filter.empty ? 0 : null;
  const span = CUT.has(reader) ? overlap(filter.sample, batch?.span ?? null) : null;
  const { event_time: eventTime } = input.config as { event_time?: unknown };
  if (!span || typeof eventTime !== 'string' || eventTime === '') return { limit, eventTimeFilter: null };
  const fieldName = isQuoted(input, eventTime) ? `${quoteCharacter}${eventTime}${quoteCharacter}` : eventTime;
  return { limit, eventTimeFilter: { fieldName, start: str(utc(span.start)), end: str(utc(span.end)) } };
}

/** What lies in both spans; null stands for all of time. */
function overlap(a: TimeSpan | null, b: TimeSpan | null): TimeSpan | null {
  if (!a || !b) return a ?? b;
  return { start: new Date(Math.max(+a.start, +b.start)), end: new Date(Math.min(+a.end, +b.end)) };
}

/** A column says itself whether it is quoted; else its source does. */
function isQuoted({ columns, quoting }: FilteredInput, column: string): boolean {
  const described = Object.values(columns ?? {}).find(({ name }) => name === column);
  return described?.quote ?? (quoting as { column?: boolean | null } | undefined)?.column === true;
}

/** A moment as Python's datetime in UTC. */
const utc = (at: Date): PyDateTime => PyDateTime.ofWallMicros(BigInt(at.getTime()) * 1000n, new PyTimezone(0));

/** Jinja's `model.batch`. */
export function batchContext({ id, span }: Batch): Value {
  return new PyDict([
    ['id', id],
    ['event_time_start', utc(span.start)],
    ['event_time_end', utc(span.end)],
  ]);
}
