import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageArchive } from './archive.ts';
import { deps, list, onlyError, pointedAt, projectWith, read, writeFiles } from './deps.ts';
import { hubServer, unusedAddress } from './hub-server.ts';

let hub: Awaited<ReturnType<typeof hubServer>>;

beforeAll(async () => {
  hub = await hubServer({
    'dbt-labs/dbt_utils': {
      releases: {
        '0.9.0': {},
        '1.0.0': {},
        '1.1.0': {},
        '1.3.0': {},
        '1.4.0': { require_dbt_version: ['>=2.0.0'] },
        '2.0.0-rc1': {},
      },
    },
    'dbt-labs/codegen': {
      releases: { '0.12.0': { packages: [{ package: 'dbt-labs/dbt_utils', version: ['>=0.8.0', '<1.2.0'] }] } },
    },
    'old/dbt_utils': { releases: { '0.1.0': {} }, more: { redirectnamespace: 'dbt-labs' } },
    'a/one': { releases: { '1.0.0': { packages: [{ package: 'a/two', version: '1.0.0' }] } } },
    'a/two': { releases: { '1.0.0': { packages: [{ package: 'a/one', version: '1.0.0' }] } } },
    'a/mutable': { releases: { '1.0.0': {} } },
    'a/flaky': { releases: { '1.0.0': {} } },
    'a/sly': { releases: { '1.0.0': { packages: [{ local: '../../secret' }] } } },
    'a/broken': { releases: { '1.0.0': {} } },
  });
});
afterAll(() => hub.close());

