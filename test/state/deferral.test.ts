import { describe, expect, it } from 'vitest';
import { defaultConfig, emptyManifest, type Manifest, manifestMetadata, modelNode } from '../../src/artifacts/index.ts';
import { Deferral } from '../../src/state/index.ts';

const origin = { id: 'x', startedAt: new Date(0), env: {} };
const subject = { project_name: 'shop', project_id: null, adapter_type: 'duckdb', quoting: null };

function manifest(schema: string, models: Readonly<Record<string, string>>): Manifest {
  const nodes = Object.entries(models).map(([name, materialized]) =>
    modelNode({
      schema,
      name,
      package_name: 'shop',
      path: `${name}.sql`,
      original_file_path: `models/${name}.sql`,
      unique_id: `model.shop.${name}`,
      fqn: ['shop', name],
      alias: name,
      checksum: { name: 'sha256', checksum: name },
      config: { ...defaultConfig('model'), materialized },
    }),
  );
  const empty = emptyManifest(manifestMetadata(origin, new Date(0), subject));
  return { ...empty, nodes: Object.fromEntries(nodes.map((node) => [node.unique_id, node])) };
}

const now = manifest('dev', { a: 'table', b: 'view', e: 'ephemeral', was: 'table', own: 'table' });
const then = manifest('prod', { a: 'table', b: 'view', e: 'table', was: 'ephemeral', gone: 'table' });
const where = (favorState: boolean, id: string, exists: boolean) =>
  new Deferral(now, then, { favorState, selected: new Set(['model.shop.b']) }).instead(`model.shop.${id}`, () => exists)
    ?.schema;

describe('deferral', () => {
  it('goes to the state for what does not exist here', () => {
    expect(where(false, 'a', false)).toBe('prod');
    expect(where(false, 'a', true)).toBeUndefined();
    expect(where(false, 'b', false)).toBe('prod');
  });

  it('favours the state for what is not selected', () => {
    expect(where(true, 'a', true)).toBe('prod');
    expect(where(true, 'b', true)).toBeUndefined();
  });

  it('leaves alone what has no relation here or there', () => {
    expect(where(true, 'e', false)).toBeUndefined();
    expect(where(true, 'was', false)).toBeUndefined();
    expect(where(true, 'own', false)).toBeUndefined();
    expect(where(true, 'gone', false)).toBeUndefined();
  });

  it('tells templates what the node is in the state', () => {
    const relation = new Deferral(now, then, { favorState: false, selected: new Set() }).stateRelation('model.shop.a');
    expect(relation).toMatchObject({ schema: 'prod', alias: 'a', resource_type: 'model', compiled_code: null });
  });
});
