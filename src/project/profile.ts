import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError, nearest } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import { invalidProfile, invalidProfilesFile, missingProfile, missingTarget } from './diagnostics.ts';
import { kindOf } from './kind-of.ts';
import { findProfilesDir, type ProfilesSearch } from './profiles-dir.ts';
import { type RenderText, renderTree } from './render.ts';
import { locate } from './yaml/index.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** One output of a profile, rendered. */
export interface Profile {
  readonly name: string;
  readonly target: string;
  /** The adapter: `duckdb`, `postgres` … */
  readonly type: string;
  readonly threads: number;
  /** The output without `type` and `threads`; for the adapter to check. */
  readonly credentials: PyDict;
  /** The file it comes from; undefined for the embedded DuckDB. */
  readonly file: string | undefined;
  /** A line to print, where the profile is not what a user might expect. */
  readonly note: string | undefined;
  /** Texts that must not be printed: passwords, tokens, and the values of DBT_ENV_SECRET_ variables. */
  readonly secrets: readonly string[];
}

/** What is asked for when a profile is chosen. */
export interface ProfileRequest extends ProfilesSearch {
  readonly projectName: string;
  /** Where an embedded DuckDB file goes. */
  readonly projectRoot: string;
  /** What dbt_project.yml names. */
  readonly projectProfile: string | undefined;
  /** `--profile`. */
  readonly profile?: string | null;
  /** `--target` or its environment variable. */
  readonly target?: string | null;
  readonly threads?: number | null;
  /** `--local`: the embedded DuckDB, whatever the project says. */
  readonly local?: boolean;
}

/**
 * Finds and renders the profile of a run. Only the chosen target is rendered, so that what other targets need need not be
 * there. A project that names no profile gets a DuckDB file of its own. Throws a DiagnosticError.
 */
export function loadProfile(request: ProfileRequest, render: RenderText): Profile {
  const name = request.profile ?? request.projectProfile;
  if (request.local || name === undefined) return embeddedProfile(request);
  const folder = findProfilesDir(request);
  const path = join(folder, 'profiles.yml');
  const source = existsSync(path) ? readYamlFile(path, path, { strip: false }) : undefined;
  const profiles = source === undefined ? new PyDict() : mappingOf(source);
  const data = profiles.get(name);
  if (source === undefined || data === undefined) {
    const known = [...profiles.keys()].map(String).filter((key) => key !== 'config');
    throw new DiagnosticError(
      missingProfile({ name, path, exists: source !== undefined, known, near: nearest(name, known) }),
    );
  }
  const keyAt = { at: locate(source.text, path, [name], 'key') };
  if (!(data instanceof PyDict)) {
    throw new DiagnosticError(invalidProfile({ name, reason: `must be a mapping, but is ${kindOf(data)}` }, keyAt));
  }
  const target = chooseTarget(request, name, data, source, render);
  const outputs = data.get('outputs');
  if (!(outputs instanceof PyDict))
    throw new DiagnosticError(invalidProfile({ name, reason: 'has no outputs' }, keyAt));
  const output = outputs.get(target);
  if (output === undefined) {
    const known = [...outputs.keys()].map(String);
    throw new DiagnosticError(
      missingTarget(
        { profile: name, target, known, near: nearest(target, known) },
        { at: locate(source.text, path, [name, 'outputs'], 'key') },
      ),
    );
  }
  if (!(output instanceof PyDict)) {
    const reason = `has an output '${target}' that must be a mapping, but is ${kindOf(output)}`;
    const at = locate(source.text, path, [name, 'outputs', target], 'key');
    throw new DiagnosticError(invalidProfile({ name, reason }, { at }));
  }
  const rendered = renderTree(
    output,
    render,
    { file: path, text: source.text, path: [name, 'outputs', target] },
    isNotPassword,
  );
  if (rendered.problems.length > 0) throw new DiagnosticError(...rendered.problems);
  return settle(request, name, target, withPasswords(rendered.value as PyDict, render), source);
}

function mappingOf({ file, value }: YamlFile): PyDict {
  if (value instanceof PyDict) return value;
  throw new DiagnosticError(invalidProfilesFile({ path: file, found: kindOf(value) }));
}

