import { defaultConfig, type MetricConfig } from './config.ts';
import type { DependsOn, Given, RefArgs } from './parts.ts';

/** Filters that must all hold. */
export interface WhereFilterIntersection {
  readonly where_filters: readonly { readonly where_sql_template: string }[];
}

/** Where in a file a semantic element was written. */
export interface SourceFileMetadata {
  readonly repo_file_path: string;
  readonly file_slice: {
    readonly filename: string;
    readonly content: string;
    readonly start_line_number: number;
    readonly end_line_number: number;
  };
}

/** Parameters of a percentile. */
export interface AggregationParams {
  readonly percentile: number | null;
  readonly use_discrete_percentile: boolean;
  readonly use_approximate_percentile: boolean;
}

/** A dimension a measure must not be summed over. */
export interface NonAdditiveDimension {
  readonly name: string;
  readonly window_choice: string;
  readonly window_groupings: readonly string[];
}

/** A measure a metric reads. */
export interface MetricInputMeasure {
  readonly name: string;
  readonly filter: WhereFilterIntersection | null;
  readonly alias: string | null;
  readonly join_to_timespine: boolean;
  readonly fill_nulls_with: number | null;
}

/** A stretch of time, `7 day`. */
export interface MetricTimeWindow {
  readonly count: number;
  readonly granularity: string;
}

/** A metric another metric reads. */
export interface MetricInput {
  readonly name: string;
  readonly filter: WhereFilterIntersection | null;
  readonly alias: string | null;
  readonly offset_window: MetricTimeWindow | null;
  readonly offset_to_grain: string | null;
}

/** What a conversion metric is made of. */
export interface ConversionTypeParams {
  readonly entity: string;
  readonly base_measure: MetricInputMeasure | null;
  readonly conversion_measure: MetricInputMeasure | null;
  readonly base_metric: MetricInput | null;
  readonly conversion_metric: MetricInput | null;
  readonly calculation: string;
  readonly window: MetricTimeWindow | null;
  readonly constant_properties:
    | readonly { readonly base_property: string; readonly conversion_property: string }[]
    | null;
}

/** What a cumulative metric is made of. */
export interface CumulativeTypeParams {
  readonly window: MetricTimeWindow | null;
  readonly grain_to_date: string | null;
  readonly period_agg: string;
  readonly metric: MetricInput | null;
}

/** How a simple metric without a measure aggregates. */
export interface MetricAggregationParams {
  readonly semantic_model: string;
  readonly agg: string;
  readonly agg_params: AggregationParams | null;
  readonly agg_time_dimension: string | null;
  readonly non_additive_dimension: NonAdditiveDimension | null;
}

/** What a metric is made of, by type. */
export interface MetricTypeParams {
  readonly measure: MetricInputMeasure | null;
  readonly input_measures: readonly MetricInputMeasure[];
  readonly numerator: MetricInput | null;
  readonly denominator: MetricInput | null;
  readonly expr: string | null;
  readonly window: MetricTimeWindow | null;
  readonly grain_to_date: string | null;
  readonly metrics: readonly MetricInput[] | null;
  readonly conversion_type_params: ConversionTypeParams | null;
  readonly cumulative_type_params: CumulativeTypeParams | null;
  readonly metric_aggregation_params: MetricAggregationParams | null;
  readonly fill_nulls_with: number | null;
  readonly join_to_timespine: boolean;
  readonly is_private: boolean | null;
}

/** A metric. */
export interface MetricNode {
  readonly name: string;
  readonly resource_type: 'metric';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly label: string;
  readonly type: 'simple' | 'ratio' | 'cumulative' | 'derived' | 'conversion';
  readonly type_params: MetricTypeParams;
  readonly filter: WhereFilterIntersection | null;
  readonly metadata: SourceFileMetadata | null;
  readonly time_granularity: string | null;
  readonly config: MetricConfig;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  readonly sources: readonly (readonly string[])[];
  readonly depends_on: DependsOn;
  readonly refs: readonly RefArgs[];
  readonly metrics: readonly (readonly string[])[];
  readonly created_at: number;
  readonly group: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
}

/** A metric as input of a metric, with dbt's defaults. */
export function metricInput(given: Given<MetricInput, 'name'>): MetricInput {
  const { name, ...rest } = given;
  return { name, filter: null, alias: null, offset_window: null, offset_to_grain: null, ...rest };
}

/** A measure as input of a metric, with dbt's defaults. */
export function metricInputMeasure(given: Given<MetricInputMeasure, 'name'>): MetricInputMeasure {
  const { name, ...rest } = given;
  return { name, filter: null, alias: null, join_to_timespine: false, fill_nulls_with: null, ...rest };
}

/** The parameters of a metric with dbt's defaults. */
export function metricTypeParams(given: Partial<MetricTypeParams>): MetricTypeParams {
  return {
    measure: null,
    input_measures: [],
    numerator: null,
    denominator: null,
    expr: null,
    window: null,
    grain_to_date: null,
    metrics: [],
    conversion_type_params: null,
    cumulative_type_params: null,
    metric_aggregation_params: null,
    fill_nulls_with: null,
    join_to_timespine: false,
    is_private: null,
    ...given,
  };
}

type Required =
  | 'name'
  | 'package_name'
  | 'path'
  | 'original_file_path'
  | 'unique_id'
  | 'fqn'
  | 'label'
  | 'type'
  | 'type_params';

/** A metric with dbt's defaults. */
export function metricNode(given: Given<MetricNode, Required>): MetricNode {
  const blank = {
    name: '',
    resource_type: 'metric' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    description: '',
    label: '',
    type: given.type,
    type_params: given.type_params,
    filter: null,
    metadata: null,
    time_granularity: null,
    config: given.config ?? defaultConfig('metric'),
    unrendered_config: {},
    sources: [],
    depends_on: { macros: [], nodes: [] },
    refs: [],
    metrics: [],
    created_at: 0,
    group: null,
    meta: {},
    tags: [],
  };
  return { ...blank, ...given };
}
