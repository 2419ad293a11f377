import type { Diagnostic, Span } from '../core/index.ts';
import { locateEntry, SourceFile } from '../project/index.ts';
import type { Place } from './draft.ts';

/** Where a resource stands. A span of nothing at the start means the whole file. */
export function spanOf(place: Place | undefined): Span | undefined {
  if (!place) return undefined;
  if (place.at) return place.at;
  const { file, yamlPath } = place;
  return yamlPath && file instanceof SourceFile ? locateEntry(file, yamlPath) : { file: file.shown, start: 0, end: 0 };
}

/**
 * A place in the template of a node. Where the template is no stretch of a file (generic tests, hooks, snapshots in
 * YAML), offsets in it mean nothing to a user: the entry that asks for the node is the place.
 */
export function placeWithin(place: Place | undefined, at: Span): Span {
  if (!place?.yamlPath || !(place.file instanceof SourceFile)) return at;
  const entry = locateEntry(place.file, place.yamlPath);
  return at.via?.length ? { ...at, origin: entry } : entry;
}

/** The same for all of a list of problems. */
export function placedWithin(place: Place | undefined, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  return problems.map((problem) => (problem.at ? { ...problem, at: placeWithin(place, problem.at) } : problem));
}
