import { existsSync, mkdtempSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { archive, packageArchive } from './archive.ts';
import { deps, list, onlyError, pointedAt, projectWith, read, writeFiles } from './deps.ts';

const local = (...paths: string[]): string => `packages:\n${paths.map((path) => `  - local: ${path}\n`).join('')}`;
const named = (name: string): string => `name: ${name}\n`;

describe('local packages', () => {
  it('are links; nested ones are relative to the project that names them', async () => {
    const root = projectWith({
      'packages.yml': local('libs/a'),
      'libs/a/dbt_project.yml': named('a'),
      'libs/a/packages.yml': local('../b', 'libs/c'),
      'libs/b/dbt_project.yml': named('b'),
      'libs/c/dbt_project.yml': named('c'),
    });
    const { said, errors } = await deps(root);
    expect(errors).toEqual([]);
    expect(said.slice(1, 3)).toEqual(['Installing libs/a', 'Installed from <local @ libs/a>']);
    expect(list(root)).toEqual(['a', 'b', 'c']);
    expect(readlinkSync(join(root, 'dbt_packages/b'))).toBe(join(root, 'libs/b'));
    expect(read(root, 'package-lock.yml')).toContain(
      '  - local: libs/a\n    name: a\n  - local: libs/b\n    name: b\n',
    );
    expect((await deps(root)).errors).toEqual([]);
  });

  it('that name each other are refused', async () => {
    const root = projectWith({
      'packages.yml': local('a'),
      'a/dbt_project.yml': named('a'),
      'a/packages.yml': local('../b'),
      'b/dbt_project.yml': named('b'),
      'b/packages.yml': local('../a'),
    });
    const error = onlyError(await deps(root));
    expect([error.code, error.message]).toEqual(['XF1434', 'Packages ask for each other in a circle: a → b → a']);
    expect(error.at?.file).toBe('b/packages.yml');
  });

  it('that are missing, twins, the project itself or nameless are refused', async () => {
    const root = projectWith({
      'a/dbt_project.yml': named('a'),
      'b/dbt_project.yml': named('a'),
      'c/dbt_project.yml': 'version: 1\n',
      'd/dbt_project.yml': named('../../evil'),
      'e/dbt_project.yml': named('root'),
    });
    const error = async (...paths: string[]) => {
      writeFiles(root, { 'packages.yml': local(...paths) });
      return onlyError(await deps(root));
    };
    writeFiles(root, { 'shared_macros/dbt_project.yml': named('s') });
    const missing = await error('shared_macro');
    expect([missing.code, pointedAt(root, missing), missing.help]).toEqual([
      'XF1430',
      'shared_macro',
      ["did you mean 'shared_macros'?"],
    ]);
    expect((await error('a', 'b')).message).toBe(
      "Two packages bring a project called 'a':\n  a, asked for by packages.yml\n  b, asked for by packages.yml",
    );
    expect((await error('c')).code).toBe('XF1423');
    expect((await error('d')).code).toBe('XF1435');
    expect((await error('e')).code).toBe('XF1433');
  });

  it('never take the place of the project', async () => {
    const root = projectWith({ 'packages.yml': local('a'), 'a/dbt_project.yml': named('a') });
    for (const installPath of ['.', '..', 'a'])
      expect(onlyError(await deps(root, { installPath })).code).toBe('XF1436');
    expect(existsSync(join(root, 'a/dbt_project.yml'))).toBe(true);
  });
});

describe('a project without packages', () => {
  it('is told so, and loses what was installed', async () => {
    const root = projectWith({ 'packages.yml': local('a'), 'a/dbt_project.yml': named('a') });
    await deps(root);
    writeFiles(root, { 'packages.yml': 'packages: []\n' });
    expect((await deps(root)).said).toEqual(['Warning: No packages were found in packages.yml']);
    expect(list(root)).toEqual([]);
  });
});

describe('tarballs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xform-tarball-'));
  const tarball = (name: string, bytes: Buffer): string => {
    writeFileSync(join(folder, name), bytes);
    return `packages:\n  - tarball: ${pathToFileURL(join(folder, name)).href}\n    name: mine\n`;
  };

  it('are installed under the name given', async () => {
    const root = projectWith({ 'packages.yml': tarball('good.tar.gz', packageArchive('theirs')) });
    const { said, errors } = await deps(root);
    expect(errors).toEqual([]);
    expect(said[1]).toBe('Installing mine');
    expect(list(root)).toEqual(['mine']);
    expect((await deps(root)).errors).toEqual([]);
  });

  it('that are wrong are refused, and the old folder stays', async () => {
    const root = projectWith({ 'packages.yml': tarball('good.tar.gz', packageArchive('theirs')) });
    await deps(root);
    const evil = archive([
      { path: 'p/dbt_project.yml', text: 'name: p\n' },
      { path: '../../evil', text: 'x' },
    ]);
    const cases: [string, string][] = [
      [tarball('evil.tar.gz', evil), 'XF1421'],
      [tarball('text.tar.gz', Buffer.from('text')), 'XF1421'],
      [tarball('empty.tar.gz', archive([{ path: 'p/x', text: 'x' }])), 'XF1423'],
      ['packages:\n  - tarball: file:///nowhere.tar.gz\n    name: mine\n', 'XF1420'],
      ['packages:\n  - tarball: http://127.0.0.1:1/x.tar.gz\n    name: mine\n', 'XF1420'],
    ];
    for (const [text, code] of cases) {
      writeFiles(root, { 'packages.yml': text });
      expect(onlyError(await deps(root)).code).toBe(code);
      expect(list(root)).toEqual(['mine']);
    }
  });
});
