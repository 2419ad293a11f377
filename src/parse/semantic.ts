import {
  type MetricInput,
  type MetricInputMeasure,
  metricInput,
  metricInputMeasure,
  metricNode,
  metricTypeParams,
  savedQueryNode,
  semanticModelNode,
  type WhereFilterIntersection,
} from '../artifacts/index.ts';
import { nearest } from '../core/index.ts';
import { toPlain } from '../jinja/index.ts';
import { nodeConfig } from './config.ts';
import { badEntry } from './diagnostics.ts';
import { describe } from './docs.ts';
import { type Draft, forName } from './draft.ts';
import { type Patch, patchSpan, plainAt, tagsAt, textAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import { referencesOf } from './references.ts';
import { disable } from './sql-nodes.ts';

/** The fields that metrics, semantic models and saved queries share. */
function shared(draft: Draft, patch: Patch, type: 'metric' | 'semantic_model' | 'saved_query') {
  const pkg = patch.package;
  const fqn = [pkg, ...patch.file.path.split('/').slice(1, -1), patch.name];
  const written = plainAt(patch.value, 'config') ?? {};
  const config = nodeConfig(draft, {
    type,
    package: pkg,
    fqn,
    patch: { ...written, ...(plainAt(patch.value, 'meta') ? { meta: plainAt(patch.value, 'meta') } : {}) },
  });
  const text = textAt(patch.value, 'description');
  return {
    name: patch.name,
    package_name: pkg,
    path: patch.file.relative,
    original_file_path: patch.file.path,
    unique_id: `${type}.${pkg}.${patch.name}`,
    fqn,
    description:
      text === undefined
        ? type === 'metric'
          ? ''
          : null
        : describe(draft, text, pkg, () => patchSpan(patch, 'description')).text,
    config: config as never,
    unrendered_config: written,
    group: (config.group as string | null) ?? textAt(patch.value, 'group') ?? null,
    created_at: draft.input.invocation.startedAt.getTime() / 1000,
  };
}

const entryOf = (patch: Patch): PlainObject => toPlain(patch.value) as PlainObject;

/** Filters written as one text or as a list. */
function filters(value: unknown): WhereFilterIntersection | null {
  if (value === undefined || value === null) return null;
  return { where_filters: [value].flat().map((text) => ({ where_sql_template: String(text) })) };
}

/** `7 days` as a count and a grain. */
function timeWindow(value: unknown): { count: number; granularity: string } | null {
  const match = typeof value === 'string' ? /^\s*(\d+)\s+(\w+?)s?\s*$/.exec(value) : null;
  return match ? { count: Number(match[1]), granularity: match[2]! } : null;
}

function measureInput(value: unknown): MetricInputMeasure | null {
  if (typeof value === 'string') return metricInputMeasure({ name: value });
  if (typeof value !== 'object' || value === null) return null;
  const given = value as PlainObject;
  return metricInputMeasure({ ...given, name: String(given.name), filter: filters(given.filter) });
}

function metricInputOf(value: unknown): MetricInput | null {
  if (typeof value === 'string') return metricInput({ name: value });
  if (typeof value !== 'object' || value === null) return null;
  const given = value as PlainObject;
  return metricInput({
    ...given,
    name: String(given.name),
    filter: filters(given.filter),
    offset_window: timeWindow(given.offset_window),
  });
}

/** Adds semantic models: what metrics are computed from. */
export function addSemanticModels(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('semantic_models') ?? [])
    forName(draft, patch.name, () => addSemanticModel(draft, patch));
}

