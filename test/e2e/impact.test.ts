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

function committed(): TemporaryProject {
  const project = new TemporaryProject({ ...files, '.gitignore': 'target/\nlogs/\n*.duckdb\n.home/\n' });
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
    const found = JSON.parse(committed().ok(['--quiet', 'impact', '--base', 'HEAD', '--format', 'json']));
    expect(found).toEqual({ base: 'HEAD', changed: [], touched: [], tests: [], exposures: [], owners: [] });
  });

  it('follows columns from what has changed to tests, exposures and owners', () => {
    const project = committed();
    changed(project);
    const found = JSON.parse(project.ok(['--quiet', 'impact', '--base', 'HEAD', '--format', 'json']));
    expect(found.changed).toEqual([
      {
        uniqueId: 'model.shop.a',
        change: 'modified',
        columns: [
          { name: 'rest', change: 'removed' },
          { name: 'amount', change: 'type', from: 'INTEGER', to: 'DECIMAL(2,1)' },
          { name: 'extra', change: 'added' },
        ],
      },
      {
        uniqueId: 'model.shop.b',
        change: 'modified',
        columns: [
          { name: 'doubled', change: 'type', from: 'INTEGER', to: 'DECIMAL(12,1)' },
          { name: 'rest', change: 'type', from: 'INTEGER', to: 'DECIMAL(2,1)' },
        ],
      },
    ]);
    expect(found.touched).toEqual([{ uniqueId: 'model.shop.c', columns: ['doubled'], broken: [] }]);
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
    const markdown = project.ok(['--quiet', 'impact', '--base', 'HEAD', '--format', 'markdown']);
    expect(markdown).toContain('| modified: model b | rest: removed<br>doubled: is made in another way |');
  });

  it('against the artifacts of an earlier run', () => {
    const project = new TemporaryProject(files);
    project.ok(['run'], { XFORM_STATIC_ANALYSIS: 'baseline' });
    cpSync(path.join(project.folder, 'target'), path.join(project.folder, 'before'), { recursive: true });
    changed(project);
    const found = JSON.parse(project.ok(['--quiet', 'impact', '--state', 'before', '--format', 'json']));
    expect(found.changed.map(({ uniqueId }: { uniqueId: string }) => uniqueId)).toEqual([
      'model.shop.a',
      'model.shop.b',
    ]);
    expect(found.touched).toEqual([{ uniqueId: 'model.shop.c', columns: ['doubled'], broken: [] }]);
  });
});
