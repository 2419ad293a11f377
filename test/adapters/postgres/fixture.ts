import { afterAll } from 'vitest';
import { adapter } from '../../../adapters/postgres/index.ts';
import type { Credentials, Session, Warehouse } from '../../../src/adapter/index.ts';
import { type Diagnostic, DiagnosticError } from '../../../src/core/index.ts';
import { type NoServer, type PostgresServer, postgresServer } from '../../../src/testing/index.ts';

/** A server for the tests of one file, and what is opened on it; all of it is closed at the end. */
export interface Database {
  readonly server: PostgresServer;
  /** A profile's output for it. */
  output(more?: Readonly<Record<string, unknown>>): Record<string, unknown>;
  warehouse(more?: Readonly<Record<string, unknown>>): Promise<Warehouse>;
  session(more?: Readonly<Record<string, unknown>>): Promise<Session>;
}

/** The server of a file's tests, or the reason why there is none. */
export async function database(
  start: () => Promise<PostgresServer | NoServer> = postgresServer,
): Promise<Database | string> {
  const server = await start();
  if ('missing' in server) {
    console.log(`Postgres is not tested here: ${server.missing}`);
    return server.missing;
  }
  const opened: Warehouse[] = [];
  afterAll(async () => {
    await Promise.allSettled(opened.map((warehouse) => warehouse.close()));
    await server.stop();
  });
  const output = (more: Readonly<Record<string, unknown>> = {}) => ({
    type: 'postgres',
    host: server.host,
    port: server.port,
    user: server.user,
    pass: server.password,
    dbname: server.database,
    schema: 'xform_test',
    retries: 0,
    ...more,
  });
  const warehouse = async (more: Readonly<Record<string, unknown>> = {}): Promise<Warehouse> => {
    const made = await adapter.open(credentials(output(more)));
    opened.push(made);
    return made;
  };
  return { server, output, warehouse, session: async (more) => (await warehouse(more)).session('test') };
}

/** Credentials of an output that is right. */
export function credentials(output: Readonly<Record<string, unknown>>, base = process.cwd()): Credentials {
  const read = adapter.credentials(output, base);
  if ('problems' in read) throw new DiagnosticError(...read.problems);
  return read.credentials;
}

/** The diagnostic that the promise fails with. */
export async function failure(work: Promise<unknown>): Promise<Diagnostic> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason) => reason,
  );
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics[0]!;
}
