import { resolve } from 'node:path';
import type { Credentials, CredentialsResult } from '../../src/adapter/index.ts';
import type { Diagnostic } from '../../src/core/index.ts';
import { nearest } from '../../src/core/index.ts';
import type { Attachment } from './attachment.ts';
import { databaseDiffersFromPath, unknownOption, unsupportedOption, wrongOption } from './diagnostics.ts';
import { catalogName, isMotherDuck } from './path.ts';
import type { Secret } from './secret.ts';
import { secretValues } from './secret.ts';

/** An extension to load: its name, or its name and the repository it comes from. */
export type Extension = string | { readonly name: string; readonly repo: string };

/** What the profile says of a DuckDB connection, in plain data. */
export interface DuckDbCredentials extends Credentials {
  readonly path: string;
  /** Folder that relative paths start from. */
  readonly base: string;
  readonly configOptions: Readonly<Record<string, unknown>>;
  readonly extensions: readonly Extension[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secretOptions: readonly Secret[];
  readonly attach: readonly Attachment[];
  readonly externalRoot: string;
  readonly disableTransactions: boolean;
  /** Names of the catalogs that are DuckLakes. */
  readonly duckLakes: readonly string[];
  readonly retries: {
    readonly connectAttempts: number;
    readonly queryAttempts: number;
    readonly exceptions: readonly string[];
  };
  /** Options that cannot work here and make `open` fail. */
  readonly unsupported: readonly Diagnostic[];
}

type Kind = 'text' | 'number' | 'boolean' | 'list' | 'mapping';
const kinds: Readonly<Record<string, Kind>> = {
  type: 'text',
  path: 'text',
  database: 'text',
  schema: 'text',
  threads: 'number',
  config_options: 'mapping',
  extensions: 'list',
  settings: 'mapping',
  secrets: 'list',
  external_root: 'text',
  use_credential_provider: 'text',
  attach: 'list',
  filesystems: 'list',
  remote: 'mapping',
  plugins: 'list',
  disable_transactions: 'boolean',
  keep_open: 'boolean',
  module_paths: 'list',
  retries: 'mapping',
  flights: 'mapping',
  is_ducklake: 'boolean',
  motherduck_token: 'text',
};
const expected: Readonly<Record<Kind, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  mapping: 'a mapping',
};
/** The keys that dbt shows in `debug` and in Jinja's `target`, in its order. */
const shownKeys = [
  ...[
    'database',
    'schema',
    'path',
    'config_options',
    'extensions',
    'settings',
    'external_root',
    'use_credential_provider',
  ],
  ...['attach', 'filesystems', 'remote', 'plugins', 'disable_transactions'],
] as const;
const sensitiveName = /token|secret|password|passwd|key_id|access_key|api_?key|credential|passphrase/i;

/** Reads the output of a profile as dbt-duckdb does. Relative paths start from `base`. */
export function readCredentials(output: Readonly<Record<string, unknown>>, base: string): CredentialsResult {
  const { problems, warnings } = checkKinds(output);
  if (problems.length > 0) return { problems };

  const path = text(output.path) ?? ':memory:';
  const attach = (list(output.attach) as readonly Attachment[]) ?? [];
  const aliases = attach.flatMap((entry) => (entry.alias ? [entry.alias] : []));
  const expectedName = catalogName(path);
  const database = text(output.database) ?? expectedName;
  if (!expectedName || (database !== expectedName && !aliases.includes(database) && !output.remote))
    problems.push(databaseDiffersFromPath({ database, expected: expectedName, path, aliases }));

  const settings: Record<string, unknown> = { ...mapping(output.settings) };
  const token = text(output.motherduck_token);
  if (token !== undefined) {
    if (settings.motherduck_token !== undefined && settings.motherduck_token !== token)
      problems.push(
        wrongOption({
          option: 'motherduck_token',
          expected: 'set in one place only',
          found: 'set differently under `settings`',
        }),
      );
    settings.motherduck_token = token;
  }
  const secretOptions = [...(list(output.secrets) as Secret[])];
  const provider = output.use_credential_provider;
  if (provider === 'aws') secretOptions.push({ type: 's3', provider: 'credential_chain' });
  else if (provider)
    problems.push(
      wrongOption({ option: 'use_credential_provider', expected: '`aws`', found: JSON.stringify(provider) }),
    );
  if (problems.length > 0) return { problems };

  const configOptions = mapping(output.config_options);
  const externalRoot = text(output.external_root) ?? '.';
  const retries = mapping(output.retries);
  const schema = text(output.schema) ?? 'main';
  const disableTransactions = output.disable_transactions === true;
  const secrets = secretsOf({ settings, configOptions, secretOptions, attach, path });
  const shown = {
    ...output,
    database,
    schema,
    path,
    settings,
    external_root: externalRoot,
    disable_transactions: disableTransactions,
  };
  const target = Object.fromEntries(
    shownKeys.map((key) => [key, mask((shown as Record<string, unknown>)[key] ?? null, secrets)]),
  );

  const credentials: DuckDbCredentials = {
    type: 'duckdb',
    database,
    schema,
    ...(typeof output.threads === 'number' ? { threads: output.threads } : {}),
    target,
    shown: shownKeys.map((key) => [key, printed(target[key])] as const),
    // Shorter ones would be found inside of ordinary words.
    secrets: secrets.filter((secret) => secret.length >= 3),
    path,
    base,
    configOptions,
    extensions: list(output.extensions) as Extension[],
    settings,
    secretOptions,
    attach,
    // DuckDB writes relative to the process: where that is not the project, the root has to say so.
    externalRoot:
      resolve(base) === process.cwd() || /^[a-z][a-z0-9+.-]+:/i.test(externalRoot)
        ? externalRoot
        : resolve(base, externalRoot),
    disableTransactions,
    duckLakes: duckLakesOf(path, output.is_ducklake === true, attach),
    retries: {
      connectAttempts: Number(retries.connect_attempts ?? 1),
      queryAttempts: Number(retries.query_attempts ?? 1),
      exceptions: (retries.retryable_exceptions as string[] | undefined) ?? ['IOException'],
    },
    unsupported: unsupportedIn(output),
  };
  if (list(output.plugins).length > 0)
    warnings.push(
      unsupportedOption(
        {
          option: 'plugins',
          detail: 'they are Python code, and are not loaded',
          instead: 'Sources that name a plugin need an `external_location` or an attached database instead.',
        },
        { severity: 'warning' },
      ),
    );
  return { credentials, warnings };
}

