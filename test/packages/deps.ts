import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../../src/core/index.ts';
import { PyDict } from '../../src/jinja/index.ts';
import {
  type DependencyOrder,
  installDependencies,
  openHub,
  type PackageHost,
  unpackLimits,
} from '../../src/packages/index.ts';
import { configRenderer } from '../../src/project/index.ts';

const impatience = { timeoutMs: 2000, attempts: 3, pauseMs: 1 };

/** A new project with the files given, called `root`. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'xform-deps-test-'));
  writeFiles(root, { 'dbt_project.yml': 'name: root\n', ...files });
  return root;
}

/** Writes files into a folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What came of `deps`. */
export interface Outcome {
  readonly said: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Empty where it went well. */
  readonly errors: readonly Diagnostic[];
}

/** Runs `deps` in a project. */
export async function deps(
  root: string,
  order: Partial<DependencyOrder> = {},
  more: Partial<Omit<PackageHost, 'hub'>> & { readonly hub?: string } = {},
): Promise<Outcome> {
  const said: string[] = [];
  const warnings: Diagnostic[] = [];
  const signal = more.signal ?? new AbortController().signal;
  const env = more.env ?? { PATH: process.env.PATH };
  const names = { env, vars: new PyDict(), allowSecrets: true, requireVars: false };
  const host: PackageHost = {
    root,
    projectName: 'root',
    signal,
    render: configRenderer(names),
    versionCheck: true,
    patience: impatience,
    limits: unpackLimits,
    say: ({ message }) => said.push(message),
    warn: (problem) => warnings.push(problem),
    ...more,
    env,
    hub: openHub(more.hub ?? 'http://127.0.0.1:1/', { ...impatience, signal, env }),
  };
  try {
    await installDependencies({ installPath: 'dbt_packages', upgrade: false, lockOnly: false, ...order }, host);
    return { said, warnings, errors: [] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { said, warnings, errors: error.diagnostics };
  }
}

/** The one error that an outcome has. */
export function onlyError({ errors }: Outcome): Diagnostic {
  if (errors.length !== 1)
    throw new Error(`not one error: ${errors.map(({ code, message }) => `${code} ${message}`).join('\n')}`);
  return errors[0]!;
}

/** A file of a project. */
export const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

/** The names in a folder of a project. */
export const list = (root: string, path = 'dbt_packages'): string[] => readdirSync(join(root, path)).sort();

/** The text that a diagnostic points to. */
export function pointedAt(root: string, { at }: Diagnostic): string | undefined {
  return at && read(root, at.file).slice(at.start, at.end);
}