const packages = (...lines: string[]): string => `packages:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const utils = (version: string): string => packages('- package: dbt-labs/dbt_utils', `  version: ${version}`);
const run = (root: string, order: Parameters<typeof deps>[1] = {}, more: Parameters<typeof deps>[2] = {}) =>
  deps(root, order, { hub: hub.url, ...more });

describe('packages from the hub', () => {
  it('are installed, with the lock file and the lines of dbt', async () => {
    const root = projectWith({ 'packages.yml': utils('1.1.0') });
    const { said, errors } = await run(root);
    expect(errors).toEqual([]);
    expect(said).toEqual([
      `Updating lock file in file path: ${root}/package-lock.yml`,
      'Installing dbt-labs/dbt_utils',
      'Installed from version 1.1.0',
      'Updated version available: 1.3.0',
      "\nUpdates available for packages: ['dbt-labs/dbt_utils']\nUpdate your versions in packages.yml, then run xform deps",
    ]);
    expect(read(root, 'package-lock.yml')).toMatch(
      /^packages:\n {2}- name: dbt_utils\n {4}package: dbt-labs\/dbt_utils\n {4}version: 1\.1\.0\nsha1_hash: [0-9a-f]{40}\n# sha256 [0-9a-f]{64} dbt-labs\/dbt_utils@1\.1\.0\n$/,
    );
    expect(read(root, 'dbt_packages/dbt_utils/dbt_project.yml')).toBe('name: dbt_utils\n');
  });

  it.each([
    ['[">=0.8.0", "<1.1.0"]', '1.0.0'],
    ['">=0.8.0,<1.1.0"', '1.0.0'],
    ['">=1.0.0"', '1.3.0'],
    ['"2.0.0-rc1"', '2.0.0-rc1'],
    ['"<2.0.0"\n    install_prerelease: true', '1.3.0'],
    ['">1.0.0"\n    install-prerelease: true', '2.0.0-rc1'],
  ])('of version %s are %s', async (range, version) => {
    const root = projectWith({ 'packages.yml': utils(range) });
    expect((await run(root, { lockOnly: true })).errors).toEqual([]);
    expect(read(root, 'package-lock.yml')).toContain(`version: ${version}\n`);
  });

  it('agree on one version with those who need them', async () => {
    const root = projectWith({
      'packages.yml': `${utils('">=1.0.0"')}  - package: dbt-labs/codegen\n    version: 0.12.0\n`,
    });
    await run(root);
    expect(read(root, 'package-lock.yml')).toContain('version: 1.1.0');
    expect(list(root)).toEqual(['codegen', 'dbt_utils']);
  });

  it('stay as they are locked until they are upgraded', async () => {
    const root = projectWith({ 'packages.yml': utils('">=1.0.0"') });
    await run(root, { lockOnly: true });
    const locked = read(root, 'package-lock.yml').replace('1.3.0', '1.0.0');
    writeFiles(root, { 'package-lock.yml': locked });
    const { said } = await run(root);
    expect(said).toContain('Installed from version 1.0.0');
    expect(said.join()).not.toContain('lock file');
    expect((await run(root, { upgrade: true })).said).toContain('Installed from version 1.3.0');
    writeFiles(root, { 'packages.yml': utils('1.1.0') });
    expect((await run(root)).said).toContain('Installed from version 1.1.0');
  });

  it('are taken from dependencies.yml, which is not rendered', async () => {
    const root = projectWith({ 'dependencies.yml': utils('1.1.0') });
    expect((await run(root)).errors).toEqual([]);
    expect(list(root)).toEqual(['dbt_utils']);
    writeFiles(root, { 'dependencies.yml': utils(`"{{ env_var('V') }}"`) });
    expect(onlyError(await run(root, {}, { env: { V: '1.0.0' } })).code).toBe('XF1403');
  });

  it('made for another dbt are left out, unless nobody minds', async () => {
    const root = projectWith({ 'packages.yml': utils('1.4.0') });
    const error = onlyError(await run(root));
    expect(error.code).toBe('XF1405');
    expect(error.help[0]).toContain('1.4.0 would fit, but ask for another dbt');
    expect((await run(root, {}, { versionCheck: false })).errors).toEqual([]);
  });

  it('that moved are told of', async () => {
    const root = projectWith({ 'packages.yml': packages('- package: old/dbt_utils', '  version: 0.1.0') });
    const { warnings } = await run(root);
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['XF1409', 'The package old/dbt_utils is called dbt-labs/dbt_utils now'],
    ]);
  });

  it('are asked for again where the hub stumbles', async () => {
    hub.failures.set('/api/v1/a/flaky.json', 2);
    const root = projectWith({ 'packages.yml': packages('- package: a/flaky', '  version: 1.0.0') });
    expect((await run(root)).errors).toEqual([]);
    expect(hub.requests.filter((path) => path.endsWith('flaky.json'))).toHaveLength(3);
  });

  it('that have other files than locked are not installed, and the old ones stay', async () => {
    const root = projectWith({ 'packages.yml': packages('- package: a/mutable', '  version: 1.0.0') });
    await run(root);
    writeFiles(root, { 'dbt_packages/mutable/mine': 'here' });
    hub.bodies.set('/tarballs/mutable/1.0.0', packageArchive('mutable', [{ path: 'mutable-1/evil.sql', text: 'x' }]));
    expect(onlyError(await run(root)).code).toBe('XF1422');
    expect(read(root, 'dbt_packages/mutable/mine')).toBe('here');
    expect((await run(root, { upgrade: true })).errors).toEqual([]);
    expect(list(root, 'dbt_packages/mutable')).toContain('evil.sql');
    expect(list(root, '.').filter((name) => name.startsWith('.dbt_packages'))).toEqual([]);
  });
});

describe('what is wrong with packages from the hub', () => {
  const error = async (text: string) => {
    const root = projectWith({ 'packages.yml': text });
    const found = onlyError(await run(root));
    return { ...found, text: pointedAt(root, found) };
  };

  it('no version', async () => {
    const found = await error(packages('- package: dbt-labs/dbt_utils'));
    expect([found.code, found.text]).toEqual(['XF1402', 'dbt-labs/dbt_utils']);
  });

  it.each([
    ['1.0', 'write 1.0.0 in quotes'],
    ['^1.2.3', 'write [">=1.2.3", "<2.0.0"]'],
    ['~1.2', 'write [">=1.2.0", "<1.3.0"]'],
    ['latest', 'three numbers'],
  ])('the version %s', async (version, help) => {
    const found = await error(utils(version));
    expect(found.code).toBe('XF1403');
    expect(found.help[0]).toContain(help);
    expect(found.text).toBe(version);
  });

  it('a name that the hub does not have', async () => {
    const found = await error(packages('- package: dbt-labs/dbt-utils', '  version: 1.0.0'));
    expect([found.code, found.text, found.help]).toEqual([
      'XF1404',
      'dbt-labs/dbt-utils',
      ["did you mean 'dbt-labs/dbt_utils'?"],
    ]);
  });

  it('a version that the hub does not have', async () => {
    const found = await error(utils('9.9.9'));
    expect(found.code).toBe('XF1405');
    expect(found.help).toEqual(['there are: 1.3.0, 1.1.0, 1.0.0, 0.9.0']);
  });

  it('ranges that exclude each other', async () => {
    const found = await error(`${utils('">=1.3.0"')}  - package: dbt-labs/codegen\n    version: 0.12.0\n`);
    expect(found.code).toBe('XF1406');
    expect(found.message).toContain('packages.yml asks for >=1.3.0');
    expect(found.message).toContain('dbt-labs/codegen 0.12.0 asks for >=0.8.0, <1.2.0');
  });

  it('a circle', async () => {
    const found = await error(packages('- package: a/one', '  version: 1.0.0'));
    expect([found.code, found.message]).toEqual([
      'XF1434',
      'Packages ask for each other in a circle: a/one → a/two → a/one',
    ]);
  });

  it('two packages of one name', async () => {
    const found = await error(`${utils('1.0.0')}  - package: old/dbt_utils\n    version: 0.1.0\n`);
    expect(found.code).toBe('XF1432');
    expect(found.help[0]).toContain('old/dbt_utils is called dbt-labs/dbt_utils now');
  });

  it('a package that asks for a folder of the user', async () => {
    expect((await error(packages('- package: a/sly', '  version: 1.0.0'))).code).toBe('XF1431');
  });

  it('a broken archive', async () => {
    hub.bodies.set('/tarballs/broken/1.0.0', '<html>');
    const found = await error(packages('- package: a/broken', '  version: 1.0.0'));
    expect([found.code, found.message]).toEqual(['XF1421', expect.stringContaining('not a gzip file')]);
  });

  it('keys, shapes and kinds', async () => {
    expect((await error(packages('- pakage: a/b'))).help).toEqual(["did you mean 'package'?"]);
    expect((await error(packages('- package: a/b', '  versoin: 1.0.0'))).help).toEqual(["did you mean 'version'?"]);
    expect((await error(packages('- package: a/b', '  git: x'))).message).toContain('both package: and git:');
    expect((await error(packages('- package: dbt_utils', '  version: 1.0.0'))).message).toContain(
      'no name of a package on the hub',
    );
    expect((await error(packages('- tarball: http://x/y.tar.gz'))).message).toContain('name: is missing');
    expect((await error(packages('- git: "--upload-pack=x"'))).code).toBe('XF1401');
  });

  it('Ctrl-C while it waits', async () => {
    hub.failures.set('/api/v1/dbt-labs/dbt_utils.json', 2);
    const root = projectWith({ 'packages.yml': utils('1.0.0') });
    expect(onlyError(await run(root, {}, { signal: AbortSignal.abort() })).code).toBe('XF1442');
    expect(list(root, '.')).toEqual(['dbt_project.yml', 'packages.yml']);
    hub.failures.clear();
  });

  it('a hub that is not there, or none', async () => {
    const root = projectWith({ 'packages.yml': utils('1.0.0') });
    const gone = onlyError(await deps(root, {}, { hub: await unusedAddress() }));
    expect([gone.code, gone.message]).toEqual(['XF1407', expect.stringContaining('the connection is refused')]);
    const other = await deps(root, {}, { hub: `${hub.url}tarballs/x/` });
    expect(onlyError(other).code).toBe('XF1408');
  });
});
