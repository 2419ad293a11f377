import { describe, expect, it } from 'vitest';
import { PyDict, type Value } from '../../src/jinja/index.ts';
import {
  ConfigTree,
  configFor,
  findUnusedConfig,
  loadProject,
  loadYaml,
  mergeConfigs,
  type PlainObject,
  readProjectFile,
} from '../../src/project/index.ts';
import { faults, folderWith } from './folder.ts';

const dict = (text: string) => loadYaml(text, 'x.yml').value as PyDict;
const level = (text: string) => Object.fromEntries(dict(text).entries()) as PlainObject;
function plain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof PyDict) return Object.fromEntries([...value.entries()].map(([k, v]) => [k, plain(v)]));
  return value;
}
const merged = (...levels: string[]) =>
  Object.fromEntries(Object.entries(mergeConfigs(levels.map(level))).map(([key, value]) => [key, plain(value)]));

const tree = dict(`
+materialized: view
enabled: true
shop:
  +schema: a
  +meta: {owner: x}
  meta: {ignored: yes}
  marts:
    + tags: [m]
    orders: {materialized: table}
other: {+schema: b}
`);

describe('config levels', () => {
  it('go from the root to the file', () => {
    expect(configFor(tree, ['shop', 'marts', 'orders']).map((one) => Object.keys(one))).toEqual([
      ['materialized', 'enabled'],
      ['schema', 'meta'],
      ['tags'],
      ['materialized'],
    ]);
    expect(configFor(tree, ['shop', 'staging', 'x'])).toHaveLength(2);
    expect(configFor(tree, ['third'])).toHaveLength(1);
    expect(configFor(new PyDict(), ['a'])).toEqual([]);
  });

  it('are shared by the nodes of a folder', () => {
    const levels = new ConfigTree(tree);
    expect(levels.levels(['shop', 'marts', 'a'])).toBe(levels.levels(['shop', 'marts', 'b', 'c']));
  });
});

describe('mergeConfigs', () => {
  it('adds tags, packages and hooks', () => {
    expect(merged('tags: a', 'tags: [b, a]', 'tags: c')).toEqual({ tags: ['a', 'b', 'a', 'c'] });
    expect(merged('pre_hook: one', 'pre-hook: [two]')).toEqual({ 'pre-hook': ['one', 'two'] });
    expect(merged('packages: [a]', 'packages: b')).toEqual({ packages: ['a', 'b'] });
  });
  it('merges meta, docs, quoting, contract and column_types by key', () => {
    expect(merged('meta: {a: 1, b: {c: 1}}', 'meta: {b: {d: 2}}')).toEqual({ meta: { a: 1, b: { d: 2 } } });
    expect(merged('contract: {enforced: true}', 'contract: {alias_types: false}')).toEqual({
      contract: { enforced: true, alias_types: false },
    });
    expect(faults(() => merged('meta: [1]'))[0]!.code).toBe('XF1061');
  });
  it('merges grants, with + for more', () => {
    expect(merged('grants: {select: a, insert: x}', 'grants: {+select: [b], insert: y}')).toEqual({
      grants: { select: ['a', 'b'], insert: ['y'] },
    });
    expect(merged('grants: {+select: a}')).toEqual({ grants: { select: ['a'] } });
    const calls = mergeConfigs([level('grants: {+select: a}'), level('grants: {+select: b}')], { settled: false });
    expect(plain(calls.grants!)).toEqual({ '+select': ['a', 'b'] });
  });
  it('replaces everything else', () => {
    expect(
      merged(
        'materialized: view',
        'materialized: table',
        'persist_docs: {relation: true}',
        'persist_docs: {columns: true}',
      ),
    ).toEqual({
      materialized: 'table',
      persist_docs: { columns: true },
    });
  });
  it('knows the names of an adapter', () => {
    const aliases = new Map([['dataset', 'schema']]);
    expect(mergeConfigs([level('schema: a'), level('dataset: b')], { aliases })).toEqual({ schema: 'b' });
  });
  it('changes none of its inputs', () => {
    const first = level('meta: {a: 1}\ntags: [x]');
    mergeConfigs([first, level('meta: {b: 1}\ntags: [y]')]);
    expect(plain(first.meta!)).toEqual({ a: 1 });
    expect(first.tags).toEqual(['x']);
  });
  it('takes odd names', () => {
    expect(Object.keys(mergeConfigs([level('constructor: 1\ntoString: 2')]))).toEqual(['constructor', 'toString']);
  });
});

describe('findUnusedConfig', () => {
  const yaml =
    'name: shop\nmodels: {+enabled: true, shop: {marts: {+tags: x}, gone: {+tags: y}}}\nseeds: {+schema: s}\n';
  const { project } = loadProject(readProjectFile(folderWith({ 'dbt_project.yml': yaml })), (text) => text);
  it('names paths that fit no node', () => {
    const used = new Map([['models', [['shop', 'marts', 'a']]]] as const);
    expect(findUnusedConfig(project, used)!.data.paths).toEqual(['models.shop.gone', 'seeds']);
    expect(findUnusedConfig(project, used, [['shop', 'gone', 'b']])).toBeUndefined();
  });
});
