import type { Client } from 'pg';
import { type Diagnostic, DiagnosticError } from '../../src/core/index.ts';
import type { PostgresCredentials } from './credentials.ts';
import {
  cannotConnect,
  noDatabase,
  noTls,
  notAdmitted,
  refused,
  roleRefused,
  timedOut,
  tooManyConnections,
  unknownHost,
  untrusted,
} from './diagnostics.ts';
import { isServerError, redact } from './failure.ts';
import type { Encryption } from './tls.ts';

/** The driver, as it was imported when the database was opened. */
export type Driver = typeof import('pg');

/** `host:port`, as messages name a server. */
export const addressOf = ({ host, port }: PostgresCredentials): string => `${host}:${port}`;

/** Errors that trying again may cure. */
const passing: ReadonlySet<string> = new Set([
  refused.code,
  timedOut.code,
  tooManyConnections.code,
  cannotConnect.code,
]);

/**
 * Connects in the first of the ways that works. Errors that may pass are tried again as often as the profile says,
 * after 1, 4, 9 … seconds.
 */
export async function connect(
  driver: Driver,
  credentials: PostgresCredentials,
  ways: readonly Encryption[],
): Promise<{ client: Client; way: Encryption }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(driver, credentials, ways);
    } catch (error) {
      const again = error instanceof DiagnosticError && error.diagnostics.some(({ code }) => passing.has(code));
      if (!again || attempt > credentials.retries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000 * attempt * attempt));
    }
  }
}

async function connectOnce(driver: Driver, credentials: PostgresCredentials, ways: readonly Encryption[]) {
  let first: unknown;
  for (const way of ways) {
    const client = newClient(driver, credentials, way);
    try {
      await client.connect();
      await prepare(client, credentials);
      return { client, way };
    } catch (error) {
      await closeClient(client);
      if (error instanceof DiagnosticError) throw error;
      // A server without TLS that refuses the password is not to be blamed for having no TLS.
      if (!isAboutTls(error, way)) throw new DiagnosticError(explainConnect(error, credentials));
      first ??= error;
    }
  }
  throw new DiagnosticError(explainConnect(first, credentials));
}

function newClient(driver: Driver, credentials: PostgresCredentials, way: Encryption): Client {
  const { host, port, user, password, database, connectTimeout, keepalivesIdle, searchPath, applicationName } =
    credentials;
  const client = new driver.Client({
    host,
    port,
    user,
    password,
    database,
    ssl: way,
    connectionTimeoutMillis: connectTimeout * 1000,
    keepAlive: true,
    ...(keepalivesIdle > 0 ? { keepAliveInitialDelayMillis: keepalivesIdle * 1000 } : {}),
    application_name: applicationName,
    ...(searchPath ? { options: `-c search_path=${searchPath.replaceAll(' ', '\\ ')}` } : {}),
  });
  // Without a listener, a server that goes away would end the process.
  client.on('error', () => {});
  return client;
}

/** Settings of the session that values are read by, and the role of the profile. */
async function prepare(client: Client, { role, user, secrets }: PostgresCredentials): Promise<void> {
  await client.query("set datestyle to 'ISO, MDY'; set intervalstyle to 'postgres'; set bytea_output to 'hex'");
  await noticeLostClient(client);
  if (!role) return;
  try {
    await client.query(`set role ${role}`);
  } catch (error) {
    throw new DiagnosticError(roleRefused({ role, user, error: redact((error as Error).message, secrets) }));
  }
}

/**
 * Has the server look every second whether we are still there. It would otherwise finish a statement, with all its locks,
 * for a run that was killed. Servers before version 14 and those on Windows cannot; one that looks already is left alone.
 */
async function noticeLostClient(client: Client): Promise<void> {
  const name = "'client_connection_check_interval'";
  try {
    await client.query(`select set_config(${name}, '1s', false) where current_setting(${name}, true) = '0'`);
  } catch (error) {
    if (!isServerError(error)) throw error;
  }
}

/** Ends a connection, whatever state it is in. */
export async function closeClient(client: Client): Promise<void> {
  const end = client.end().catch(() => undefined);
  // A server that hangs does not answer to a farewell.
  const patience = new Promise((resolve) => setTimeout(resolve, 2000).unref());
  await Promise.race([end, patience]);
}

/** True where another way of encrypting may do better. */
function isAboutTls(error: unknown, way: Encryption): boolean {
  if (isServerError(error)) return /no encryption|SSL (?:on|off|encryption)/i.test(error.message);
  const { message = '', code = '' } = error as { message?: string; code?: string };
  return way !== false && (/SSL|TLS|certificate/i.test(message) || /SSL|TLS|CERT/.test(code));
}

/** What keeps a connection from being made, told from the driver's error. */
function explainConnect(error: unknown, credentials: PostgresCredentials): Diagnostic {
  const address = addressOf(credentials);
  const { host, user, database, connectTimeout, sslMode, secrets } = credentials;
  const { code = '', message = String(error) } = firstOf(error);
  const said = redact(message, secrets);
  if (isServerError(error)) {
    if (code === '3D000') return noDatabase({ address, database });
    if (code.startsWith('28')) return notAdmitted({ address, user, error: said });
    if (code.startsWith('53')) return tooManyConnections({ address, error: said });
    return cannotConnect({ address, error: said });
  }
  if (code === 'ECONNREFUSED') return refused({ address });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return unknownHost({ host });
  if (code === 'ETIMEDOUT' || /timeout expired|timeout/i.test(message))
    return timedOut({ address, seconds: connectTimeout });
  if (/does not support SSL/.test(message)) return noTls({ address, sslmode: sslMode });
  if (/certificate|altname|self.signed/i.test(message) || /CERT/.test(code))
    return untrusted({ address, sslmode: sslMode, error: said });
  return cannotConnect({ address, error: said || code });
}

/** A host with several addresses fails with one error for each. */
function firstOf(error: unknown): { code?: string; message?: string } {
  const errors = (error as { errors?: unknown[] }).errors;
  return (Array.isArray(errors) && errors.length > 0 ? errors[0] : error) as { code?: string; message?: string };
}
