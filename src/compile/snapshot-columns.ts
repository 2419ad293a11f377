import type { Manifest, ManifestNode } from '../artifacts/index.ts';
import { catalogType, type DialectName, type OutputColumn } from '../sql/index.ts';

/** Macros that make the columns of a snapshot: a project with its own may make them of other types. */
const MAKERS =
  /^(\w+__)?(build_snapshot_table|snapshot_hash_arguments|snapshot_get_time|current_timestamp|snapshot_\w+_strategy)$/;

interface SnapshotConfig {
  readonly snapshot_meta_column_names?: Readonly<Record<string, string | null>>;
  readonly hard_deletes?: string | null;
  readonly updated_at?: string | null;
  readonly dbt_valid_to_current?: string | null;
}

/** The columns that a snapshot has besides those of its query. */
export function snapshotColumns(
  node: ManifestNode,
  query: readonly OutputColumn[],
  dialect: DialectName,
  { macros }: Manifest,
): OutputColumn[] {
  const config = node.config as SnapshotConfig;
  const isOwn = Object.values(macros).some(
    ({ name, package_name: from }) => !/^dbt(_duckdb|_postgres)?$/.test(from) && MAKERS.test(name),
  );
  // Of other dialects than these two it is not known how they name types.
  const isKnown = !isOwn && (dialect === 'duckdb' || dialect === 'postgres');
  const text = isKnown ? catalogType(dialect, 'text') : null;
  const since = ((): string | null => {
    if (!isKnown) return null;
    const { updated_at: column } = config;
    if (!column) return catalogType(dialect, 'timestamp');
    return query.find(({ name }) => name?.toLowerCase() === column.toLowerCase())?.type ?? null;
  })();
  const own: readonly (readonly [string, string | null])[] = [
    ['dbt_scd_id', text],
    ['dbt_updated_at', since],
    ['dbt_valid_from', since],
    ['dbt_valid_to', config.dbt_valid_to_current ? null : since],
    ...(config.hard_deletes === 'new_record' ? ([['dbt_is_deleted', text]] as const) : []),
  ];
  return own.map(([name, type]) => ({ name: config.snapshot_meta_column_names?.[name] ?? name, type, edges: [] }));
}
