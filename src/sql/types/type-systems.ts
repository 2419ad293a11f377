import type { DialectName } from '../dialect.ts';
import { duckdbTypes } from './duckdb.ts';
import { plainTypes } from './plain.ts';
import { postgresTypes } from './postgres.ts';
import type { TypeSystem } from './type-system.ts';
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

/** A type that somebody wrote, under the name that the catalog gives it; null where it is not known. */
export function catalogType(dialect: DialectName, text: string): string | null {
  const types = typeSystemOf(dialect);
  const type = types.read(text);
  return type && textOf(types.asStored(type));
}