function chooseTarget(
  request: ProfileRequest,
  name: string,
  data: PyDict,
  source: YamlFile,
  render: RenderText,
): string {
  if (request.target) return request.target;
  const { file, text } = source;
  const { value, problems } = renderTree(data.get('target') ?? 'default', render, {
    file,
    text,
    path: [name, 'target'],
  });
  if (problems.length > 0) throw new DiagnosticError(...problems);
  if (typeof value === 'object' && value !== null) {
    const at = locate(text, file, [name, 'target']);
    throw new DiagnosticError(
      invalidProfile({ name, reason: `has a target that must be text, but is ${kindOf(value)}` }, { at }),
    );
  }
  return String(value);
}

/** A password may hold characters that look like a template; where it is none, it is taken as it is. */
function withPasswords(output: PyDict, render: RenderText): PyDict {
  const visit = (dict: PyDict): PyDict =>
    new PyDict(
      [...dict.entries()].map(([key, value]): [Value, Value] => {
        if (value instanceof PyDict) return [key, visit(value)];
        if (key !== 'password') return [key, value];
        const { value: password, problems } = renderTree(value, render, { file: '', text: '' });
        const missing = problems.some(({ code }) => code === 'XF1101');
        if (missing) throw new DiagnosticError(...problems);
        return [key, problems.length > 0 ? value : password];
      }),
    );
  return visit(output);
}

function isNotPassword(path: readonly (string | number)[]): boolean {
  return !path.includes('password');
}

function settle(request: ProfileRequest, name: string, target: string, output: PyDict, source: YamlFile): Profile {
  const at = { at: locate(source.text, source.file, [name, 'outputs', target], 'key') };
  const type = output.get('type');
  if (typeof type !== 'string') {
    throw new DiagnosticError(invalidProfile({ name, reason: `has no 'type' in its output '${target}'` }, at));
  }
  const threads = request.threads ?? output.get('threads') ?? 1;
  if (typeof threads !== 'number' || !Number.isInteger(threads) || threads < 1) {
    const reason = `has 'threads' in its output '${target}' that must be a whole number from 1 up, but is ${kindOf(threads)}`;
    const help = 'write threads: 4, or render it as a number: threads: "{{ env_var(\'THREADS\') | as_number }}"';
    throw new DiagnosticError({ ...invalidProfile({ name, reason }, at), help: [help] });
  }
  const credentials = new PyDict(output.entries());
  credentials.delete('type');
  credentials.delete('threads');
  return {
    name,
    target,
    type,
    threads,
    credentials,
    file: source.file,
    note: undefined,
    secrets: secretsOf(credentials, request.env),
  };
}

/** A DuckDB file inside the project, for those who have no warehouse yet. */
function embeddedProfile(request: ProfileRequest): Profile {
  const path = join(request.projectRoot, `${request.projectName}.duckdb`);
  const why = request.local ? '--local' : 'dbt_project.yml names no profile';
  return {
    name: request.projectProfile ?? request.projectName,
    target: request.target ?? 'local',
    type: 'duckdb',
    threads: request.threads ?? 4,
    credentials: new PyDict([
      ['path', path],
      ['schema', 'main'],
    ]),
    file: undefined,
    note: `Using the embedded DuckDB at ${request.projectName}.duckdb (${why})`,
    secrets: secretsOf(new PyDict(), request.env),
  };
}

const secretField = /pass(?:word|phrase)?$|token|secret|private_key|keyfile_json|api_key|credential/i;

function secretsOf(credentials: PyDict, env: ProfilesSearch['env']): string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(env)) if (name.startsWith('DBT_ENV_SECRET') && value) found.add(value);
  const visit = (value: Value, secret: boolean): void => {
    if (typeof value === 'string') {
      if (secret && value.length >= 6) found.add(value);
    } else if (Array.isArray(value)) for (const item of value) visit(item, secret);
    else if (value instanceof PyDict) {
      for (const [key, item] of value.entries()) visit(item, secret || secretField.test(String(key)));
    }
  };
  visit(credentials, false);
  // Shorter ones would take apart ordinary words. Longest first, so that a secret that contains another is taken out whole.
  return [...found].sort((a, b) => b.length - a.length);
}
