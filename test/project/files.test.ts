import { createHash } from 'node:crypto';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles, loadProject, parseIgnore, readProjectFile, type SourceFile } from '../../src/project/index.ts';
import { faults, folderWith } from './folder.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const projectIn = (files: Record<string, string>, yaml = 'name: shop\n') =>
  loadProject(readProjectFile(folderWith({ 'dbt_project.yml': yaml, ...files })), (text) => text).project;
const listed = (files: readonly SourceFile[]) => files.map((file) => `${file.kind} ${file.path}`);

describe('findFiles', () => {
  it('knows the kinds', () => {
    const project = projectIn({
      'models/b.sql': '',
      'models/a.py': '',
      'models/s/c.SQL': '',
      'models/s/schema.yml': '',
      'models/.hidden.sql': '',
      'models/#x.sql#': '',
      'models/~y.sql': '',
      'models/doc.md': '',
      'models/x.txt': '',
      'seeds/d.csv': '',
      'seeds/p.yaml': '',
      'snapshots/e.sql': '',
      'analyses/f.sql': '',
      'macros/g.sql': '',
      'tests/h.sql': '',
      'tests/generic/i.sql': '',
      'tests/fixtures/j.csv': '',
      'tests/fixtures/k.sql': '',
      'functions/l.sql': '',
      'elsewhere/m.sql': '',
    });
    expect(listed(findFiles(project))).toEqual([
      'macro macros/g.sql',
      'model models/a.py',
      'model models/b.sql',
      'model models/s/c.SQL',
      'snapshot snapshots/e.sql',
      'analysis analyses/f.sql',
      'test tests/h.sql',
      'genericTest tests/generic/i.sql',
      'seed seeds/d.csv',
      'docs models/doc.md',
      'properties models/s/schema.yml',
      'properties seeds/p.yaml',
      'fixture tests/fixtures/j.csv',
      'fixture tests/fixtures/k.sql',
      'function functions/l.sql',
    ]);
  });

  it('gives a file once, however its folder is written', () => {
    const yaml = 'name: shop\nmodel-paths: [models, ./models/, models/s]\nseed-paths: [models]\n';
    const project = projectIn({ 'models/s/a.sql': '', 'models/s/a.yml': '', 'models/b.csv': '' }, yaml);
    expect(listed(findFiles(project))).toEqual([
      'model models/s/a.sql',
      'seed models/b.csv',
      'properties models/s/a.yml',
    ]);
  });

  it('follows links to files, and not links to folders', () => {
    const project = projectIn({ 'models/a.sql': 'x', 'other/b.sql': '' });
    symlinkSync(join(project.root, 'models'), join(project.root, 'models/loop'));
    symlinkSync(join(project.root, 'models/a.sql'), join(project.root, 'models/link.sql'));
    expect(listed(findFiles(project))).toEqual(['model models/a.sql', 'model models/link.sql']);
  });

  it('leaves out what .dbtignore says', () => {
    const project = projectIn({
      '.dbtignore': '*_old.sql\nmodels/wip/\n!models/wip/keep.sql\n',
      'models/a.sql': '',
      'models/a_old.sql': '',
      'models/wip/b.sql': '',
      'models/wip/keep.sql': '',
    });
    expect(listed(findFiles(project))).toEqual(['model models/a.sql', 'model models/wip/keep.sql']);
  });

  it('shows files of packages from the root project', () => {
    const project = projectIn({ 'models/a.sql': '' });
    const [file] = findFiles(project, { rootProject: join(project.root, '..') });
    expect(file!.shown).toMatch(/^xform-project-\w+\/models\/a\.sql$/);
    expect(file!.path).toBe('models/a.sql');
    expect(file).toMatchObject({ id: 'shop://models/a.sql', name: 'a', relative: 'a.sql', folder: 'models' });
  });
});

describe('content and checksum', () => {
  const project = projectIn({
    'models/a.sql': '\n select  1\r\n\tas x \n',
    'seeds/b.csv': '\na,b\r\n1,2\r\n',
    'seeds/big.csv': 'x'.repeat(1024 * 1024 + 1),
  });
  const [model, seed, big] = findFiles(project);

  it('of a model ignores formatting', () => {
    expect(model!.content).toBe('select  1\r\n\tas x');
    expect(model!.lead).toBe(2);
    expect(model!.checksum).toEqual({ name: 'sha256', checksum: sha('select 1 as x') });
  });
  it('of a seed ignores line ends; a big one is known by its path', () => {
    expect(seed!.checksum).toEqual({ name: 'sha256', checksum: sha('a,b\n1,2') });
    expect(big!.checksum).toEqual({ name: 'path', checksum: 'seeds/big.csv' });
    expect(findFiles(project, { maximumSeedSizeMib: 0 })[2]!.checksum.name).toBe('sha256');
  });
  it('is refused where it is not UTF-8', () => {
    writeFileSync(model!.absolute, Buffer.from([0x73, 0xff, 0xfe]));
    const [again] = findFiles(project);
    expect(faults(() => again!.text)[0]!.message).toBe('models/a.sql cannot be read: it is not encoded in UTF-8');
  });
});

describe('ignore patterns', () => {
  it.each([
    ['a.sql', 'models/x/a.sql', true],
    ['/a.sql', 'models/a.sql', false],
    ['models/*.sql', 'models/a.sql', true],
    ['models/*.sql', 'models/x/a.sql', false],
    ['models/**/a.sql', 'models/x/y/a.sql', true],
    ['models/**/a.sql', 'models/a.sql', true],
    ['**/tmp', 'models/tmp/a.sql', true],
    ['models/**', 'models/x/a.sql', true],
    ['x/', 'models/x/a.sql', true],
    ['x/', 'models/x', false],
    ['a?.sql', 'ab.sql', true],
    ['[ab].sql', 'a.sql', true],
    ['[!ab].sql', 'a.sql', false],
    ['# a.sql', 'a.sql', false],
    ['\\#a.sql', '#a.sql', true],
    ['*.sql\n!b.sql', 'x/b.sql', false],
    ['', 'a.sql', false],
    ['a.b', 'axb', false],
  ])('%j on %s', (text, path, expected) => {
    expect(parseIgnore(text)(path)).toBe(expected);
  });
});
