import type { PyFunction } from '../value.ts';
import { numberFilters } from './number.ts';
import { selectionFilters } from './selection.ts';
import { sequenceFilters } from './sequence.ts';
import { textFilters } from './text.ts';

/** Jinja's own filters and dbt's, by name. */
export const filters: ReadonlyMap<string, PyFunction> = new Map([
  ...textFilters,
  ...sequenceFilters,
  ...selectionFilters,
  ...numberFilters,
]);
