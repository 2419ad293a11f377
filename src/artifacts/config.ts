import type { Access, Docs, FreshnessThreshold, ResourceType } from './parts.ts';

/** A pre- or post-hook. */
export interface Hook {
  readonly sql: string;
  readonly transaction: boolean;
  readonly index: number | null;
}

/** What the configs of all relations and tests share. Keys dbt does not know are kept. */
export interface BaseConfig {
  readonly enabled: boolean;
  readonly alias: string | null;
  readonly schema: string | null;
  readonly database: string | null;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly group: string | null;
  readonly static_analysis: string | null;
  readonly materialized: string;
  readonly [key: string]: unknown;
}

/** The config of analyses and operations, and the beginning of that of models, seeds, snapshots and functions. */
export interface NodeConfig extends BaseConfig {
  readonly incremental_strategy: string | null;
  readonly batch_size: string | null;
  readonly lookback: number;
  readonly begin: string | null;
  readonly persist_docs: Readonly<Record<string, unknown>>;
  readonly 'post-hook': readonly Hook[];
  readonly 'pre-hook': readonly Hook[];
  readonly quoting: Readonly<Record<string, unknown>>;
  readonly column_types: Readonly<Record<string, unknown>>;
  readonly full_refresh: boolean | null;
  readonly unique_key: string | readonly string[] | null;
  readonly on_schema_change: string | null;
  readonly on_configuration_change: string;
  readonly grants: Readonly<Record<string, unknown>>;
  readonly packages: readonly string[];
  readonly docs: Docs;
  readonly contract: { readonly enforced: boolean; readonly alias_types: boolean };
  readonly event_time: string | null;
  readonly concurrent_batches: boolean | null;
}

/** When a model has to be built again, for schedulers that know the state of its inputs. */
export interface ModelFreshness {
  readonly build_after: {
    readonly count: number | null;
    readonly period: 'minute' | 'hour' | 'day' | null;
    readonly updates_on: 'all' | 'any';
  };
}

export interface ModelConfig extends NodeConfig {
  readonly access: Access;
  readonly freshness: ModelFreshness | null;
  readonly on_error: 'skip_children' | 'continue' | null;
  readonly latest_version_pointer: { readonly enabled: boolean | null; readonly alias: string | null };
}

export interface SeedConfig extends NodeConfig {
  readonly delimiter: string;
  readonly quote_columns: boolean | null;
}

export interface SnapshotConfig extends NodeConfig {
  readonly strategy: string | null;
  readonly target_schema: string | null;
  readonly target_database: string | null;
  readonly updated_at: string | null;
  readonly check_cols: string | readonly string[] | null;
  readonly snapshot_meta_column_names: SnapshotMetaColumnNames;
  readonly dbt_valid_to_current: string | null;
}

/** Own names for the columns a snapshot adds. */
export interface SnapshotMetaColumnNames {
  readonly dbt_valid_to: string | null;
  readonly dbt_valid_from: string | null;
  readonly dbt_scd_id: string | null;
  readonly dbt_updated_at: string | null;
  readonly dbt_is_deleted: string | null;
}

export interface FunctionConfig extends NodeConfig {
  readonly type: 'scalar' | 'aggregate' | 'table';
  readonly volatility: 'deterministic' | 'stable' | 'non-deterministic' | null;
  readonly runtime_version: string | null;
  readonly entry_point: string | null;
  readonly snowflake: { readonly quote_args: boolean };
}

export interface TestConfig extends BaseConfig {
  readonly severity: string;
  readonly store_failures: boolean | null;
  readonly store_failures_as: string | null;
  readonly sql_header: string | null;
  readonly where: string | null;
  readonly limit: number | null;
  readonly fail_calc: string;
  readonly warn_if: string;
  readonly error_if: string;
}

export interface SourceConfig {
  readonly enabled: boolean;
  readonly event_time: string | null;
  readonly freshness: FreshnessThreshold | null;
  readonly loaded_at_field: string | null;
  readonly loaded_at_query: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly static_analysis: string | null;
  readonly [key: string]: unknown;
}

