import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lineage } from '../../src/artifacts/index.ts';
import { violations } from './json-schema.ts';
import { realDbt } from './real-dbt.ts';
import { root, TemporaryProject } from './temporary-project.ts';

const shop = {
  'seeds/raw.csv': 'id,amount,kind\n1,5,a\n2,7,b\n',
  'models/stg.sql': "select id, amount * 2 as doubled, kind from {{ ref('raw') }}\n",
  'models/total.sql': "select kind, sum(doubled) as total from {{ ref('stg') }} where id > 0 group by kind\n",
  'models/odd.sql': "select * from {{ ref('raw') }}, some_function_of_mine(1)\n",
  'models/schema.yml': 'models:\n  - name: stg\n    config: {meta: {mine: kept}}\n',
};

const lineageOf = (project: TemporaryProject): Lineage => project.artifact<Lineage>('lineage.json');
interface Manifest {
  readonly nodes: Readonly<
    Record<string, { readonly meta: Readonly<Record<string, unknown>>; readonly config: { readonly meta: unknown } }>
  >;
}

describe('lineage.json', () => {
  it('has where columns come from, which columns decide on rows, and what is not known', () => {
    const project = new TemporaryProject(shop);
    project.ok(['docs', 'generate', '--empty-catalog']);
    const { metadata, nodes } = lineageOf(project);
    expect(metadata).toMatchObject({ lineage_version: 1, project_name: 'shop', adapter_type: 'duckdb' });
    expect(nodes['model.shop.total']).toEqual({
      columns: [
        { name: 'kind', type: 'VARCHAR', from: [{ table: 'model.shop.stg', column: 'kind', kinds: ['copy'] }] },
        {
          name: 'total',
          type: 'HUGEINT',
          from: [{ table: 'model.shop.stg', column: 'doubled', kinds: ['aggregate'] }],
        },
      ],
      rows_from: expect.arrayContaining([{ table: 'model.shop.stg', column: 'id', kinds: ['filter'] }]),
      incomplete: [],
    });
    expect(nodes['model.shop.stg']!.columns[1]).toMatchObject({
      name: 'doubled',
      from: [{ table: 'seed.shop.raw', column: 'amount', kinds: ['derive'] }],
    });
    expect(nodes['model.shop.odd']!.incomplete).not.toEqual([]);
    // As docs/lineage.schema.json says; that it would notice a mistake, too.
    const schema = JSON.parse(readFileSync(path.join(root, 'docs', 'lineage.schema.json'), 'utf8')) as object;
    expect([...violations(lineageOf(project), schema)]).toEqual([]);
    const wrong = {
      metadata,
      nodes: { a: { columns: [{ name: 'x', type: null, from: [{ table: 't' }] }], rows_from: [] } },
    };
    expect([...violations(wrong, schema)]).toEqual([
      '$.nodes.a.incomplete is missing',
      '$.nodes.a.columns[0].from[0].column is missing',
      '$.nodes.a.columns[0].from[0].kinds is missing',
    ]);
  });

  it('is written by what analyses all of the project, and by nothing that analyses a part', () => {
    const project = new TemporaryProject(shop);
    project.xform(['check', '--select', 'stg']);
    expect(project.has('target/lineage.json')).toBe(false);
    project.xform(['check']);
    const checked = lineageOf(project).nodes;
    expect(Object.keys(checked)).toContain('model.shop.total');
    project.ok(['lineage', 'total']);
    expect(lineageOf(project).nodes).toEqual(checked);
    const silent = new TemporaryProject(shop);
    silent.ok(['lineage', 'total', '--no-write-json']);
    expect(silent.has('target/lineage.json')).toBe(false);
  });

  it('knows what only the warehouse could say, where docs generate has asked it', () => {
    const project = new TemporaryProject({
      'models/a.sql': 'select 1 as x, 2 as y\n',
      'models/b.sql':
        "{% set found = adapter.get_columns_in_relation(ref('a')) %}{% set one = run_query('select 1') %}select {% for c in found %}{{ c.name }}{{ ', ' if not loop.last }}{% endfor %} from {{ ref('a') }}\n",
    });
    project.ok(['run']);
    project.ok(['docs', 'generate']);
    expect(lineageOf(project).nodes['model.shop.b']!.columns.map(({ name }) => name)).toEqual(['x', 'y']);
  });
});

describe('a table that a template names without asking for it', () => {
  it('is the seed or the source that has the name', () => {
    const project = new TemporaryProject({
      'seeds/raw.csv': 'id,kind\n1,a\n',
      'models/named.sql': 'select * from "{{ target.database }}"."{{ target.schema }}"."raw"\n',
    });
    project.ok(['lineage', 'named']);
    const from = (column: string) => [{ table: 'seed.shop.raw', column, kinds: ['copy'] }];
    const { columns, incomplete } = lineageOf(project).nodes['model.shop.named']!;
    expect(columns).toMatchObject(['id', 'kind'].map((name) => ({ name, from: from(name) })));
    expect(incomplete).toEqual([]);
  });
});

describe('the manifest of docs generate', () => {
  it('has the lineage in the meta of its nodes, beside what is there', () => {
    const project = new TemporaryProject(shop);
    project.ok(['docs', 'generate', '--empty-catalog']);
    const { nodes } = project.artifact<Manifest>('manifest.json');
    expect(nodes['model.shop.stg']!.meta).toEqual({
      mine: 'kept',
      xform: {
        column_lineage: Object.fromEntries(
          lineageOf(project).nodes['model.shop.stg']!.columns.map(({ name, from }) => [name, from]),
        ),
      },
    });
    expect(nodes['model.shop.stg']!.config.meta).toEqual({ mine: 'kept' });
    expect(nodes['seed.shop.raw']!.meta).toEqual({});
    // It is no change of the project.
    expect(project.ok(['ls', '--select', 'state:modified', '--state', 'target', '--quiet']).trim()).toBe('');
  });

  const dbt = realDbt();
  if ('reason' in dbt) console.log(`dbt and the lineage in a manifest: skipped, ${dbt.reason}`);
  it.skipIf('reason' in dbt)('is the same to dbt as one without', () => {
    if ('reason' in dbt) return;
    const project = new TemporaryProject(shop);
    project.ok(['docs', 'generate', '--empty-catalog']);
    const manifest = project.artifact<Manifest>('manifest.json');
    const modified = (folder: string, state: object): string => {
      mkdirSync(path.join(project.folder, folder));
      writeFileSync(path.join(project.folder, folder, 'manifest.json'), JSON.stringify(state));
      const args = ['ls', '--profiles-dir', '.', '--quiet', '--select', 'state:modified', '--state', folder];
      return execFileSync(dbt.command, args, { cwd: project.folder, encoding: 'utf8' });
    };
    const without = Object.fromEntries(
      Object.entries(manifest.nodes).map(
        ([
          id,
          {
            meta: { xform: _, ...meta },
            ...node
          },
        ]) => [id, { ...node, meta }],
      ),
    );
    expect(modified('with', manifest)).toBe(modified('without', { ...manifest, nodes: without }));
  });
});
