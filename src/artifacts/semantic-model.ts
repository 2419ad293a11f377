import { defaultConfig, type MetricConfig } from './config.ts';
import type { AggregationParams, NonAdditiveDimension, SourceFileMetadata } from './metric.ts';
import type { DependsOn, Given, RefArgs } from './parts.ts';

/** The config of an entity, a dimension or a measure. */
export interface SemanticElementConfig {
  readonly meta: Readonly<Record<string, unknown>>;
}

/** A key a semantic model can be joined on. */
export interface Entity {
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly label: string | null;
  readonly role: string | null;
  readonly expr: string | null;
  readonly config: SemanticElementConfig | null;
}

/** Something a metric is aggregated from. */
export interface Measure {
  readonly name: string;
  readonly agg: string;
  readonly description: string | null;
  readonly label: string | null;
  readonly create_metric: boolean;
  readonly expr: string | null;
  readonly agg_params: AggregationParams | null;
  readonly non_additive_dimension: NonAdditiveDimension | null;
  readonly agg_time_dimension: string | null;
  readonly config: SemanticElementConfig | null;
}

/** Something a metric is grouped by. */
export interface Dimension {
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly label: string | null;
  readonly is_partition: boolean;
  readonly type_params: {
    readonly time_granularity: string;
    readonly validity_params: { readonly is_start: boolean; readonly is_end: boolean } | null;
  } | null;
  readonly expr: string | null;
  readonly metadata: SourceFileMetadata | null;
  readonly config: SemanticElementConfig | null;
  readonly datatype: string | null;
}

/** A model seen as entities, dimensions and measures. */
export interface SemanticModelNode {
  readonly name: string;
  readonly resource_type: 'semantic_model';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly model: string;
  readonly node_relation: {
    readonly alias: string;
    readonly schema_name: string;
    readonly database: string | null;
    readonly relation_name: string | null;
  } | null;
  readonly description: string | null;
  readonly label: string | null;
  readonly defaults: { readonly agg_time_dimension: string | null } | null;
  readonly entities: readonly Entity[];
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  readonly metadata: SourceFileMetadata | null;
  readonly depends_on: DependsOn;
  readonly refs: readonly RefArgs[];
  readonly created_at: number;
  readonly config: MetricConfig;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  readonly primary_entity: string | null;
  readonly group: string | null;
}

type Required = 'name' | 'package_name' | 'path' | 'original_file_path' | 'unique_id' | 'fqn' | 'model';

/** A semantic model with dbt's defaults. */
export function semanticModelNode(given: Given<SemanticModelNode, Required>): SemanticModelNode {
  const blank = {
    name: '',
    resource_type: 'semantic_model' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    model: '',
    node_relation: null,
    description: null,
    label: null,
    defaults: null,
    entities: [],
    measures: [],
    dimensions: [],
    metadata: null,
    depends_on: { macros: [], nodes: [] },
    refs: [],
    created_at: 0,
    config: given.config ?? defaultConfig('semantic_model'),
    unrendered_config: {},
    primary_entity: null,
    group: null,
  };
  return { ...blank, ...given };
}
