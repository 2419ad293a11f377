import type { EventLevel } from '../core/index.ts';

/** An event before it is stamped with time and thread; what `emit` takes. */
export interface EventDraft {
  readonly name: string;
  readonly code: string;
  readonly level: EventLevel;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What dbt's events say about the node they belong to, under dbt's names. */
export interface NodeInfo {
  readonly unique_id: string;
  readonly node_name: string;
  readonly node_path: string;
  readonly resource_type: string;
  readonly materialized: string;
  readonly node_status: string;
  readonly node_started_at: string;
  readonly node_finished_at: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly node_relation: {
    readonly database: string;
    readonly schema: string;
    readonly alias: string;
    readonly relation_name: string;
  };
  readonly node_checksum: string;
}

/** Where a line stands: `index of total`, and how wide the dots run. */
export interface LinePlace {
  readonly index: number | null;
  readonly total: number | null;
  /** --printer-width; 80 where nothing is said. */
  readonly width?: number;
  readonly node?: NodeInfo;
}

/**
 * One line with dots between what is said and the bracketed status, as dbt prints it. The message is plain: the
 * console colours the word in the brackets.
 */
export function dottedLine(
  text: string,
  status: string,
  place: LinePlace,
  seconds?: number,
  options: { readonly truncate?: boolean } = {},
): string {
  const width = place.width ?? 80;
  const progress = place.index === null || place.total === null ? '' : `${place.index} of ${place.total} `;
  let line = `${progress}${text} `.padEnd(width, '.');
  if (options.truncate && line.length > width - 3) line = `${line.slice(0, width - 3)}...`;
  const took = seconds === undefined ? '' : ` in ${seconds.toFixed(2)}s`;
  return `${line} [${status}${took}]`;
}

/** `1 error`, `2 errors`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`;
}

const irregular: Readonly<Record<string, string>> = {
  analysis: 'analyses',
  saved_query: 'saved queries',
  test: 'data tests',
  catalogs: 'catalogs',
};

/** A number of resources in dbt's words: `1 test`, but `2 data tests`. */
export function countOf(count: number, resource: string): string {
  const name = resource.replaceAll('_', ' ');
  return plural(count, name, irregular[resource] ?? `${name}s`);
}

/** `HH:MM:SS.ffffff` in the user's time zone, as dbt's log file writes it. */
export function clockTime(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const micros = `${String(at.getMilliseconds()).padStart(3, '0')}000`;
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${micros}`;
}
