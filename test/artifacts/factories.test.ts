import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  analysisNode,
  type ConfiguredType,
  columnInfo,
  compiledNode,
  defaultConfig,
  docNode,
  emptyManifest,
  exposureNode,
  functionNode,
  genericTestNode,
  graphNodes,
  groupNode,
  macroNode,
  manifestMetadata,
  metricInput,
  metricNode,
  metricTypeParams,
  modelConstraint,
  modelNode,
  operationNode,
  savedQueryNode,
  seedNode,
  semanticModelNode,
  singularTestNode,
  snapshotNode,
  sourceNode,
  unitTestNode,
  withEdgeMaps,
} from '../../src/artifacts/index.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;

/** The keys of each kind of node, in the order in which dbt 1.12.6 writes them. */
const dbtKeys = read<Record<string, { keys: string[]; config?: string[] }>>('./dbt-keys.json');
const dbtDefaults = read<Record<ConfiguredType, unknown>>('./dbt-default-configs.json');

const place = { name: 'x', package_name: 'shop', path: 'x', original_file_path: 'models/x', unique_id: 'model.shop.x' };
const member = { ...place, fqn: ['shop', 'x'] };
const node = { ...member, schema: 'main', alias: 'x', checksum: { name: 'sha256', checksum: '' } };
const origin = { id: 'i', startedAt: new Date(0), env: { DBT_ENV_CUSTOM_ENV_TEAM: 'a', OTHER: 'b' } };
const metadata = manifestMetadata(origin, new Date(0), {
  project_name: 'shop',
  project_id: null,
  adapter_type: 'duckdb',
  quoting: null,
});
const fixture = { rows: null, format: 'dict' as const, fixture: null };

const made: Record<string, object> = {
  model: modelNode(node),
  seed: seedNode(node),
  snapshot: snapshotNode(node),
  analysis: analysisNode(node),
  singular: singularTestNode(node),
  generic: genericTestNode({ ...node, test_metadata: { name: 'unique', kwargs: {}, namespace: null } }),
  operation: operationNode(node),
  source: sourceNode({ ...member, schema: 'main', source_name: 's', identifier: 'x' }),
  macro: macroNode({ ...place, macro_sql: '' }),
  doc: docNode({ ...place, block_contents: '' }),
  exposure: exposureNode({ ...member, type: 'dashboard', owner: { email: null, name: 'o' } }),
  group: groupNode(place),
  metric: metricNode({ ...member, label: 'x', type: 'simple', type_params: metricTypeParams({}) }),
  semantic_model: semanticModelNode({ ...member, model: "ref('x')" }),
  saved_query: savedQueryNode({
    ...member,
    query_params: { metrics: [], group_by: [], where: null, order_by: [], limit: null },
  }),
  unit_test: unitTestNode({ ...member, model: 'x', given: [], expect: fixture }),
  function: functionNode({ ...node, returns: { data_type: 'int', description: null } }),
  column: columnInfo({ description: 'd', name: 'c' }),
  model_constraint: modelConstraint({ columns: ['a'], type: 'unique' }),
  metric_type_params: metricTypeParams({ expr: '1' }),
  metric_input: metricInput({ name: 'm' }),
  metadata,
  manifest: emptyManifest(metadata),
};

describe('factories give all keys in dbt’s order', () => {
  it.each(Object.keys(dbtKeys))('%s', (kind) => {
    expect(Object.keys(made[kind]!)).toEqual(dbtKeys[kind]!.keys);
    const { config = {} } = made[kind] as { config?: object };
    if (dbtKeys[kind]!.config) expect(Object.keys(config)).toEqual(dbtKeys[kind]!.config);
  });

  it('what is given stands in its place', () => {
    const model = modelNode({ alias: 'y', tags: ['t'], ...member, schema: 's', checksum: node.checksum });
    expect([model.alias, model.tags, model.access]).toEqual(['y', ['t'], 'protected']);
    expect(Object.keys(model)).toEqual(dbtKeys.model!.keys);
  });
});

describe('default configs are dbt’s', () => {
  it.each(Object.keys(dbtDefaults) as ConfiguredType[])('%s', (type) => {
    const wanted = { ...(dbtDefaults[type] as object), tags: undefined };
    expect({ ...defaultConfig(type), tags: undefined }).toEqual(wanted);
  });

  it('are fresh objects each time', () => {
    expect(defaultConfig('model').meta).not.toBe(defaultConfig('model').meta);
  });
});

describe('a compiled node', () => {
  it('has its code before the contract, and all else unchanged', () => {
    const before = modelNode(node);
    const after = compiledNode(before, {
      compiled_path: 'target/x.sql',
      compiled_code: 'select 1',
      extra_ctes_injected: true,
      extra_ctes: [],
    });
    const keys = Object.keys(after);
    expect(keys.slice(keys.indexOf('compiled_path'), keys.indexOf('contract') + 1)).toEqual([
      'compiled_path',
      'compiled',
      'compiled_code',
      'extra_ctes_injected',
      'extra_ctes',
      'contract',
    ]);
    expect(after.compiled_path).toBe('target/x.sql');
    expect(before.compiled_path).toBeNull();
  });
});

describe('the maps of a manifest', () => {
  it('hold parents, children and members of groups, sorted', () => {
    const depends = (...nodes: string[]) => ({ macros: [], nodes });
    const b = modelNode({ ...node, unique_id: 'model.shop.b', group: 'g', depends_on: depends('seed.shop.s') });
    const a = modelNode({ ...node, unique_id: 'model.shop.a', depends_on: depends('seed.shop.s', 'model.shop.b') });
    const seed = seedNode({ ...node, unique_id: 'seed.shop.s' });
    const manifest = withEdgeMaps({
      ...emptyManifest(metadata),
      nodes: { [b.unique_id]: b, [a.unique_id]: a, [seed.unique_id]: seed },
      groups: { 'group.shop.g': groupNode({ ...place, name: 'g' }) },
    });
    expect(manifest.parent_map['model.shop.a']).toEqual(['model.shop.b', 'seed.shop.s']);
    expect(manifest.child_map['seed.shop.s']).toEqual(['model.shop.a', 'model.shop.b']);
    expect(manifest.group_map).toEqual({ g: ['model.shop.b'] });
    expect([...graphNodes(manifest)]).toHaveLength(3);
  });
});

describe('metadata', () => {
  it('names schema, version, times and the variables meant for it', () => {
    expect(metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.12.6',
      generated_at: '1970-01-01T00:00:00.000000Z',
      env: { TEAM: 'a' },
    });
  });
});