export interface ExposureConfig {
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The config of metrics and semantic models. */
export interface MetricConfig {
  readonly enabled: boolean;
  readonly group: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface SavedQueryConfig extends MetricConfig {
  readonly export_as: 'table' | 'view' | null;
  readonly schema: string | null;
  readonly cache: { readonly enabled: boolean };
}

export interface UnitTestConfig {
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly static_analysis: string | null;
  readonly [key: string]: unknown;
}

export interface GroupConfig {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface MacroConfig {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly docs: Docs;
  readonly [key: string]: unknown;
}

/** The config type of each resource type that has one. */
export interface ConfigOf {
  model: ModelConfig;
  seed: SeedConfig;
  snapshot: SnapshotConfig;
  test: TestConfig;
  analysis: NodeConfig;
  operation: NodeConfig;
  sql_operation: NodeConfig;
  function: FunctionConfig;
  source: SourceConfig;
  exposure: ExposureConfig;
  metric: MetricConfig;
  semantic_model: MetricConfig;
  saved_query: SavedQueryConfig;
  unit_test: UnitTestConfig;
  group: GroupConfig;
  macro: MacroConfig;
}

/** A resource type that has a config. */
export type ConfiguredType = keyof ConfigOf & ResourceType;

const docs = (): Docs => ({ show: true, node_color: null });

const base = (materialized: string) => ({
  enabled: true,
  alias: null,
  schema: null as string | null,
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
  materialized,
});

const node = (materialized: string): NodeConfig => ({
  ...base(materialized),
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: {},
  'post-hook': [],
  'pre-hook': [],
  quoting: {},
  column_types: {},
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: {},
  packages: [],
  docs: docs(),
  contract: { enforced: false, alias_types: true },
  event_time: null,
  concurrent_batches: null,
});

const metric = (): MetricConfig => ({ enabled: true, group: null, meta: {} });

const DEFAULTS: { readonly [Type in keyof ConfigOf]: () => ConfigOf[Type] } = {
  model: () => ({
    ...node('view'),
    access: 'protected',
    freshness: null,
    on_error: null,
    latest_version_pointer: { enabled: null, alias: null },
  }),
  seed: () => ({ ...node('seed'), delimiter: ',', quote_columns: null }),
  snapshot: () => ({
    ...node('snapshot'),
    strategy: null,
    target_schema: null,
    target_database: null,
    updated_at: null,
    check_cols: null,
    snapshot_meta_column_names: {
      dbt_valid_to: null,
      dbt_valid_from: null,
      dbt_scd_id: null,
      dbt_updated_at: null,
      dbt_is_deleted: null,
    },
    dbt_valid_to_current: null,
  }),
  test: () => ({
    ...base('test'),
    schema: 'dbt_test__audit',
    severity: 'ERROR',
    store_failures: null,
    store_failures_as: null,
    sql_header: null,
    where: null,
    limit: null,
    fail_calc: 'count(*)',
    warn_if: '!= 0',
    error_if: '!= 0',
  }),
  analysis: () => node('view'),
  operation: () => node('view'),
  sql_operation: () => node('view'),
  function: () => ({
    ...node('function'),
    type: 'scalar',
    volatility: null,
    runtime_version: null,
    entry_point: null,
    snowflake: { quote_args: true },
  }),
  source: () => ({
    enabled: true,
    event_time: null,
    freshness: {
      warn_after: { count: null, period: null },
      error_after: { count: null, period: null },
      filter: null,
    },
    loaded_at_field: null,
    loaded_at_query: null,
    meta: {},
    tags: [],
    static_analysis: null,
  }),
  exposure: () => ({ enabled: true, tags: [], meta: {} }),
  metric,
  semantic_model: metric,
  saved_query: () => ({ ...metric(), export_as: null, schema: null, cache: { enabled: false } }),
  unit_test: () => ({ tags: [], meta: {}, enabled: true, static_analysis: null }),
  group: () => ({ meta: {} }),
  macro: () => ({ meta: {}, docs: docs() }),
};

/** dbt's default config of a resource type: all keys, in dbt's order, in a fresh object. */
export function defaultConfig<Type extends ConfiguredType>(type: Type): ConfigOf[Type] {
  return DEFAULTS[type]();
}
