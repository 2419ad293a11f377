import type { Credentials, CredentialsResult } from '../../src/adapter/index.ts';
import type { Diagnostic } from '../../src/core/index.ts';
import { nearest } from '../../src/core/index.ts';
import { missingOption, unknownOption, wrongOption } from './diagnostics.ts';

/** How much TLS is wanted, as libpq names it. */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** What the profile says of a Postgres connection, in plain data. */
export interface PostgresCredentials extends Credentials {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Seconds; 0 waits for ever. */
  readonly connectTimeout: number;
  readonly role: string | undefined;
  readonly searchPath: string | undefined;
  /** Seconds; 0 leaves it to the system. */
  readonly keepalivesIdle: number;
  readonly sslMode: SslMode;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
  readonly sslRootCert: string | undefined;
  readonly applicationName: string;
  readonly autocommit: boolean;
  readonly retries: number;
  /** Folder that relative paths start from. */
  readonly base: string;
}

type Kind = 'text' | 'number' | 'boolean';
const kinds: Readonly<Record<string, Kind>> = {
  type: 'text',
  host: 'text',
  port: 'number',
  user: 'text',
  password: 'text',
  pass: 'text',
  database: 'text',
  dbname: 'text',
  schema: 'text',
  threads: 'number',
  connect_timeout: 'number',
  role: 'text',
  search_path: 'text',
  keepalives_idle: 'number',
  sslmode: 'text',
  sslcert: 'text',
  sslkey: 'text',
  sslrootcert: 'text',
  application_name: 'text',
  autocommit: 'boolean',
  retries: 'number',
};
const expected: Readonly<Record<Kind, string>> = { text: 'text', number: 'a number', boolean: 'true or false' };
/** Other names that dbt takes for the same option. */
const aliases: Readonly<Record<string, string>> = { dbname: 'database', pass: 'password' };
const required = ['host', 'user', 'port', 'password', 'database', 'schema'] as const;
/** The keys that dbt shows in `debug` and in Jinja's `target`, in its order. */
const shownKeys = [
  ...['host', 'port', 'user', 'database', 'schema', 'connect_timeout', 'role', 'search_path', 'keepalives_idle'],
  ...['sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'application_name', 'autocommit', 'retries'],
];

/** Reads the output of a profile as dbt-postgres does. Relative paths start from `base`. */
export function readCredentials(output: Readonly<Record<string, unknown>>, base: string): CredentialsResult {
  const problems: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const options: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(output)) {
    const kind = kinds[option];
    if (kind === undefined) {
      const suggestion = nearest(option, Object.keys(kinds));
      if (suggestion) warnings.push(unknownOption({ option, suggestion }));
    } else if (value !== null && value !== undefined) {
      const read = readAs(value, kind);
      if (read === undefined) problems.push(wrongOption({ option, expected: expected[kind], found: shown(value) }));
      else options[aliases[option] ?? option] = read;
    }
  }
  for (const option of required)
    if (
      options[option] === undefined &&
      !problems.some((problem) => (aliases[nameOf(problem)] ?? nameOf(problem)) === option)
    )
      problems.push(missingOption({ option: option === 'database' ? 'dbname' : option }));
  const sslMode = options.sslmode === undefined || options.sslmode === '' ? 'prefer' : options.sslmode;
  if (!(sslModes as readonly unknown[]).includes(sslMode))
    problems.push(wrongOption({ option: 'sslmode', expected: `one of ${sslModes.join(', ')}`, found: shown(sslMode) }));
  const port = Number(options.port ?? 5432);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(wrongOption({ option: 'port', expected: 'a port from 0 to 65535', found: shown(options.port) }));
  if (problems.length > 0) return { problems };

  const text = (option: string): string | undefined => (options[option] as string | undefined) || undefined;
  const number = (option: string, otherwise: number): number => (options[option] as number | undefined) ?? otherwise;
  const password = String(options.password);
  const credentials = {
    type: 'postgres',
    host: String(options.host),
    port,
    user: String(options.user),
    password,
    database: String(options.database),
    schema: String(options.schema),
    connectTimeout: number('connect_timeout', 10),
    role: text('role'),
    searchPath: text('search_path'),
    keepalivesIdle: number('keepalives_idle', 0),
    sslMode: sslMode as SslMode,
    sslCert: text('sslcert'),
    sslKey: text('sslkey'),
    sslRootCert: text('sslrootcert'),
    applicationName: text('application_name') ?? 'dbt',
    autocommit: options.autocommit === true,
    retries: number('retries', 1),
    base,
  };
  const defaults = { connect_timeout: 10, keepalives_idle: 0, application_name: 'dbt', autocommit: false, retries: 1 };
  const target = Object.fromEntries(
    shownKeys.map((key) => [key, options[key] ?? (defaults as Record<string, unknown>)[key] ?? null]),
  );
  const made: PostgresCredentials = {
    ...credentials,
    ...(options.threads === undefined ? {} : { threads: number('threads', 1) }),
    // `target.dbname` is what older projects ask for.
    target: { ...target, dbname: credentials.database },
    shown: shownKeys.map((key) => [key, printed(target[key])] as const),
    secrets: password ? [password] : [],
  };
  return { credentials: made, warnings };
}

const nameOf = (problem: Diagnostic): string => String(problem.data.option);

/** A value as an option of that kind; undefined where it is none. Environment variables come as text, whatever they hold. */
function readAs(value: unknown, kind: Kind): string | number | boolean | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
    case 'number':
      if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return Number(value);
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
  }
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

function printed(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
