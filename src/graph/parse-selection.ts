import { type IndirectSelection, parseCriterion, type Selection, type SelectionGroup } from './criterion.ts';

/** What is selected where the user says nothing: everything. */
const EVERYTHING = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*'];

/** Reads `--select` and `--exclude`: blanks and repeated flags join, commas intersect. */
export function parseSelection(
  select: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
  indirect: IndirectSelection,
): Selection {
  const wanted =
    select === undefined || select.length === 0 ? union(EVERYTHING, indirect, false) : union(select, indirect, true);
  // The two sides have had their tests already; the difference brings none back.
  return { kind: 'difference', parts: [wanted, union(exclude ?? [], indirect, true)], indirect: 'eager' };
}

function union(texts: readonly string[], indirect: IndirectSelection, warn: boolean): SelectionGroup {
  const parts = texts
    .flatMap((text) => text.split(/\s+/))
    .filter((text) => text !== '')
    .map((text): SelectionGroup => {
      const criteria = text.split(',').map((part) => parseCriterion(part, indirect));
      return { kind: 'intersection', parts: criteria, indirect, warnAs: warn ? text : undefined };
    });
  return { kind: 'union', parts, indirect };
}
