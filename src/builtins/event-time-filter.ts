import { str, type Value } from '../jinja/index.ts';
import { entriesOf } from './record.ts';

/** Rows of a relation that count, by the time of their event: for microbatches and samples. */
export interface EventTimeFilter {
  readonly fieldName: string;
  readonly start?: string | null;
  readonly end?: string | null;
}

/** The filter that a template describes as a mapping; null where it names no field. */
export function filterOf(value: Value): EventTimeFilter | null {
  const { field_name: fieldName, start, end } = entriesOf(value);
  if (fieldName === undefined) return null;
  const bound = (time: Value | undefined): string | null => (time === undefined || time === null ? null : str(time));
  return { fieldName: str(fieldName), start: bound(start), end: bound(end) };
}
