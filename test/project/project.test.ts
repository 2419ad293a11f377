import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PyDict } from '../../src/jinja/index.ts';
import {
  checkRequiredVersion,
  findProject,
  loadPackages,
  loadProject,
  parseVars,
  profileNameOf,
  readProjectFile,
  varsFor,
} from '../../src/project/index.ts';
import { faults, folderWith, renderFrom } from './folder.ts';

const render = renderFrom({ where: 'staging', n: 3 });
const load = (yaml: string, more: Record<string, string> = {}) => {
  const root = folderWith({ 'dbt_project.yml': yaml, ...more });
  return loadProject(readProjectFile(root), render);
};
const errorsOf = (yaml: string, more: Record<string, string> = {}) => faults(() => load(yaml, more));

describe('findProject', () => {
  it('goes up from a folder inside', () => {
    const root = folderWith({ 'dbt_project.yml': 'name: a', 'models/x/y.sql': '' });
    expect(findProject(join(root, 'models/x'))).toBe(root);
  });
  it('says where it looked', () => {
    const root = folderWith({ 'a/b.txt': '' });
    expect(faults(() => findProject(root, 'a'))[0]).toMatchObject({
      code: 'XF1010',
      category: 'Runtime',
      message: `No dbt_project.yml found at expected path ${join(root, 'a', 'dbt_project.yml')}`,
    });
    expect(faults(() => findProject(join(root, 'a')))[0]!.help[0]).toContain('--project-dir');
  });
});

describe('loadProject', () => {
  it('fills in what dbt fills in', () => {
    const { project, warnings } = load('name: shop\nversion: 1.0\n');
    expect(warnings).toEqual([]);
    expect(project).toMatchObject({
      name: 'shop',
      version: '1.0',
      profile: undefined,
      modelPaths: ['models'],
      seedPaths: ['seeds'],
      testPaths: ['tests'],
      snapshotPaths: ['snapshots'],
      analysisPaths: ['analyses'],
      macroPaths: ['macros'],
      functionPaths: ['functions'],
      docsPaths: ['models', 'seeds', 'snapshots', 'analyses', 'macros', 'tests', 'functions'],
      targetPath: 'target',
      packagesInstallPath: 'dbt_packages',
      cleanTargets: ['target'],
      queryComment: { comment: null },
      restrictAccess: false,
      onRunStart: [],
    });
  });

  it('renders configs now, hooks, vars and the comment later', () => {
    const { project } = load(
      [
        'name: shop',
        'profile: "{{ where }}"',
        'on-run-start: "{{ later }}"',
        'query-comment: "{{ later }}"',
        'vars: {a: "{{ later }}"}',
        'models:',
        '  +schema: "x_{{ where }}"',
        '  +lookback: "{{ n }}"',
        '  shop:',
        '    +pre-hook: ["{{ later }}"]',
        '    post_hook: {sql: "{{ later }}"}',
      ].join('\n'),
    );
    expect(project.profile).toBe('staging');
    expect(project.onRunStart).toEqual(['{{ later }}']);
    expect(project.queryComment.comment).toBe('{{ later }}');
    expect(project.vars.get('a')).toBe('{{ later }}');
    const models = project.configs.models;
    expect(models.get('+schema')).toBe('x_staging');
    expect(models.get('+lookback')).toBe(3);
    expect((models.get('shop') as PyDict).get('+pre-hook')).toEqual(['{{ later }}']);
    expect(project.unrenderedConfigs.models.get('+schema')).toBe('x_{{ where }}');
  });

  it('collects all faults with their places', () => {
    const yaml = 'name: my shop\nmodel-paths: 3\nseeds: [1]\nmodels: {+schema: "{{ nobody }}"}\ndispatch: [{a: 1}]\n';
    const found = errorsOf(yaml);
    expect(found.map((one) => one.code).sort()).toEqual(['XF1012', 'XF1012', 'XF1012', 'XF1015', 'XF1101']);
    const texts = found.map((one) => yaml.slice(one.at!.start, one.at!.end));
    expect(texts).toContain('3');
    expect(texts).toContain('{{ nobody }}');
    expect(found.every((one) => one.at!.file === 'dbt_project.yml')).toBe(true);
  });

  it('asks for a name, and for one without a meaning', () => {
    expect(errorsOf('version: 1')[0]!.code).toBe('XF1013');
    expect(errorsOf('name: target')[0]!.message).toContain('has a meaning in templates');
    expect(errorsOf('- a')[0]!.code).toBe('XF1011');
    expect(errorsOf('name: {{ x }}')[0]).toMatchObject({ code: 'XF1001', category: 'Runtime' });
  });

  it('guesses what an unknown key meant', () => {
    const { warnings } = load('name: a\nmodle-paths: [m]\n');
    expect(warnings[0]).toMatchObject({ code: 'XF1014', severity: 'warning', help: ["did you mean 'model-paths'?"] });
  });

  it('takes the older names, and warns', () => {
    const { project, warnings } = load('name: a\nsource-paths: [src]\ndata-paths: [csv]\ntests: {+severity: warn}\n');
    expect(project.modelPaths).toEqual(['src']);
    expect(project.seedPaths).toEqual(['csv']);
    expect(project.configs.data_tests.get('+severity')).toBe('warn');
    expect(warnings.map((one) => one.code)).toEqual(['XF1017', 'XF1017']);
    expect(errorsOf('name: a\nsource-paths: [a]\nmodel-paths: [b]')[0]!.code).toBe('XF1016');
  });

  it('reads the comment in all its forms', () => {
    const comment = (line: string) => load(`name: a\n${line}`).project.queryComment;
    expect(comment('query-comment:').comment).toBe('');
    expect(comment('query-comment: ""').comment).toBe('');
    expect(comment('query-comment: {append: true}')).toEqual({ comment: null, append: true, jobLabel: false });
    expect(comment('query-comment: {comment: hi, job-label: true}')).toEqual({
      comment: 'hi',
      append: null,
      jobLabel: true,
    });
  });

  it('takes vars from vars.yml, or from the project, not from both', () => {
    const vars = { 'vars.yml': 'vars: {a: 1}' };
    expect(load('name: a', vars).project.vars.get('a')).toBe(1);
    expect(errorsOf('name: a\nvars: {b: 2}', vars)[0]!.code).toBe('XF1019');
  });

  it('knows the profile before the rest is rendered', () => {
    const root = folderWith({ 'dbt_project.yml': 'name: a\nprofile: "{{ where }}"\nmodels: {+x: "{{ nobody }}"}' });
    expect(profileNameOf(readProjectFile(root), render)).toBe('staging');
  });
});