function checkKinds(output: Readonly<Record<string, unknown>>): { problems: Diagnostic[]; warnings: Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  for (const [option, value] of Object.entries(output)) {
    const kind = kinds[option];
    if (kind === undefined) {
      const suggestion = nearest(option, Object.keys(kinds));
      if (suggestion) warnings.push(unknownOption({ option, suggestion }));
    } else if (value !== null && value !== undefined && !isKind(value, kind))
      problems.push(wrongOption({ option, expected: expected[kind], found: describe(value) }));
  }
  list(output.attach).forEach((entry, index) => {
    if (typeof mapping(entry).path !== 'string')
      problems.push(
        wrongOption({ option: `attach[${index}].path`, expected: 'text', found: describe(mapping(entry).path) }),
      );
  });
  list(output.secrets).forEach((entry, index) => {
    if (typeof mapping(entry).type !== 'string')
      problems.push(
        wrongOption({ option: `secrets[${index}].type`, expected: 'text', found: describe(mapping(entry).type) }),
      );
  });
  list(output.extensions).forEach((entry, index) => {
    const { name, repo } = mapping(entry);
    if (typeof entry !== 'string' && (typeof name !== 'string' || typeof repo !== 'string'))
      problems.push(
        wrongOption({
          option: `extensions[${index}]`,
          expected: 'a name, or a mapping with `name` and `repo`',
          found: describe(entry),
        }),
      );
  });
  return { problems, warnings };
}

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'mapping':
      return typeof value === 'object' && !Array.isArray(value);
  }
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

function unsupportedIn(output: Readonly<Record<string, unknown>>): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (list(output.filesystems).length > 0)
    found.push(
      unsupportedOption({
        option: 'filesystems',
        detail: 'these are Python libraries (fsspec)',
        instead:
          "Use DuckDB's own: list `httpfs` (S3, GCS, R2, HTTP) or `azure` under `extensions` and the keys under `secrets`.",
      }),
    );
  if (output.remote)
    found.push(
      unsupportedOption({
        option: 'remote',
        detail: 'a Buena Vista server cannot be spoken to',
        instead: 'Open the database file with `path`, or use MotherDuck (`path: md:<name>`).',
      }),
    );
  return found;
}

function duckLakesOf(path: string, flagged: boolean, attach: readonly Attachment[]): string[] {
  const names: string[] = [];
  if (flagged || /ducklake:/i.test(path)) names.push(catalogName(path));
  for (const entry of attach)
    if (entry.is_ducklake || /ducklake:/i.test(entry.path)) names.push(entry.alias ?? catalogName(entry.path));
  return names;
}

function secretsOf(from: {
  settings: Readonly<Record<string, unknown>>;
  configOptions: Readonly<Record<string, unknown>>;
  secretOptions: readonly Secret[];
  attach: readonly Attachment[];
  path: string;
}): string[] {
  const found = from.secretOptions.flatMap(secretValues);
  for (const group of [from.settings, from.configOptions, ...from.attach.map((entry) => entry.options ?? {})])
    for (const [key, value] of Object.entries(group)) if (sensitiveName.test(key) && value) found.push(String(value));
  for (const path of [from.path, ...from.attach.map((entry) => entry.path)])
    for (const pattern of [/:\/\/[^/@:]*:([^@]+)@/, /\b(?:password|token|motherduck_token)=('[^']*'|[^\s&]+)/i]) {
      const value = pattern.exec(path)?.[1];
      if (value) found.push(value.replace(/^'|'$/g, ''));
    }
  return [...new Set(found)];
}

/** The value with every secret in it replaced. */
function mask(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((clean, secret) => clean.replaceAll(secret, '*****'), value);
  if (Array.isArray(value)) return value.map((item) => mask(item, secrets));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, secrets)]));
  return secrets.includes(String(value)) ? '*****' : value;
}

function printed(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const mapping = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** True where the profile's database is, or attaches, MotherDuck. */
export function usesMotherDuck(credentials: DuckDbCredentials): boolean {
  return isMotherDuck(credentials.path) || credentials.attach.some((entry) => isMotherDuck(entry.path));
}
