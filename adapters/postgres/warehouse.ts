import type { Client } from 'pg';
import { OpenSessions, type Session, type Warehouse } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { closeClient, connect, type Driver } from './connect.ts';
import type { PostgresCredentials } from './credentials.ts';
import { driverMissing } from './diagnostics.ts';
import { PostgresSession, type SessionHost } from './session.ts';
import { type Encryption, encryptions } from './tls.ts';

/** Opens the database a profile names: connects once, so that what is wrong is told now and not by the first node. */
export async function openWarehouse(credentials: PostgresCredentials): Promise<Warehouse> {
  const warehouse = new PostgresWarehouse(await importDriver(), credentials);
  await warehouse.open();
  return warehouse;
}

/** An open Postgres database. */
class PostgresWarehouse implements Warehouse, SessionHost {
  readonly credentials: PostgresCredentials;
  readonly #driver: Driver;
  readonly #sessions = new OpenSessions();
  #ways: readonly Encryption[];
  /** The connection that opening made, for the first session. */
  #first: Client | undefined;
  /** The connection that statements of the others are cancelled on; one for all, as the server may have few left. */
  #canceller: Promise<Client> | undefined;
  /** The request before: the driver wants them one after another. */
  #cancelling: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(driver: Driver, credentials: PostgresCredentials) {
    this.#driver = driver;
    this.credentials = credentials;
    this.#ways = encryptions(credentials);
  }

  async open(): Promise<void> {
    this.#first = await this.connect();
  }

  async connect(): Promise<Client> {
    const { client, way } = await connect(this.#driver, this.credentials, this.#ways);
    // Where several ways are allowed, the one that worked is tried first from now on.
    if (this.#ways[0] !== way) this.#ways = [way, ...this.#ways.filter((other) => other !== way)];
    return client;
  }

  cancelBackend(processId: number): Promise<void> {
    this.#canceller ??= this.connect();
    const canceller = this.#canceller;
    const turn = this.#cancelling.then(async () => {
      await (await canceller).query('select pg_cancel_backend($1)', [processId]);
    });
    this.#cancelling = turn.catch(() => undefined);
    return turn;
  }

  async session(_name: string): Promise<Session> {
    const first = this.#first;
    this.#first = undefined;
    return this.#sessions.add(new PostgresSession(first ?? (await this.connect()), this));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const first = this.#first;
    this.#first = undefined;
    await Promise.all([this.#sessions.close(), first && closeClient(first)]);
    const canceller = await this.#canceller?.catch(() => undefined);
    if (canceller) await closeClient(canceller);
  }
}

async function importDriver(): Promise<Driver> {
  try {
    return (await import('pg')).default as unknown as Driver;
  } catch (error) {
    throw new DiagnosticError(driverMissing({ error: String((error as Error).message) }));
  }
}