describe('require-dbt-version', () => {
  const check = (range: string) => {
    const { project } = load(`name: a\nrequire-dbt-version: ${range}`);
    return checkRequiredVersion(project, 'dbt_project.yml', '1.12.6')?.code;
  };
  it.each([
    ['">=1.0.0"', undefined],
    ['">=1.0.0,<2.0.0"', undefined],
    ['[">=1.6.0", "<1.12.0"]', 'XF1022'],
    ['"1.12.6"', undefined],
    ['">=1.12.7"', 'XF1022'],
    ['">=1.12.6-rc1"', undefined],
    ['">1"', 'XF1021'],
  ])('%s', (range, code) => {
    expect(check(range)).toBe(code);
  });
});

describe('packages', () => {
  const own = 'name: shop\n';
  const loadAll = (files: Record<string, string>) => {
    const root = folderWith({ 'dbt_project.yml': own, ...files });
    const { project } = loadProject(readProjectFile(root), render);
    return loadPackages(project, { render, renderPackages: render });
  };

  it('loads what is installed, in the order of names', () => {
    const { projects } = loadAll({
      'packages.yml': 'packages: [{local: ../b}, {package: x/a, version: 1.0.0}]',
      'dbt_packages/b/dbt_project.yml': 'name: b',
      'dbt_packages/a/dbt_project.yml': 'name: a\nmodel-paths: [m]',
    });
    expect(projects.map((one) => one.name)).toEqual(['shop', 'a', 'b']);
  });

  it('says what is not installed', () => {
    const files = {
      'packages.yml': 'packages: [{local: ../b}, {local: ../c}]',
      'package-lock.yml': 'packages:\n- {local: ../b, name: b}\n- {local: ../c, name: c}\n',
      'dbt_packages/b/dbt_project.yml': 'name: b',
    };
    const [fault] = faults(() => loadAll(files));
    expect(fault).toMatchObject({ code: 'XF1040', category: 'Compilation', help: ['install them: xform deps'] });
    expect(fault!.message).toBe(
      '2 packages are declared in packages.yml, but 1 is installed in dbt_packages; missing: c',
    );
  });

  it('refuses two projects of one name, packages in two files, and odd shapes', () => {
    const twin = { 'packages.yml': 'packages: [{local: x}]', 'dbt_packages/x/dbt_project.yml': 'name: shop' };
    expect(faults(() => loadAll(twin))[0]!.code).toBe('XF1041');
    const both = { 'packages.yml': 'packages: []', 'dependencies.yml': 'packages: []' };
    expect(faults(() => loadAll(both))[0]!.code).toBe('XF1042');
    expect(faults(() => loadAll({ 'packages.yml': 'packages: {a: 1}' }))[0]!.code).toBe('XF1042');
    expect(loadAll({ 'packages.yml': 'packages:' }).projects).toHaveLength(1);
  });

  it('renders packages.yml, but not dependencies.yml', () => {
    const root = folderWith({ 'dbt_project.yml': own, 'packages.yml': 'packages: [{git: "{{ nobody }}"}]' });
    mkdirSync(join(root, 'dbt_packages'));
    const { project } = loadProject(readProjectFile(root), render);
    expect(faults(() => loadPackages(project, { render, renderPackages: render }))[0]!.code).toBe('XF1101');
  });
});

describe('vars', () => {
  it('are read from YAML', () => {
    expect(parseVars('{a: 1, b: yes}').get('b')).toBe(true);
    expect(parseVars('a: {b: [1]}').get('a')).toBeInstanceOf(PyDict);
    expect(faults(() => parseVars('a:1'))[0]).toMatchObject({ code: 'XF1020', category: 'Compilation' });
    expect(faults(() => parseVars('{a: [}'))[0]!.code).toBe('XF1001');
  });

  it('are looked up by dbt’s order', () => {
    const dict = (text: string) => parseVars(text);
    const cli = dict('{a: cli}');
    const root = dict('{a: root, b: root, c: root, pkg: {b: root for pkg}}');
    const own = dict('{a: own, b: own, c: own, d: own, e: own, pkg: {d: own for pkg}}');
    const vars = varsFor('pkg', { cli, root, own });
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => vars.find(name))).toEqual([
      'cli',
      'root for pkg',
      'root',
      'own for pkg',
      'own',
      undefined,
    ]);
    expect([...vars.names()]).toContain('e');
  });
});
