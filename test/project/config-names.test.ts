import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PyDict, type Value } from '../../src/jinja/index.ts';
import {
  type ConfigNames,
  configRenderer,
  loadProfile,
  loadProject,
  parseVars,
  readProjectFile,
} from '../../src/project/index.ts';
import { faults, folderWith } from './folder.ts';

const renderer = (more: Partial<ConfigNames> = {}) =>
  configRenderer({
    env: { PORT: '5432', DBT_ENV_SECRET_PW: 'hush' },
    vars: parseVars('{a: 1, b: "{{ env_var(\'PORT\') }}"}'),
    ...more,
  });
const render = (text: string, more: Partial<ConfigNames> = {}): Value => renderer(more)(text, 'x.yml');

describe('templates in configuration files', () => {
  it.each([
    ["{{ env_var('PORT') }}", '5432'],
    ["{{ env_var('PORT') | as_number }}", 5432],
    ["{{ env_var('PORT') | int }}", 5432],
    ["x{{ env_var('PORT') }}", 'x5432'],
    ["{{ env_var('NO', 'x') }}", 'x'],
    ["{{ env_var('NO', 'True') | as_bool }}", true],
    ["{{ var('a') }}", 1],
    ["{{ var('b') }}", '5432'],
    ["{{ var('c', 'd') }}", 'd'],
    ["{{ 'x' if var('a') == 1 else 'y' }}", 'x'],
    ['{{ [1, 2] }}', [1, 2]],
    ['{{ none }}', null],
  ])('%s', (text, expected) => {
    expect(render(text)).toEqual(expected);
  });

  it('see target where it is known, and secrets where they may', () => {
    const base = new Map<string, Value>([['target', new PyDict([['name', 'dev']])]]);
    expect(render('{{ target.name }}', { base })).toBe('dev');
    expect(render("{{ env_var('DBT_ENV_SECRET_PW') }}", { allowSecrets: true })).toBe('hush');
    expect(faults(() => render("{{ env_var('DBT_ENV_SECRET_PW') }}"))[0]!.code).toBe('XF1102');
  });

  it('can do without vars in deps', () => {
    expect(render("{{ var('c') }}", { requireVars: false })).toBeNull();
    expect(render("{{ var('c', 2) }}{{ var('a') }}", { requireVars: false })).toBe('21');
    expect(faults(() => render("{{ var('c') }}"))[0]!.code).toBe('XF1103');
  });

  it('fail with the place in the YAML file', () => {
    const yaml = 'name: shop\nmodels:\n  +schema: "{{ env_var(\'NO\') }}"\n  +tags: "{{ a + }}"\n  +x: "{{ 1 / 0 }}"\n';
    const root = folderWith({ 'dbt_project.yml': yaml });
    const found = faults(() => loadProject(readProjectFile(root), renderer()));
    expect(found.map((one) => [one.code, yaml.slice(one.at!.start, one.at!.end)])).toEqual([
      ['XF1101', "{{ env_var('NO') }}"],
      ['XF1018', '{{ a + }}'],
      ['XF1018', '{{ 1 / 0 }}'],
    ]);
    expect(found[0]!.message).toBe("Env var required but not provided: 'NO'");
    expect(found.map((one) => one.category)).toEqual(['Parsing', 'Compilation', 'Compilation']);
  });

  it('make a whole profile', () => {
    const root = folderWith({
      'profiles.yml':
        "shop:\n  target: \"{{ env_var('T', 'dev') }}\"\n  outputs:\n    dev:\n      type: postgres\n      port: \"{{ env_var('PORT') | as_number }}\"\n      password: \"{{ env_var('DBT_ENV_SECRET_PW') }}\"\n    prod: {type: postgres, host: \"{{ env_var('GONE') }}\"}\n",
    });
    const request = { cwd: root, env: {}, projectName: 'shop', projectRoot: join(root), projectProfile: 'shop' };
    const profile = loadProfile(request, renderer({ allowSecrets: true }));
    expect([...profile.credentials.entries()]).toEqual([
      ['port', 5432],
      ['password', 'hush'],
    ]);
    expect(faults(() => loadProfile({ ...request, target: 'prod' }, renderer({ allowSecrets: true })))[0]!.code).toBe(
      'XF1101',
    );
  });
});
