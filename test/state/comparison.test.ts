import { describe, expect, it } from 'vitest';
import {
  columnInfo,
  defaultConfig,
  emptyManifest,
  type GraphNode,
  type Manifest,
  macroNode,
  manifestMetadata,
  modelNode,
  seedNode,
  sourceNode,
} from '../../src/artifacts/index.ts';
import { Comparison } from '../../src/state/index.ts';

const origin = { id: 'x', startedAt: new Date(0), env: {} };
const subject = { project_name: 'shop', project_id: null, adapter_type: 'duckdb', quoting: null };

/** A manifest of models, seeds and macros. */
function manifest(nodes: readonly GraphNode[], macros: readonly ReturnType<typeof macro>[] = []): Manifest {
  const empty = emptyManifest(manifestMetadata(origin, new Date(0), subject));
  const byId = <Thing extends { readonly unique_id: string }>(things: readonly Thing[]) =>
    Object.fromEntries(things.map((thing) => [thing.unique_id, thing]));
  return {
    ...empty,
    nodes: byId(nodes.filter((node) => node.resource_type !== 'source')) as never,
    sources: byId(nodes.filter((node) => node.resource_type === 'source')) as never,
    macros: byId(macros),
  };
}

const macro = (name: string, text: string, calls: readonly string[] = [], pkg = 'shop') =>
  macroNode({
    name,
    package_name: pkg,
    path: `macros/${name}.sql`,
    original_file_path: `macros/${name}.sql`,
    unique_id: `macro.${pkg}.${name}`,
    macro_sql: text,
    depends_on: { macros: calls.map((call) => (call.includes('.') ? call : `macro.shop.${call}`)) },
  });

type Model = ReturnType<typeof modelNode>;

const model = (name: string, given: Partial<Model> = {}): Model =>
  modelNode({
    schema: 'main',
    name,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    unique_id: `model.shop.${name}`,
    fqn: ['shop', name],
    alias: name,
    checksum: { name: 'sha256', checksum: name },
    raw_code: 'select 1',
    ...given,
  });

const compare = (now: Manifest, then: Manifest) =>
  new Comparison(now, then, { isInternal: (name) => name.startsWith('dbt'), today: new Date('2026-01-01') });

/** Whether a model counts as modified after an edit. */
const differs = (now: Partial<Model>, then: Partial<Model>, aspect?: Parameters<Comparison['modified']>[1]) =>
  compare(manifest([model('m', now)]), manifest([model('m', then)])).modified('model.shop.m', aspect);

