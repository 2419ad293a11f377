// `xform impact`: what changes touch, against a revision of git and against earlier artifacts.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'models/a.sql': 'select 1 as id, 2 as amount, 3 as rest',
  'models/b.sql': "select id, amount * 2 as doubled, rest from {{ ref('a') }}",
  'models/c.sql': "select id, doubled from {{ ref('b') }}",
  'models/apart.sql': 'select 1 as x',
  'models/schema.yml': `
models:
  - name: c
    columns: [{name: id, data_tests: [not_null]}, {name: doubled, data_tests: [not_null]}]
exposures:
  - {name: board, type: dashboard, owner: {name: Ada}, depends_on: ["ref('c')"]}
`,
};

function committed(given: Readonly<Record<string, string>> = files): TemporaryProject {
  const project = new TemporaryProject({ ...given, '.gitignore': 'target/\nlogs/\n*.duckdb\n.home/\n' });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project.folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '-A');
  git('-c', 'user.email=a@example.com', '-c', 'user.name=a', 'commit', '--quiet', '-m', 'first');
  return project;
}

const changed = (project: TemporaryProject): void => {
  project.write('models/a.sql', "select 1 as id, 2.5 as amount, 'new' as extra");
  project.write('models/b.sql', "select id, amount * 2 as doubled, amount as rest from {{ ref('a') }}");
};

describe('impact', () => {
  it('nothing has changed', () => {
    const found = JSON.parse(committed().ok(['impact', '--base', 'HEAD', '--format', 'json']));
    expect(found).toEqual({ base: 'HEAD', changed: [], touched: [], tests: [], exposures: [], owners: [] });
  });

  it('follows columns from what has changed to tests, exposures and owners', () => {
    const project = committed();
    changed(project);
    const found = JSON.parse(project.ok(['impact', '--base', 'HEAD', '--format', 'json']));
    expect(found.changed).toEqual([
      {
        uniqueId: 'model.shop.a',
        change: 'modified',
        rows: 'same',
        columns: [
          { name: 'rest', change: 'removed' },
          { name: 'amount', change: 'type', from: 'INTEGER', to: 'DECIMAL(2,1)' },
          { name: 'extra', change: 'added' },
        ],
      },
      {
        uniqueId: 'model.shop.b',
        change: 'modified',
        rows: 'same',
        columns: [
          { name: 'doubled', change: 'type', from: 'INTEGER', to: 'DECIMAL(12,1)' },
          { name: 'rest', change: 'type', from: 'INTEGER', to: 'DECIMAL(2,1)' },
        ],
      },
    ]);
    expect(found.touched).toEqual([{ uniqueId: 'model.shop.c', rows: false, columns: ['doubled'], broken: [] }]);
    expect(found.tests).toHaveLength(1);
    expect(found.tests[0]).toContain('not_null_c_doubled');
    expect(found.exposures).toEqual(['exposure.shop.board']);
    expect(found.owners).toEqual(['Ada']);
  });

  it('as text and as Markdown, a removed model and a new one', () => {
    const project = committed();
    project.write('models/b.sql', "select id, 1 as doubled from {{ ref('a') }}");
    project.write('models/new.sql', 'select 1 as y');
    execFileSync('rm', [path.join(project.folder, 'models/apart.sql')]);
    const text = project.ok(['--quiet', 'impact', '--base', 'HEAD']);
    expect(text).toContain('~ model b\n    rest: removed\n    doubled: is made in another way');
    expect(text).toContain('+ model new');
    expect(text).toContain('- model apart\n    x: removed');
    expect(text).toContain('Owners: Ada');
    const markdown = project.ok(['impact', '--base', 'HEAD', '--format', 'markdown']);
    expect(markdown).toContain('| modified: model b | rest: removed<br>doubled: is made in another way |');
  });

  it('against the artifacts of an earlier run', () => {
    const project = new TemporaryProject(files);
    project.ok(['run'], { XFORM_STATIC_ANALYSIS: 'baseline' });
    cpSync(path.join(project.folder, 'target'), path.join(project.folder, 'before'), { recursive: true });
    changed(project);
    const found = JSON.parse(project.ok(['impact', '--state', 'before', '--format', 'json']));
    expect(found.changed.map(({ uniqueId }: { uniqueId: string }) => uniqueId)).toEqual([
      'model.shop.a',
      'model.shop.b',
    ]);
    expect(found.touched).toEqual([{ uniqueId: 'model.shop.c', rows: false, columns: ['doubled'], broken: [] }]);
  });
});

/** Models with CTEs, and what stands on them. */
const shop = {
  'seeds/raw.csv': 'id,amount,state\n1,10,paid\n2,20,open\n',
  'models/orders.sql': `
with source as (select * from {{ ref('raw') }}),
paid as (select id, amount, amount * 2 as twice from source where state = 'paid')
select id, amount, twice from paid`,
  'models/ids.sql': "select id from {{ ref('orders') }}",
  'models/totals.sql': "select sum(twice) as total from {{ ref('orders') }}",
  'models/counts.sql': "select count(*) as n from {{ ref('orders') }}",
};

