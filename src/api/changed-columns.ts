import type { ManifestNode } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';

/**
 * What became of a column. `definition`: it is made in another way; `rows`: it is made as before, of rows that may be others;
 * `unknown`: nothing tells whether it is what it was.
 */
export type ColumnChange = 'added' | 'removed' | 'type' | 'definition' | 'rows' | 'unknown';

/** One column that is not what it was. */
export interface ChangedColumn {
  readonly name: string;
  readonly change: ColumnChange;
  /** For a type: what it was and what it is. */
  readonly from?: string;
  readonly to?: string;
}

/** What somebody changed in a node: which rows it has, and its columns one by one. */
export interface NodeChange {
  readonly rows: 'same' | 'changed' | 'unknown';
  /** Why nothing tells; or what else than SQL has changed its rows. */
  readonly reason?: string;
  readonly columns: readonly ChangedColumn[];
}

/** Settings that have no part in the values of a table. */
const APART = new Set(
  `tags meta docs group access grants persist_docs schema database alias indexes contract enabled packages description
  static_analysis quoting labels freshness copy_grants latest_version_pointer`.split(/\s+/),
);
/** Materializations that hold what the query gives, each time anew. */
const PLAIN = new Set(['view', 'table', 'ephemeral', 'materialized_view']);

/** Settings by which the values of a table may have become others. */
export function changedSettings(now: ManifestNode, then: ManifestNode): string[] {
  const [after, before] = [now.config, then.config] as unknown as Record<string, unknown>[];
  return [...new Set([...Object.keys(after!), ...Object.keys(before!)])].filter((key) => {
    const [to, from] = [after![key], before![key]];
    if (APART.has(key) || JSON.stringify(to ?? null) === JSON.stringify(from ?? null)) return false;
    return !(key === 'materialized' && PLAIN.has(String(to)) && PLAIN.has(String(from)));
  });
}

/**
 * Columns of a changed node that are not what they were.
 * @param other what has changed beside its SQL, and changes its rows
 */
export function changedColumns(
  now: AnalysedNode | undefined,
  then: AnalysedNode | undefined,
  other: Pick<NodeChange, 'rows' | 'reason'> | undefined,
): NodeChange {
  const { rows, reason } = other ?? changedRows(now, then);
  const [before, after] = [columnsOf(then), columnsOf(now)];
  const columns: ChangedColumn[] = [];
  for (const [key, { name }] of before)
    if (!after.has(key) && !now?.rest.length) columns.push({ name: name!, change: 'removed' });
  for (const [key, column] of after) {
    const old = before.get(key);
    const name = column.name!;
    if (!old && then && !then.rest.length) columns.push({ name, change: 'added' });
    else if (old && old.type !== null && column.type !== null && old.type !== column.type)
      columns.push({ name, change: 'type', from: old.type, to: column.type });
    else if (now?.print && then?.print && printOf(now, key) !== printOf(then, key))
      columns.push({ name, change: 'definition' });
    else if (rows !== 'same') columns.push({ name, change: rows === 'changed' ? 'rows' : 'unknown' });
  }
  return { rows, ...(reason === undefined ? {} : { reason }), columns };
}

/** Whether a node may have other rows, as far as its SQL goes. */
function changedRows(
  now: AnalysedNode | undefined,
  then: AnalysedNode | undefined,
): Pick<NodeChange, 'rows' | 'reason'> {
  if (now?.print && then?.print) return { rows: now.print.rows === then.print.rows ? 'same' : 'changed' };
  const [which, side] = now?.print ? ['before', then] : ['now', now];
  return { rows: 'unknown', reason: `the SQL of ${which} is not known: ${side?.rest[0] ?? 'it was not compiled'}` };
}

const columnsOf = (node: AnalysedNode | undefined) =>
  new Map(
    (node?.columns ?? []).flatMap((column) => (column.name === null ? [] : [[column.name.toLowerCase(), column]])),
  );

/** What a column is made of; one that is not listed of all that is not. */
const printOf = ({ print }: AnalysedNode, key: string): string | undefined => print?.columns[key] ?? print?.rest;
