import type { Diagnostic } from '../core/index.ts';
import { PyDict, PyObject, type Value } from '../jinja/index.ts';
import {
  deprecatedProjectKey,
  exclusiveProjectKeys,
  invalidProjectName,
  invalidProjectValue,
  missingProjectKey,
} from './diagnostics.ts';
import { kindOf } from './kind-of.ts';
import {
  type ConfigSection,
  configSections,
  type DispatchRule,
  type Project,
  type QueryComment,
  type Quoting,
} from './project.ts';
import type { ProjectFile } from './project-file.ts';
import { projectKeys, reservedNames, type Shape } from './project-keys.ts';
import { locate, type YamlPath } from './yaml/index.ts';

/** Turns a rendered dbt_project.yml into a Project, collecting what is wrong with it. */
export function readProjectValues(
  { root, file, text, data, varsFile }: ProjectFile,
  rendered: PyDict,
): { readonly project: Project; readonly errors: readonly Diagnostic[]; readonly warnings: readonly Diagnostic[] } {
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const keyAt = (key: string) => locate(text, file, [key], 'key');
  const invalid = (path: YamlPath, want: string, got: Value | undefined): void => {
    const key = path.map(String).join('.');
    errors.push(invalidProjectValue({ file, key, want, got: kindOf(got) }, { at: locate(text, file, path) }));
  };
  const valid = new PyDict();
  for (const [key, value] of rendered.entries()) {
    const shape = Object.hasOwn(projectKeys, String(key)) ? projectKeys[String(key)] : undefined;
    if (shape === undefined || value === null) continue;
    const want = fault(shape, value);
    if (want === undefined) valid.set(key, value);
    else invalid([String(key)], want, value);
  }

  const texts = (key: string, older?: string): readonly string[] | undefined => {
    if (older !== undefined && valid.has(older)) {
      if (valid.has(key)) errors.push(exclusiveProjectKeys({ file, key: older, other: key }, { at: keyAt(older) }));
      else warnings.push(deprecatedProjectKey({ file, key: older, instead: `call it '${key}'` }, { at: keyAt(older) }));
    }
    const value = valid.get(key) ?? (older === undefined ? undefined : valid.get(older));
    return value === undefined ? undefined : Array.isArray(value) ? value.map(String) : [String(value)];
  };
  const word = (key: string, otherwise: string): string => (valid.get(key) as string | undefined) ?? otherwise;
  const mapping = (from: PyDict, key: string): PyDict => {
    const value = from.get(key);
    return value instanceof PyDict ? value : new PyDict();
  };

  const modelPaths = texts('model-paths', 'source-paths') ?? ['models'];
  const seedPaths = texts('seed-paths', 'data-paths') ?? ['seeds'];
  const testPaths = texts('test-paths') ?? ['tests'];
  const snapshotPaths = texts('snapshot-paths') ?? ['snapshots'];
  const analysisPaths = texts('analysis-paths') ?? ['analyses'];
  const macroPaths = texts('macro-paths') ?? ['macros'];
  const functionPaths = texts('function-paths') ?? ['functions'];
  const everywhere = [modelPaths, seedPaths, snapshotPaths, analysisPaths, macroPaths, testPaths, functionPaths].flat();
  for (const [key, usual, option] of [
    ['target-path', 'target', '--target-path or DBT_TARGET_PATH'],
    ['log-path', 'logs', '--log-path or DBT_LOG_PATH'],
  ] as const) {
    if (word(key, usual) !== usual) {
      warnings.push(deprecatedProjectKey({ file, key, instead: `set ${option} instead` }, { at: keyAt(key) }));
    }
  }
  if (valid.has('tests') && valid.has('data_tests')) {
    errors.push(exclusiveProjectKeys({ file, key: 'tests', other: 'data_tests' }, { at: keyAt('tests') }));
  }
  const configs = (from: PyDict): Record<ConfigSection, PyDict> =>
    Object.fromEntries(
      configSections.map((section) => [
        section,
        mapping(from, section === 'data_tests' && !from.has('data_tests') ? 'tests' : section),
      ]),
    ) as Record<ConfigSection, PyDict>;

  const targetPath = word('target-path', 'target');
  const version = valid.get('version');
  const project: Project = {
    name: readName(),
    version: version === undefined ? null : version instanceof PyObject ? version.str() : String(version),
    profile: valid.get('profile') as string | undefined,
    root,
    modelPaths,
    seedPaths,
    testPaths,
    snapshotPaths,
    analysisPaths,
    macroPaths,
    functionPaths,
    docsPaths: texts('docs-paths') ?? [...new Set(everywhere.map((path) => path.replace(/\/+$/, '')))],
    assetPaths: texts('asset-paths') ?? [],
    targetPath,
    logPath: word('log-path', 'logs'),
    packagesInstallPath: word('packages-install-path', 'dbt_packages'),
    cleanTargets: texts('clean-targets') ?? [targetPath],
    quoting: readQuoting(),
    queryComment: readQueryComment(),
    requireDbtVersion: (texts('require-dbt-version') ?? [])
      .flatMap((range) => range.split(','))
      .map((range) => range.trim()),
    dispatch: readDispatch(),
    onRunStart: texts('on-run-start') ?? [],
    onRunEnd: texts('on-run-end') ?? [],
    restrictAccess: valid.get('restrict-access') === true,
    flags: mapping(valid, 'flags'),
    vars: varsFile ?? mapping(valid, 'vars'),
    configs: configs(valid),
    unrenderedConfigs: configs(data),
    dbtCloud: valid.get('dbt-cloud') ?? null,
  };
  return { project, errors, warnings };

  function readName(): string {
    const name = valid.get('name');
    if (name === undefined) {
      if (!rendered.has('name') || rendered.get('name') === null) {
        errors.push(missingProjectKey({ file, key: 'name' }, { at: { file, start: 0, end: 0 } }));
      }
      return '';
    }
    const reserved = reservedNames.has(String(name));
    if (reserved || !/^[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*$/u.test(String(name))) {
      errors.push(invalidProjectName({ file, name: String(name), reserved }, { at: locate(text, file, ['name']) }));
    }
    return String(name);
  }

  function readQuoting(): Quoting {
    const result: Record<string, boolean> = {};
    for (const [key, value] of mapping(valid, 'quoting').entries()) {
      if (typeof value === 'boolean') result[key === 'project' ? 'database' : String(key)] = value;
      else if (value !== null) invalid(['quoting', String(key)], 'true or false', value);
    }
    return result;
  }

  function readQueryComment(): QueryComment {
    const plain = { comment: null, append: null, jobLabel: false };
    if (!rendered.has('query-comment')) return plain;
    const value = valid.get('query-comment');
    if (value === undefined || value === '') return { ...plain, comment: '' };
    if (typeof value === 'string') return { ...plain, comment: value };
    if (!(value instanceof PyDict)) {
      invalid(['query-comment'], 'text or a mapping', value);
      return plain;
    }
    const comment = value.get('comment');
    const append = value.get('append');
    return {
      comment: typeof comment === 'string' ? comment : value.has('comment') ? '' : null,
      append: typeof append === 'boolean' ? append : null,
      jobLabel: value.get('job-label') === true,
    };
  }

  function readDispatch(): DispatchRule[] {
    const rules = valid.get('dispatch');
    if (rules === undefined) return [];
    if (!Array.isArray(rules)) {
      invalid(['dispatch'], 'a list', rules);
      return [];
    }
    return rules.flatMap((rule, index) => {
      const namespace = rule instanceof PyDict ? rule.get('macro_namespace') : undefined;
      const order = rule instanceof PyDict ? rule.get('search_order') : undefined;
      if (typeof namespace === 'string' && Array.isArray(order)) {
        return [{ macroNamespace: namespace, searchOrder: order.map(String) }];
      }
      invalid(['dispatch', index], 'a mapping with macro_namespace and a list search_order', rule);
      return [];
    });
  }
}

/** A semantic version, of which the last number may be left out. */
const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?)?$/;

/** What a value should have been; undefined where it is right. */
function fault(shape: Shape, value: Value): string | undefined {
  const isText = typeof value === 'string';
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  switch (shape) {
    case 'text':
      return isText ? undefined : 'text';
    case 'texts':
      return isTexts ? undefined : 'a list of texts';
    case 'texts or text':
      return isText || isTexts ? undefined : 'text or a list of texts';
    case 'mapping':
      return value instanceof PyDict ? undefined : 'a mapping';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'version':
      return !isText || VERSION.test(value) ? undefined : "a version such as '1.0.0'";
    default:
      return undefined;
  }
}
