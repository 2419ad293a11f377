export type RelationType = 'table' | 'view' | 'cte' | 'materialized_view' | 'external' | 'function';

/** A table or view of a warehouse, as plain data. Any part may be missing. */
export interface Relation {
  readonly database?: string | null;
  readonly schema?: string | null;
  readonly identifier?: string | null;
  readonly type?: RelationType | null;
}

/** A column of a relation, as plain data. `dataType` is the warehouse's own spelling. */
export interface Column {
  readonly name: string;
  readonly dataType: string;
}
