import { dirname, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { OpenSessions, type Session, type Warehouse } from '../../src/adapter/index.ts';
import { DiagnosticError, trimHeap } from '../../src/core/index.ts';
import { attachSql, quoteText } from './attachment.ts';
import type { Driver } from './cell.ts';
import type { DuckDbCredentials } from './credentials.ts';
import {
  cannotOpen,
  configurationClash,
  driverMissing,
  locked,
  missingDirectory,
  notADatabase,
  setupFailed,
} from './diagnostics.ts';
import { explain, failureOf, redact } from './failure.ts';
import { absolutePath, inMemory } from './path.ts';
import { isRetryable, pause } from './retry.ts';
import { secretSql } from './secret.ts';
import { DuckDbSession } from './session.ts';

/** Opens the database a profile names and prepares it: extensions, secrets, attached databases. */
export async function openWarehouse(credentials: DuckDbCredentials): Promise<Warehouse> {
  if (credentials.unsupported.length > 0) throw new DiagnosticError(...credentials.unsupported);
  const driver = await importDriver();
  const instance = await openInstance(driver, credentials);
  const warehouse = new DuckDbWarehouse(driver, instance, credentials);
  try {
    await warehouse.prepare();
  } catch (error) {
    await warehouse.close();
    throw error;
  }
  return warehouse;
}

/** An open DuckDB database. */
class DuckDbWarehouse implements Warehouse {
  readonly driver: Driver;
  readonly credentials: DuckDbCredentials;
  readonly #instance: DuckDBInstance;
  readonly #sessions = new OpenSessions();
  #closed = false;

  constructor(driver: Driver, instance: DuckDBInstance, credentials: DuckDbCredentials) {
    this.driver = driver;
    this.#instance = instance;
    this.credentials = credentials;
  }

  async session(_name: string): Promise<Session> {
    const connection = await this.connect();
    return this.#sessions.add(new DuckDbSession(connection, this));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#sessions.close();
    // To write its file DuckDB takes tens of megabytes of this process's memory: what a run left behind makes room.
    await trimHeap();
    this.#instance.closeSync();
  }

  /** A connection with the profile's settings. */
  async connect(): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    // Only this form of an error tells its place; `failureOf` reads it.
    await connection.run('SET errors_as_json = true');
    const { settings, base } = this.credentials;
    if (resolve(base) !== process.cwd() && settings.file_search_path === undefined)
      await connection.run(`SET file_search_path = ${quoteText(base)}`);
    for (const [name, value] of Object.entries(settings))
      await this.#step(connection, 'setting', name, `SET ${name} = ${quoteText(value)}`);
    return connection;
  }

  /** An extension that cannot be fetched once costs half a second each time it is tried: it is not tried again. */
  async autoinstallFailed(): Promise<void> {
    const connection = await this.#instance.connect();
    try {
      await connection.run('SET GLOBAL autoinstall_known_extensions = false');
    } finally {
      connection.closeSync();
    }
  }

  /** Everything the profile asks for once per database. */
  async prepare(): Promise<void> {
    const { extensions, secretOptions, attach, base } = this.credentials;
    // Settings may belong to an extension: it has to be there first.
    const connection = await this.#instance.connect();
    await connection.run('SET errors_as_json = true');
    try {
      for (const extension of extensions) {
        const name = typeof extension === 'string' ? extension : extension.name;
        const from = typeof extension === 'string' ? '' : ` FROM ${extension.repo}`;
        // One that is built in or already installed must not need the network.
        if (from === '' && (await loads(connection, name))) continue;
        await this.#step(connection, 'extension', name, `INSTALL ${name}${from}`);
        await this.#step(connection, 'extension', name, `LOAD ${name}`);
      }
      for (const [index, secret] of secretOptions.entries())
        await this.#step(connection, 'secret', String(secret.name ?? secret.type), secretSql(secret, index));
      for (const attachment of attach)
        await this.#step(connection, 'attach', attachment.alias ?? attachment.path, attachSql(attachment, base));
    } finally {
      connection.closeSync();
    }
    // A setting that is wrong is told now, not by the first node.
    (await this.connect()).closeSync();
  }

  async #step(connection: DuckDBConnection, step: string, name: string, sql: string): Promise<void> {
    try {
      await connection.run(sql);
    } catch (error) {
      const { secrets } = this.credentials;
      const { kind, sentence } = failureOf(error, '', secrets);
      const message = `${kind} Error: ${sentence}`;
      throw (
        openFailure(message, undefined) ??
        new DiagnosticError(setupFailed({ step, name: redact(name, secrets), error: message }))
      );
    }
  }
}

const loads = (connection: DuckDBConnection, extension: string): Promise<boolean> =>
  connection.run(`LOAD ${extension}`).then(
    () => true,
    () => false,
  );

async function importDriver(): Promise<Driver> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new DiagnosticError(
      driverMissing({ error: String((error as Error).message), platform: `${process.platform}-${process.arch}` }),
    );
  }
}

async function openInstance(driver: Driver, credentials: DuckDbCredentials): Promise<DuckDBInstance> {
  const path = absolutePath(credentials.path, credentials.base);
  const options = Object.fromEntries(
    Object.entries(credentials.configOptions).map(([name, value]) => [name, String(value)]),
  );
  const { connectAttempts, exceptions } = credentials.retries;
  for (let attempt = 0; ; attempt++) {
    try {
      // A second instance on one file gives two diverging databases and drops the lock of the first: hence the cache.
      return inMemory(path)
        ? await driver.DuckDBInstance.create(path, options)
        : await driver.DuckDBInstance.fromCache(path, options);
    } catch (error) {
      const failure = failureOf(error, '', credentials.secrets);
      if (attempt + 1 < connectAttempts && isRetryable(failure.kind, exceptions)) {
        await pause(1000 * 2 ** attempt);
        continue;
      }
      if (failure.kind === 'Extension Autoloading' || failure.kind === 'Missing Extension') throw explain(failure);
      const shown = redact(path, credentials.secrets);
      throw openFailure(failure.error, shown) ?? new DiagnosticError(cannotOpen({ path: shown, error: failure.error }));
    }
  }
}

/** What keeps a file from being opened, told from DuckDB's sentence. */
function openFailure(message: string, path: string | undefined): DiagnosticError | undefined {
  const file = path ?? /file "([^"]+)"/.exec(message)?.[1] ?? 'the database file';
  if (/Could not set lock on file/.test(message)) {
    const [, holder, pid] = /held in (.*?) \(PID (\d+)\)/.exec(message) ?? [];
    return new DiagnosticError(locked({ path: file, ...(pid ? { holder, pid: Number(pid) } : {}) }));
  }
  if (/not a valid DuckDB database file|version number|corrupt|Serialization Error/i.test(message))
    return new DiagnosticError(notADatabase({ path: file, error: message }));
  if (/Cannot open file .*No such file or directory/s.test(message))
    return new DiagnosticError(missingDirectory({ path: file, directory: dirname(file) }));
  if (/different configuration/.test(message))
    return new DiagnosticError(configurationClash({ path: file, error: message }));
  return undefined;
}