describe('comparing with an earlier manifest', () => {
  it('does not look at when, where and how a node was written', () => {
    expect(
      differs(
        { created_at: 2, schema: 'prod', relation_name: '"a"', checksum: { name: 'sha256', checksum: 'b' } },
        { created_at: 1, schema: 'dev', original_file_path: 'models\\m.sql', raw_code: '\r\nselect 1\r\n' },
      ),
    ).toBe(false);
  });

  it('tells the aspects apart', () => {
    expect(differs({ raw_code: 'select 2' }, {}, 'body')).toBe(true);
    expect(differs({ raw_code: 'select 2' }, {}, 'configs')).toBe(false);
    expect(differs({ unrendered_config: { materialized: 'table' } }, {}, 'configs')).toBe(true);
    expect(differs({ unrendered_config: { alias: 'x' } }, {}, 'configs')).toBe(false);
    expect(differs({ unrendered_config: { alias: 'x' } }, {}, 'relation')).toBe(true);
    const persisted = { ...defaultConfig('model'), persist_docs: { relation: true } };
    expect(differs({ description: 'new' }, { description: 'old' }, 'persisted_descriptions')).toBe(false);
    expect(differs({ description: 'new', config: persisted }, {}, 'persisted_descriptions')).toBe(true);
  });

  it('compares settings in the file as they are written', () => {
    const code = "{{ config(materialized=env_var('M', 'view')) }} select 1";
    const is = (materialized: string, raw_code = code) => ({ raw_code, unrendered_config: { materialized } });
    expect(differs(is('table'), is('view'))).toBe(false);
    // dbt keeps the expression, others what it came to.
    expect(differs(is('view'), is("env_var('M', 'view')"))).toBe(false);
    const spaced = '{{ config(materialized = env_var("M",\n  "view")) }} select 1';
    expect(differs(is('table', spaced), is('view'), 'configs')).toBe(false);
    const edited = "{{ config(materialized=env_var('M', 'table')) }} select 1";
    expect(differs(is('table', edited), is('view'), 'configs')).toBe(true);
  });

  it('takes Jinja in properties for what it comes to where the state knows no more', () => {
    const config = { ...defaultConfig('model'), materialized: 'view' };
    const now = { config, unrendered_config: { materialized: "{{ env_var('M', 'view') }}" } };
    expect(differs(now, { config, unrendered_config: { materialized: 'view' } })).toBe(false);
    const other = { ...config, materialized: 'table' };
    expect(differs(now, { config: other, unrendered_config: { materialized: 'table' } })).toBe(true);
  });

  it('does not mind the order of keys, and keys that say nothing', () => {
    const now = { unrendered_config: { meta: { a: 1, b: [2] }, 'pre-hook': [], group: null } };
    expect(differs(now, { unrendered_config: { meta: { b: [2], a: 1 } } })).toBe(false);
    expect(differs(now, { unrendered_config: { meta: { b: [3], a: 1 } } })).toBe(true);
  });

  it('follows macros to the one that changed, in circles too', () => {
    const chain = (text: string) => [
      macro('a', 'a', ['b']),
      macro('b', 'b', ['a', 'c']),
      macro('c', text),
      macro('d', text),
    ];
    const on = (name: string) => ({ depends_on: { macros: [`macro.shop.${name}`], nodes: [] } });
    const now = manifest([model('m', on('a')), model('n', { depends_on: { macros: [], nodes: [] } })], chain('new'));
    const then = manifest([model('m', on('a')), model('n')], chain('old'));
    const found = compare(now, then);
    expect(found.modified('model.shop.m')).toBe(true);
    expect(found.modified('model.shop.m', 'macros')).toBe(true);
    expect(found.modified('model.shop.m', 'body')).toBe(false);
    expect(found.modified('model.shop.n')).toBe(false);
  });

  it('leaves out the macros that come with the program or the adapter', () => {
    const on = { depends_on: { macros: ['macro.dbt.star', 'macro.dbt_snowflake.gone'], nodes: [] } };
    const now = manifest([model('m', on)], [macro('star', 'ours', [], 'dbt')]);
    const then = manifest(
      [model('m', on)],
      [macro('star', 'theirs', [], 'dbt'), macro('gone', '', [], 'dbt_snowflake')],
    );
    expect(compare(now, then).modified('model.shop.m')).toBe(false);
  });

  it('sees that an override of a macro is gone', () => {
    const now = manifest([model('m')], [macro('other', '')]);
    const on = { depends_on: { macros: ['macro.shop.star'], nodes: [] } };
    const then = manifest([model('m', on)], [macro('star', ''), macro('other', '')]);
    expect(compare(now, then).modified('model.shop.m')).toBe(true);
  });

  it('calls a new model modified in all aspects, and a new source new', () => {
    const source = sourceNode({
      schema: 's',
      name: 't',
      package_name: 'shop',
      path: 's.yml',
      original_file_path: 's.yml',
      unique_id: 'source.shop.s.t',
      fqn: ['shop', 's', 't'],
      source_name: 's',
      identifier: 't',
    });
    const found = compare(manifest([model('m'), source]), manifest([]));
    expect(found.has('model.shop.m')).toBe(false);
    for (const aspect of ['body', 'configs', 'relation', 'contract'] as const)
      expect(found.modified('model.shop.m', aspect)).toBe(true);
    expect(found.modified('source.shop.s.t')).toBe(false);
  });

  it('compares where sources lie as it is written', () => {
    const source = (schema: string, unrendered_schema: string | null) =>
      sourceNode({
        schema,
        unrendered_schema,
        name: 't',
        package_name: 'shop',
        path: 's.yml',
        original_file_path: 's.yml',
        unique_id: 'source.shop.s.t',
        fqn: ['shop', 's', 't'],
        source_name: 's',
        identifier: 't',
      });
    const moved = (now: GraphNode, then: GraphNode) =>
      compare(manifest([now]), manifest([then])).modified('source.shop.s.t');
    expect(moved(source('prod', '{{ target.schema }}'), source('dev', '{{ target.schema }}'))).toBe(false);
    expect(moved(source('dev', 'dev'), source('dev', '{{ target.schema }}'))).toBe(true);
    expect(moved(source('dev', 'dev'), source('dev', null))).toBe(false);
    expect(moved(source('prod', 'prod'), source('dev', null))).toBe(true);
  });
});