function addSemanticModel(draft: Draft, patch: Patch): void {
  const base = shared(draft, patch, 'semantic_model');
  const entry = entryOf(patch);
  const model = textAt(patch.value, 'model') ?? '';
  const recording = referencesOf(draft, patch, [model], 'model');
  const list = (key: string, defaults: PlainObject): PlainObject[] =>
    (Array.isArray(entry[key]) ? entry[key] : []).map((item: PlainObject) => ({ ...defaults, ...item }));
  const none = { description: null, label: null, expr: null, config: null };
  const node = semanticModelNode({
    ...base,
    model,
    label: textAt(patch.value, 'label') ?? null,
    defaults: entry.defaults ? { agg_time_dimension: null, ...(entry.defaults as object) } : null,
    entities: list('entities', { ...none, role: null }),
    measures: list('measures', {
      ...none,
      create_metric: false,
      agg_params: null,
      non_additive_dimension: null,
      agg_time_dimension: null,
    }),
    dimensions: list('dimensions', {
      ...none,
      is_partition: false,
      type_params: null,
      metadata: null,
      datatype: null,
    }).map(withTypeParams) as never,
    primary_entity: textAt(patch.value, 'primary_entity') ?? null,
    refs: recording.refArgs(),
  } as never);
  draft.recordings.set(node.unique_id, recording);
  if (node.config.enabled === false) {
    disable(draft, node);
    return;
  }
  draft.semanticModels.set(node.unique_id, node);
  draft.places.set(node.unique_id, { file: patch.file, yamlPath: patch.path });
  for (const measure of node.measures)
    if (measure.create_metric) addMeasureMetric(draft, patch, measure.name, measure.label);
}

function withTypeParams(dimension: PlainObject): PlainObject {
  const params = dimension.type_params as PlainObject | null;
  return params ? { ...dimension, type_params: { validity_params: null, ...params } } : dimension;
}

/** The metric that `create_metric: true` asks for. */
function addMeasureMetric(draft: Draft, patch: Patch, name: string, label: string | null): void {
  const measure = metricInputMeasure({ name });
  const fields = shared(draft, { ...patch, name }, 'metric');
  const node = metricNode({
    ...fields,
    description: fields.description ?? '',
    config: nodeConfig(draft, { type: 'metric', package: patch.package, fqn: fields.fqn }),
    label: label ?? name,
    type: 'simple',
    type_params: metricTypeParams({ measure, input_measures: [measure], metrics: [] }),
  });
  draft.metrics.set(node.unique_id, node);
  draft.places.set(node.unique_id, { file: patch.file, yamlPath: patch.path });
}

/** Adds metrics. */
export function addMetrics(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('metrics') ?? [])
    forName(draft, patch.name, () => addMetric(draft, patch));
}

function addMetric(draft: Draft, patch: Patch): void {
  const base = shared(draft, patch, 'metric');
  const entry = entryOf(patch);
  const params = (entry.type_params ?? {}) as PlainObject;
  const conversion = params.conversion_type_params as PlainObject | undefined;
  const cumulative = params.cumulative_type_params as PlainObject | undefined;
  const type = String(entry.type ?? 'simple');
  const measure = measureInput(params.measure);
  const node = metricNode({
    ...base,
    description: base.description ?? '',
    label: textAt(patch.value, 'label') ?? patch.name,
    type: type as never,
    type_params: metricTypeParams({
      measure,
      input_measures: measure ? [measure] : [],
      numerator: metricInputOf(params.numerator),
      denominator: metricInputOf(params.denominator),
      expr: params.expr === undefined || params.expr === null ? null : String(params.expr),
      window: timeWindow(params.window),
      grain_to_date: (params.grain_to_date as string | undefined) ?? null,
      metrics: (Array.isArray(params.metrics) ? params.metrics : []).map((m) => metricInputOf(m)!),
      conversion_type_params: conversion
        ? ({
            calculation: 'conversion_rate',
            constant_properties: null,
            base_metric: null,
            conversion_metric: null,
            ...conversion,
            base_measure: measureInput(conversion.base_measure),
            conversion_measure: measureInput(conversion.conversion_measure),
            window: timeWindow(conversion.window),
          } as never)
        : null,
      cumulative_type_params:
        type === 'cumulative'
          ? {
              window: timeWindow(cumulative?.window ?? params.window),
              grain_to_date: ((cumulative?.grain_to_date ?? params.grain_to_date) as string | undefined) ?? null,
              period_agg: (cumulative?.period_agg as string | undefined) ?? 'first',
              metric: metricInputOf(cumulative?.metric),
            }
          : null,
    }),
    filter: filters(entry.filter),
    time_granularity: textAt(patch.value, 'time_granularity') ?? null,
    meta: plainAt(patch.value, 'meta') ?? {},
    tags: tagsAt(patch.value),
  } as never);
  if (node.config.enabled === false) {
    disable(draft, node);
    return;
  }
  draft.metrics.set(node.unique_id, node);
  draft.places.set(node.unique_id, { file: patch.file, yamlPath: patch.path });
}

