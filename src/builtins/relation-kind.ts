import type { RelationType } from '../core/index.ts';
import { PyError, str, Undefined, type Value } from '../jinja/index.ts';

/** Names of kinds that `Relation.Table` and the like stand for. */
export const kinds: Readonly<Record<string, string>> = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  MaterializedView: 'materialized_view',
  Ephemeral: 'ephemeral',
  External: 'external',
  PointerTable: 'pointer_table',
  Function: 'function',
};
const coreKinds: ReadonlySet<string> = new Set(['table', 'view', 'cte', 'materialized_view', 'external', 'function']);
/** Kinds by the names of the attributes that ask for them. */
export const isKind: Readonly<Record<string, string>> = {
  is_table: 'table',
  is_view: 'view',
  is_cte: 'cte',
  is_materialized_view: 'materialized_view',
  is_pointer: 'pointer_table',
  is_function: 'function',
  is_external: 'external',
};

/** A kind of relation as core knows it; null for any other. */
export function relationType(kind: string | null): RelationType | null {
  return kind !== null && coreKinds.has(kind) ? (kind as RelationType) : null;
}

/** A kind that a template names, or null. Throws as Python does where there is none of that name. */
export function kindOf(value: Value): string | null {
  if (value === null || value instanceof Undefined) return null;
  const kind = str(value);
  if (Object.values(kinds).includes(kind)) return kind;
  throw new PyError('ValueError', `'${kind}' is not a type of relation; there are ${Object.values(kinds).join(', ')}`);
}
