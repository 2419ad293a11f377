import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/core/index.ts';
import { readAddition } from '../../src/packages/index.ts';
import { deps, onlyError, projectWith, read } from './deps.ts';
import { hubServer } from './hub-server.ts';

let hub: Awaited<ReturnType<typeof hubServer>>;
beforeAll(async () => {
  hub = await hubServer({
    'dbt-labs/dbt_utils': { releases: { '1.0.0': {}, '1.1.0': {} } },
    'a/b': { releases: { '1.0.0': {} } },
  });
});
afterAll(() => hub.close());

const add = (root: string, text: string, source: 'hub' | 'git' | 'local' = 'hub') =>
  deps(root, { add: readAddition(text, source), lockOnly: true }, { hub: hub.url });

describe('a package to add', () => {
  it.each([
    ['a/b@1.0.0', 'hub', 'a/b', '1.0.0'],
    ['a/b@>=1.0.0,<2.0.0', 'hub', 'a/b', '>=1.0.0,<2.0.0'],
    ['git@host.example:a/b.git@v1', 'git', 'git@host.example:a/b.git', 'v1'],
    ['https://user@host.example/a/b@v1', 'git', 'https://user@host.example/a/b', 'v1'],
    ['../x', 'local', '../x', ''],
  ] as const)('%s', (text, source, name, version) => {
    expect(readAddition(text, source)).toEqual({ name, version, source });
  });

  it('needs a version, unless it is local', () => {
    for (const [text, source] of [
      ['a/b', 'hub'],
      ['git@host.example:a/b.git', 'git'],
      ['a/b@', 'hub'],
    ] as const) {
      expect(() => readAddition(text, source)).toThrow(DiagnosticError);
    }
  });
});

describe('--add-package', () => {
  it('writes the file where there is none', async () => {
    const root = projectWith({});
    const { said, errors } = await add(root, 'a/b@1.0.0');
    expect(errors).toEqual([]);
    expect(read(root, 'packages.yml')).toBe('packages:\n  - package: a/b\n    version: 1.0.0\n');
    expect(said).toContain(`Added new package a/b@1.0.0 to ${root}/packages.yml`);
    expect(existsSync(join(root, 'package-lock.yml'))).toBe(true);
  });

  it('leaves comments and order alone, and replaces an entry for the same package', async () => {
    const root = projectWith({
      'packages.yml': [
        '# ours',
        'packages:',
        '- package: dbt-labs/dbt_utils # old',
        '  version: 1.0.0',
        '# and this',
        '- package: a/b',
        '  version: 1.0.0 # stays',
        '# the end',
        '',
      ].join('\n'),
    });
    const { said, errors } = await add(root, 'dbt-labs/dbt_utils@>=1.0.0,<2.0.0');
    expect(errors).toEqual([]);
    expect(read(root, 'packages.yml')).toBe(
      [
        '# ours',
        'packages:',
        '# and this',
        '- package: a/b',
        '  version: 1.0.0 # stays',
        '- package: dbt-labs/dbt_utils',
        '  version: [">=1.0.0", "<2.0.0"]',
        '# the end',
        '',
      ].join('\n'),
    );
    expect(said.join('\n')).toContain(
      'Found duplicate package in packages.yml, removing: {"package":"dbt-labs/dbt_utils","version":"1.0.0"}',
    );
  });

  it.each(['packages: []\n', 'packages:\n', 'packages: [] # none yet\n'])('fills %j', async (text) => {
    const root = projectWith({ 'packages.yml': text });
    expect((await add(root, 'a/b@1.0.0')).errors).toEqual([]);
    expect(read(root, 'packages.yml')).toMatch(
      /^packages:(?: # none yet)?\n {2}- package: a\/b\n {4}version: 1\.0\.0\n$/,
    );
  });

  it('goes into dependencies.yml where the packages are there', async () => {
    const root = projectWith({
      'dependencies.yml': 'packages:\n  - package: a/b\n    version: 1.0.0\nprojects:\n  - name: up\n',
    });
    await add(root, 'dbt-labs/dbt_utils@1.0.0');
    expect(read(root, 'dependencies.yml')).toBe(
      'packages:\n  - package: a/b\n    version: 1.0.0\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\nprojects:\n  - name: up\n',
    );
  });

  it('changes nothing where the package cannot be had', async () => {
    const root = projectWith({ 'packages.yml': 'packages: []\n' });
    expect(onlyError(await add(root, 'a/bb@1.0.0')).code).toBe('XF1404');
    expect(read(root, 'packages.yml')).toBe('packages: []\n');
    const empty = projectWith({});
    expect(onlyError(await add(empty, 'nowhere', 'local')).code).toBe('XF1430');
    expect(existsSync(join(empty, 'packages.yml'))).toBe(false);
  });

  it('refuses a list in one line', async () => {
    const root = projectWith({ 'packages.yml': 'packages: [{package: a/b, version: 1.0.0}]\n' });
    expect(onlyError(await add(root, 'dbt-labs/dbt_utils@1.0.0')).message).toContain('in one line');
  });
});
