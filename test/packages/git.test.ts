import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deps, list, onlyError, pointedAt, projectWith, read } from './deps.ts';
import { gitRepository } from './git-repository.ts';

const repository = gitRepository({ 'dbt_project.yml': 'name: gone\n', 'sub/deep/dbt_project.yml': 'name: deep\n' });
const { url, shas } = repository;
const packages = (...lines: string[]): string =>
  `packages:\n  - git: ${url}\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('packages from git', () => {
  it.each([
    ['revision: v1', shas.v1],
    ['revision: dev', shas.dev],
    [`revision: ${shas.main}`, shas.main],
    [`revision: ${shas.main.slice(0, 9)}`, shas.main],
    ['warn-unpinned: false', shas.main],
  ])('%s', async (line, sha) => {
    const root = projectWith({ 'packages.yml': packages(line) });
    const { said, warnings, errors } = await deps(root);
    expect([errors, warnings]).toEqual([[], []]);
    expect(said.slice(1)).toEqual([`Installing ${url}`, `Installed from revision ${sha}`]);
    expect(read(root, 'package-lock.yml')).toContain(`  - git: ${url}\n    name: gone\n    revision: ${sha}\n`);
    const stage = { [shas.main]: 'main', [shas.dev]: 'dev' }[sha];
    if (stage === undefined) expect(existsSync(join(root, 'dbt_packages/gone/stage'))).toBe(false);
    else expect(read(root, 'dbt_packages/gone/stage')).toBe(stage);
    expect((await deps(root)).said).toEqual(said.slice(1));
  });

  it('below a folder', async () => {
    const root = projectWith({ 'packages.yml': packages('revision: v1', 'subdirectory: sub/deep') });
    const { said } = await deps(root);
    expect(said.at(-1)).toBe('and subdirectory sub/deep');
    expect(read(root, 'package-lock.yml')).toContain('    subdirectory: sub/deep\n');
    expect(list(root)).toEqual(['deep']);
    expect(list(root, 'dbt_packages/deep')).toEqual(['dbt_project.yml']);
  });

  it('of two revisions at once are refused', async () => {
    const twice = `packages:\n${['v1', 'dev'].map((revision) => `  - git: ${url}\n    revision: ${revision}\n`).join('')}`;
    const problem = onlyError(await deps(projectWith({ 'packages.yml': twice })));
    expect(problem.code).toBe('XF1413');
  });

  it('that follow a branch are told of', async () => {
    const root = projectWith({ 'packages.yml': packages('revision: main') });
    const [warning] = (await deps(root)).warnings;
    expect([warning?.code, warning && pointedAt(root, warning)]).toEqual(['XF1414', 'main']);
  });

  it('keep their secrets: not printed, not in the lock file, not on disk', async () => {
    const secret = url.split('/').at(-2)!;
    const template = url.replace(secret, "{{ env_var('DBT_ENV_SECRET_TOKEN') }}");
    const root = projectWith({ 'packages.yml': `packages:\n  - git: "${template}"\n    revision: v1\n` });
    const env = { PATH: process.env.PATH, DBT_ENV_SECRET_TOKEN: secret };
    for (let time = 0; time < 2; time++) expect((await deps(root, {}, { env })).errors).toEqual([]);
    expect(read(root, 'package-lock.yml')).toContain(`git: ${template}`);
    expect(list(root, 'dbt_packages/gone')).not.toContain('.git');
    const bad = projectWith({
      'packages.yml': 'packages:\n  - git: http://me:hunter2@127.0.0.1:1/x.git\n    revision: v1\n',
    });
    const outcome = await deps(bad);
    expect(onlyError(outcome).code).toBe('XF1411');
    expect(
      JSON.stringify({ ...outcome, errors: outcome.errors.map(({ message, data }) => [message, data]) }),
    ).not.toContain('hunter2');
  });

  it.each([
    ['revision: v2', 'XF1412', 'v2', "did you mean 'v1'?"],
    ['subdirectory: sub/deap', 'XF1415', 'sub/deap', "did you mean 'sub/deep'?"],
  ])('with the wrong %s', async (line, code, text, help) => {
    const root = projectWith({ 'packages.yml': packages(line) });
    const error = onlyError(await deps(root));
    expect([error.code, pointedAt(root, error), error.help]).toEqual([code, text, [help]]);
  });

  it('at two revisions', async () => {
    const root = projectWith({
      'packages.yml': `${packages('revision: v1')}  - git: ${url.replace(/\.git$/, '')}\n    revision: dev\n`,
    });
    expect(onlyError(await deps(root)).message).toContain('packages.yml asks for v1\n  packages.yml asks for dev');
  });

  it('that are not there, or without git', async () => {
    const root = projectWith({ 'packages.yml': 'packages:\n  - git: file:///nowhere/at/all.git\n    revision: v1\n' });
    expect(onlyError(await deps(root)).code).toBe('XF1411');
    expect(onlyError(await deps(root, {}, { env: { PATH: '/nowhere' } })).code).toBe('XF1410');
  });
});
