import { join, relative, sep } from 'node:path';
import { type Diagnostic, DiagnosticError, nearest } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import { projectNotMapping, unknownProjectKey, varsTwice } from './diagnostics.ts';
import { projectFileName } from './find-project.ts';
import { kindOf } from './kind-of.ts';
import type { Project } from './project.ts';
import { projectKeys } from './project-keys.ts';
import { readProjectValues } from './project-values.ts';
import { type RenderText, renderTree } from './render.ts';
import { locate, type YamlPath } from './yaml/index.ts';
import { readOptionalMapping, readYamlFile } from './yaml-file.ts';

/** A dbt_project.yml as it stands in the file, with vars.yml beside it. */
export interface ProjectFile {
  readonly root: string;
  /** Path as shown, and its text. */
  readonly file: string;
  readonly text: string;
  /** Not rendered. */
  readonly data: PyDict;
  /** `vars:` of vars.yml; undefined without that file. */
  readonly varsFile: PyDict | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** Reads the dbt_project.yml of a folder. `rootProject` is where shown paths start. Throws a DiagnosticError. */
export function readProjectFile(root: string, rootProject = root): ProjectFile {
  const path = join(root, projectFileName);
  const shown = relative(rootProject, path).replaceAll(sep, '/');
  const { file, text, value, warnings } = readYamlFile(path, shown);
  if (!(value instanceof PyDict)) {
    throw new DiagnosticError(projectNotMapping({ file, found: kindOf(value) }, { at: { file, start: 0, end: 0 } }));
  }
  const vars = readOptionalMapping(root, 'vars.yml').value.get('vars');
  const varsFile = vars instanceof PyDict && vars.size() > 0 ? vars : undefined;
  const own = value.get('vars');
  if (varsFile !== undefined && own instanceof PyDict && own.size() > 0) {
    throw new DiagnosticError(varsTwice({}, { at: locate(text, file, ['vars'], 'key') }));
  }
  return { root, file, text, data: value, varsFile, warnings };
}

/**
 * Renders and checks a dbt_project.yml. `render` sees `target`, `env_var` and the vars of the command line and of
 * vars.yml, as dbt's does; hooks, vars and the query comment are left for later. Throws a DiagnosticError with all faults.
 */
export function loadProject(
  source: ProjectFile,
  render: RenderText,
): { readonly project: Project; readonly warnings: readonly Diagnostic[] } {
  const { file, text, data } = source;
  const rendered = renderTree(data, render, { file, text }, isRendered);
  const values = readProjectValues(source, rendered.value as PyDict);
  const errors = [...rendered.problems, ...values.errors];
  if (errors.length > 0) throw new DiagnosticError(...errors);
  return { project: values.project, warnings: [...source.warnings, ...unknownKeys(source), ...values.warnings] };
}

/** The name of the profile that a project asks for; undefined where it names none. */
export function profileNameOf(source: ProjectFile, render: RenderText): string | undefined {
  const written: Value = source.data.get('profile') ?? null;
  const { value, problems } = renderTree(written, render, { ...source, path: ['profile'] });
  if (problems.length > 0) throw new DiagnosticError(...problems);
  return value === null || value === '' ? undefined : String(value);
}

const late = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);
const withHooks = new Set(['models', 'seeds', 'snapshots', 'tests', 'data_tests']);
const hook = /^[+ ]*(?:pre|post)[-_]hook$/;

function isRendered(path: YamlPath): boolean {
  const first = String(path[0]);
  if (late.has(first)) return false;
  return !withHooks.has(first) || !path.some((step) => typeof step === 'string' && hook.test(step));
}

function unknownKeys({ data, file, text }: ProjectFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const key of data.keys()) {
    const name = String(key);
    if (Object.hasOwn(projectKeys, name)) continue;
    const near = nearest(name, Object.keys(projectKeys));
    const at = locate(text, file, [name], 'key');
    found.push(unknownProjectKey({ file, key: name, near }, { at, severity: 'warning' }));
  }
  return found;
}
