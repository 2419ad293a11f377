import type { DialectName } from '../dialect.ts';
import { duckdbTypes } from './duckdb.ts';
import { plainTypes } from './plain.ts';
import { postgresTypes } from './postgres.ts';
import { isMismatch, type Mismatch, type TypeSystem } from './type-system.ts';
import { textOf } from './written-type.ts';

/** The types of a dialect. */
export function typeSystemOf(dialect: DialectName): TypeSystem {
  switch (dialect) {
    case 'duckdb':
      return duckdbTypes;
    case 'postgres':
      return postgresTypes;
    default:
      return plainTypes;
  }
}

/** The types of a dialect in a warehouse that has functions and settings of its own. */
export function withFacts(
  types: TypeSystem,
  { castsAll = false, ownNames = [] }: { readonly castsAll?: boolean; readonly ownNames?: readonly string[] },
): TypeSystem {
  if (!castsAll && !ownNames.length) return types;
  const own = new Set(ownNames);
  const allowed = <T>(found: T | Mismatch): T | Mismatch | null =>
    castsAll && found && isMismatch(found as never) ? null : found;
  const withOwn = (names: ReadonlySet<string> | undefined) => names && new Set([...names, ...own]);
  return {
    ...types,
    call: (name, args) => (own.has(name) ? null : allowed(types.call(name, args))),
    common: (all, meeting) => allowed(types.common(all, meeting)),
    comparison: (...given) => (castsAll ? undefined : types.comparison(...given)),
    functions: withOwn(types.functions),
    names: withOwn(types.names),
  };
}

/** A type that somebody wrote, under the name that the catalog gives it; null where it is not known. */
export function catalogType(dialect: DialectName, text: string): string | null {
  const types = typeSystemOf(dialect);
  const type = types.read(text);
  return type && textOf(types.asStored(type));
}