/** Adds saved queries. */
export function addSavedQueries(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('saved_queries') ?? [])
    forName(draft, patch.name, () => addSavedQuery(draft, patch));
}

function addSavedQuery(draft: Draft, patch: Patch): void {
  const base = shared(draft, patch, 'saved_query');
  const entry = entryOf(patch);
  const params = (entry.query_params ?? {}) as PlainObject;
  const exports = (Array.isArray(entry.exports) ? entry.exports : []) as PlainObject[];
  const node = savedQueryNode({
    ...base,
    label: textAt(patch.value, 'label') ?? null,
    query_params: {
      metrics: (params.metrics as string[] | undefined) ?? [],
      group_by: (params.group_by as string[] | undefined) ?? [],
      where: filters(params.where),
      order_by: (params.order_by as string[] | undefined) ?? [],
      limit: (params.limit as number | undefined) ?? null,
    },
    exports: exports.map((item) => exportOf(draft, item)),
    tags: tagsAt(patch.value),
  } as never);
  if (node.config.enabled === false) {
    disable(draft, node);
    return;
  }
  draft.savedQueries.set(node.unique_id, node);
  draft.places.set(node.unique_id, { file: patch.file, yamlPath: patch.path });
}

function exportOf(draft: Draft, item: PlainObject) {
  const config = (item.config ?? {}) as PlainObject;
  const { credentials } = draft.input;
  return {
    name: String(item.name),
    config: {
      export_as: (config.export_as as 'table' | 'view' | undefined) ?? 'table',
      schema_name: (config.schema as string | undefined) ?? credentials.schema,
      alias: (config.alias as string | undefined) ?? String(item.name),
      database: credentials.database,
    },
    unrendered_config: config,
  };
}

/** Joins metrics to what they are computed from; saved queries to their metrics. Reports names that are not there. */
export function linkMetrics(draft: Draft): void {
  const models = new Map<string, string>();
  for (const model of draft.semanticModels.values())
    for (const measure of model.measures) models.set(measure.name, model.unique_id);
  const metrics = new Map([...draft.metrics.values()].map((m) => [m.name, m.unique_id]));
  for (const node of draft.metrics.values()) {
    const parents = new Set<string>();
    const { type_params: params } = node;
    const measures = [
      params.measure,
      params.conversion_type_params?.base_measure,
      params.conversion_type_params?.conversion_measure,
    ];
    for (const measure of measures) {
      if (!measure) continue;
      const model = models.get(measure.name);
      if (model) parents.add(model);
      else
        missing(
          draft,
          node.unique_id,
          'metrics',
          node.name,
          `measure '${measure.name}' is in no semantic model`,
          measure.name,
          models.keys(),
        );
    }
    for (const input of [
      params.numerator,
      params.denominator,
      params.cumulative_type_params?.metric,
      ...(params.metrics ?? []),
    ]) {
      if (!input) continue;
      const metric = metrics.get(input.name);
      if (metric) parents.add(metric);
      else
        missing(
          draft,
          node.unique_id,
          'metrics',
          node.name,
          `metric '${input.name}' was not found`,
          input.name,
          metrics.keys(),
        );
    }
    draft.metrics.set(node.unique_id, { ...node, depends_on: { macros: [], nodes: [...parents] } });
  }
  for (const node of draft.savedQueries.values()) {
    const parents = new Set<string>();
    for (const name of node.query_params.metrics) {
      const metric = metrics.get(name);
      if (metric) parents.add(metric);
      else
        missing(
          draft,
          node.unique_id,
          'saved_queries',
          node.name,
          `metric '${name}' was not found`,
          name,
          metrics.keys(),
        );
    }
    draft.savedQueries.set(node.unique_id, { ...node, depends_on: { macros: [], nodes: [...parents] } });
  }
}

function missing(
  draft: Draft,
  id: string,
  section: string,
  name: string,
  reason: string,
  wanted: string,
  known: Iterable<string>,
): void {
  const near = nearest(wanted, known);
  const place = draft.places.get(id);
  const patch = place && draft.patches.bySection.get(section)?.find((p) => p.name === name);
  draft.problems.push(
    badEntry(
      { section, name, reason: near ? `${reason}; did you mean '${near}'?` : reason },
      { at: patch && patchSpan(patch) },
    ),
  );
}