describe('contracts', () => {
  const enforced = (checksum: string) => ({ enforced: true, alias_types: true, checksum });
  const column = (name: string, data_type: string, types: readonly ('not_null' | 'unique')[] = []) =>
    columnInfo({
      name,
      data_type,
      constraints: types.map((type) => ({
        type,
        name: null,
        expression: null,
        warn_unenforced: true,
        warn_unsupported: true,
        to: null,
        to_columns: [],
      })),
    });
  const under = (checksum: string, columns: readonly ReturnType<typeof column>[], more: Partial<Model> = {}) =>
    model('m', {
      contract: enforced(checksum),
      columns: Object.fromEntries(columns.map((one) => [one.name, one])),
      ...more,
    });
  const change = (now: Model, then: Model) => {
    const found = compare(manifest([now]), manifest([then]));
    return { modified: found.modified('model.shop.m', 'contract'), problems: found.problems() };
  };
  const both = [column('id', 'integer'), column('name', 'varchar(10)')];

  it('are the same whatever their checksums where they say the same', () => {
    expect(change(under('b', both), under('a', both))).toEqual({ modified: false, problems: [] });
  });

  it('may grow, and sizes of types may change', () => {
    const now = under('b', [column('id', 'integer'), column('name', 'VARCHAR(20)'), column('more', 'text')]);
    expect(change(now, under('a', both))).toEqual({ modified: true, problems: [] });
  });

  it('break where columns go or change their type: a warning', () => {
    const { modified, problems } = change(under('b', [column('id', 'text')]), under('a', both));
    expect(modified).toBe(true);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['XF5021', 'warning']]);
    expect(problems[0]!.message).toContain('Columns were removed: \n    - name');
    expect(problems[0]!.message).toContain('- id (integer -> text)');
  });

  it('break where constraints of a table go, and not where those of a view do', () => {
    const table = { config: { ...defaultConfig('model'), materialized: 'table' } };
    const strict = [column('id', 'integer', ['not_null'])];
    const lax = [column('id', 'integer')];
    const { problems } = change(under('b', lax, table), under('a', strict, table));
    expect(problems[0]!.message).toContain("'not_null' constraint on column id");
    expect(change(under('b', lax), under('a', strict)).problems).toEqual([]);
    expect(change(under('b', strict), under('a', strict, table)).problems[0]!.message).toContain('table -> view');
  });

  it('must not break in a versioned model: an error', () => {
    const versioned = { version: 1, latest_version: 1 };
    const { problems } = change(under('b', [], versioned), under('a', both, versioned));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['XF5020', 'error']]);
  });

  it('are missed when their model is gone, unless its time was up', () => {
    const gone = (more: Partial<Model>) => {
      const found = compare(manifest([model('other')]), manifest([model('other'), under('a', both, more)]));
      found.modified('model.shop.other');
      return found.problems().map((problem) => problem.message);
    };
    expect(gone({})[0]).toContain("Contracted model 'model.shop.m' was deleted or renamed");
    expect(gone({ deprecation_date: '2025-01-01T00:00:00+00:00' })).toEqual([]);
    expect(gone({ contract: { enforced: false, alias_types: true, checksum: null } })).toEqual([]);
  });
});

describe('seeds', () => {
  const seed = (name: string, checksum: string) =>
    seedNode({
      schema: 'main',
      name: 's',
      package_name: 'shop',
      path: 's.csv',
      original_file_path: 'seeds/s.csv',
      unique_id: 'seed.shop.s',
      fqn: ['shop', 's'],
      alias: 's',
      checksum: { name, checksum },
    });
  const found = (now: GraphNode, then: GraphNode) => {
    const comparison = compare(manifest([now]), manifest([then]));
    const modified = comparison.modified('seed.shop.s');
    return [modified, ...comparison.problems().map((problem) => problem.data.how)];
  };

  it('are compared by their content', () => {
    expect(found(seed('sha256', 'a'), seed('sha256', 'a'))).toEqual([false]);
    expect(found(seed('sha256', 'b'), seed('sha256', 'a'))).toEqual([true]);
  });

  it('by their path where they are big, with a warning', () => {
    expect(found(seed('path', 'seeds/s.csv'), seed('path', 'seeds\\s.csv'))).toEqual([false, 'same path']);
    expect(found(seed('path', 'seeds/s.csv'), seed('path', 'data/s.csv'))).toEqual([true, 'moved']);
    expect(found(seed('path', 'seeds/s.csv'), seed('sha256', 'a'))).toEqual([true, 'grown']);
    expect(found(seed('sha256', 'a'), seed('path', 'seeds/s.csv'))).toEqual([true]);
  });
});
