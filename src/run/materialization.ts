import { findMacro, type Macro, type MacroIndex } from '../builtins/index.ts';

/** Every materialization there is, for "did you mean". */
export function materializationNames(index: MacroIndex): string[] {
  const names = new Set<string>();
  for (const macros of index.packages.values()) {
    for (const name of macros.keys()) {
      const match = /^materialization_(.+)_[^_]+$/.exec(name);
      if (match) names.add(match[1]!);
    }
  }
  return [...names];
}

/**
 * The macro of a materialization: the one closest to the adapter; among those the root project's, then dbt's own,
 * then one of an installed package (which may add materializations, but not quietly replace dbt's).
 */
export function findMaterialization(index: MacroIndex, materialized: string): Macro | undefined {
  for (const prefix of index.prefixes) {
    const name = `materialization_${materialized}_${prefix}`;
    const found = findMacro(index, index.root, name);
    if (found) return found;
    for (const macros of index.packages.values()) {
      const imported = macros.get(name);
      if (imported) return imported;
    }
  }
  return undefined;
}
