/** An artifact as it was read, before anything is known of it. */
export type Raw = Record<string, unknown>;

/** Sections that came with later versions. */
const SECTIONS = [
  'nodes',
  'sources',
  'macros',
  'docs',
  'exposures',
  'metrics',
  'groups',
  'selectors',
  'disabled',
  'parent_map',
  'child_map',
  'group_map',
  'saved_queries',
  'semantic_models',
  'unit_tests',
  'functions',
] as const;

/** The last version whose refs may be lists of arguments, and whose code may be called `raw_sql`. */
const NAMED_REFS = 9;
/** The version whose metrics were the first of today's kind. */
const TODAYS_METRICS = 10;

/** Brings a manifest up to version 12. The object handed in is changed and handed back: it is large. */
export function upgradeManifest(manifest: Raw, version: number): Raw {
  for (const section of SECTIONS) manifest[section] ??= {};
  // Metrics of old have too little in common with today's to be compared with them.
  if (version < TODAYS_METRICS) manifest.metrics = {};
  for (const section of ['nodes', 'exposures', 'metrics'] as const) {
    for (const node of Object.values(manifest[section] as Record<string, Raw>)) upgradeNode(node, version);
  }
  const disabled = manifest.disabled as Record<string, Raw[]>;
  for (const [id, nodes] of Object.entries(disabled)) {
    disabled[id] = nodes.filter((node) => version >= TODAYS_METRICS || node.resource_type !== 'metric');
    for (const node of disabled[id]) upgradeNode(node, version);
  }
  return manifest;
}

function upgradeNode(node: Raw, version: number): void {
  if (version <= NAMED_REFS) {
    rename(node, 'raw_sql', 'raw_code');
    rename(node, 'compiled_sql', 'compiled_code');
    if (Array.isArray(node.refs)) node.refs = node.refs.map(namedRef);
    if (node.raw_code !== undefined) node.language ??= 'sql';
    if (node.resource_type !== 'seed') delete node.root_path;
  }
  if (version === TODAYS_METRICS && node.resource_type === 'metric') upgradeFilters(node);
}

function rename(node: Raw, from: string, to: string): void {
  if (!(from in node)) return;
  node[to] = node[from];
  delete node[from];
}

function namedRef(ref: unknown): unknown {
  if (!Array.isArray(ref)) return ref;
  const [first, second] = ref as readonly string[];
  return second === undefined
    ? { name: first, package: null, version: null }
    : { name: second, package: first, version: null };
}

/** A filter was one condition, and is now a list of them. */
function upgradeFilters(metric: Raw): void {
  const params = (metric.type_params ?? {}) as Record<string, unknown>;
  const filtered = [metric, params.measure, params.numerator, params.denominator];
  for (const list of [params.input_measures, params.metrics]) if (Array.isArray(list)) filtered.push(...list);
  for (const item of filtered as (Raw | null | undefined)[]) {
    const filter = item?.filter;
    if (item && typeof filter === 'object' && filter !== null && !('where_filters' in filter)) {
      item.filter = { where_filters: [filter] };
    }
  }
}

/** Brings the results of a run up to version 6. */
export function upgradeRunResults(artifact: Raw): Raw {
  const results = Array.isArray(artifact.results) ? (artifact.results as Raw[]) : [];
  for (const result of results) {
    for (const field of ['message', 'failures', 'compiled', 'compiled_code', 'relation_name', 'batch_results']) {
      result[field] ??= null;
    }
  }
  artifact.results = results;
  artifact.args ??= {};
  return artifact;
}