type Found = { changed: Record<string, unknown>[]; touched: Record<string, unknown>[]; tests: string[] };
const impactOf = (project: TemporaryProject, ...how: string[]): Found =>
  JSON.parse(project.ok(['impact', ...how, '--format', 'json']));

describe.each(['a revision', 'artifacts'])('which columns changed, against %s', (against) => {
  const isRevision = against === 'a revision';
  /** A change to a model, told against what was before. */
  const change = (file: string, text: string): { readonly found: Found; readonly text: string } => {
    const project = isRevision ? committed(shop) : new TemporaryProject(shop);
    if (!isRevision) {
      project.ok(['build']);
      cpSync(path.join(project.folder, 'target'), path.join(project.folder, 'before'), { recursive: true });
    }
    project.write(file, text);
    const how = isRevision ? ['--base', 'HEAD'] : ['--state', 'before'];
    return {
      get found() {
        return impactOf(project, ...how);
      },
      get text() {
        return project.ok(['--quiet', 'impact', ...how]);
      },
    };
  };
  const edited = (from: string, to: string) => {
    expect(shop['models/orders.sql']).toContain(from);
    return change('models/orders.sql', shop['models/orders.sql'].replace(from, to));
  };
  const orders = { uniqueId: 'model.shop.orders', change: 'modified' };

  it('the layout, names of CTEs and comments: none', () => {
    const { found, text } = change(
      'models/orders.sql',
      `with raw as (SELECT * FROM {{ ref('raw') }} -- all
      ), final as (select r.id, r.amount, (r.amount*2) as twice from raw as r where (r.state = 'paid'))
      select * from final`,
    );
    expect(found.changed).toEqual([{ ...orders, rows: 'same', columns: [] }]);
    expect(found.touched).toEqual([]);
    expect(text).toContain('~ model orders\n    gives the same rows and columns as before');
  });

  it('one expression in a CTE: that column and what comes of it', () => {
    const { found } = edited('amount * 2', 'amount * 3');
    expect(found.changed).toEqual([{ ...orders, rows: 'same', columns: [{ name: 'twice', change: 'definition' }] }]);
    expect(found.touched).toEqual([{ uniqueId: 'model.shop.totals', rows: false, columns: ['total'], broken: [] }]);
  });

  it('a condition: the rows, and all columns of everything that reads them', () => {
    const { found, text } = edited("'paid'", "'open'");
    expect(found.changed).toEqual([
      { ...orders, rows: 'changed', columns: ['id', 'amount', 'twice'].map((name) => ({ name, change: 'rows' })) },
    ]);
    expect(found.touched.map(({ uniqueId, rows, columns }) => [uniqueId, rows, columns])).toEqual([
      ['model.shop.counts', true, ['n']],
      ['model.shop.ids', true, ['id']],
      ['model.shop.totals', true, ['total']],
    ]);
    expect(text).toContain('~ model orders\n    its rows may be others, and with them all columns\n');
  });

  it('a condition and an expression: both are told', () => {
    const { found } = edited(
      "amount * 2 as twice from source where state = 'paid'",
      'amount + 1 as more, amount * 3 as twice from source',
    );
    expect(found.changed).toEqual([
      {
        ...orders,
        rows: 'changed',
        columns: [
          { name: 'id', change: 'rows' },
          { name: 'amount', change: 'rows' },
          { name: 'twice', change: 'definition' },
        ],
      },
    ]);
  });

  it('SQL that is not understood: cannot tell', () => {
    const { found, text } = change('models/orders.sql', "select id, ??? from {{ ref('raw') }}");
    expect(found.changed[0]!.rows).toBe('unknown');
    expect(text).toContain('cannot tell which columns changed, so all count (the SQL of now is not known: ');
    expect(found.touched.map(({ uniqueId }) => uniqueId)).toHaveLength(3);
  });

  it('how a table is kept: cannot tell', () => {
    const { text } = change(
      'models/orders.sql',
      `{{ config(materialized='incremental', unique_key='id') }}${shop['models/orders.sql']}`,
    );
    expect(text).toContain('so all count (it is configured in another way: materialized, unique_key)');
  });

  it('the file of a seed: its rows', () => {
    const { found, text } = change('seeds/raw.csv', 'id,amount,state\n1,10,paid\n');
    expect(found.changed[0]).toMatchObject({
      uniqueId: 'seed.shop.raw',
      rows: 'changed',
      reason: 'its file has changed',
    });
    expect(found.touched).toHaveLength(4);
    expect(text).toContain('~ seed raw\n    its rows may be others, and with them all columns (its file has changed)');
  });
});
