import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { BulkRows, QueryResult, Session } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { addressOf, closeClient } from './connect.ts';
import type { PostgresCredentials } from './credentials.ts';
import { connectionLost } from './diagnostics.ts';
import { explain, failureOf, isServerError, redact } from './failure.ts';
import { loadRows } from './load.ts';
import { Query, type QueryOptions } from './query.ts';

/** What all sessions of one open database share. */
export interface SessionHost {
  readonly credentials: PostgresCredentials;
  /** Another connection. */
  connect(): Promise<Client>;
  /** Asks the server, on a connection of the host's own, to stop what a backend is doing. */
  cancelBackend(processId: number): Promise<void>;
}

/** The connection is of no more use after these: the server ended it, or crashed. */
const endings: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '08006', '08003']);

/** How long a cancelled statement has to end before it is cancelled again. */
const cancelAgainMs = 250;

/** One connection to Postgres. */
export class PostgresSession implements Session {
  readonly #host: SessionHost;
  #client: Client;
  /** False once the connection broke; the next statement outside a transaction makes a new one. */
  #alive = true;
  #inTransaction = false;
  /** Fulfilled when the running statement has ended, well or not. */
  #running: Promise<void> | undefined;
  #closed = false;
  /** The statement before: those of one session run one after another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Client, host: SessionHost) {
    this.#host = host;
    this.#client = client;
    this.#watch(client);
  }

  execute(sql: string, { fetch = true, limit }: { fetch?: boolean; limit?: number } = {}): Promise<QueryResult> {
    return this.#inTurn(sql, () => this.#run(sql, { fetch, limit }));
  }

  begin(): Promise<void> {
    return this.#transaction('begin', true);
  }

  commit(): Promise<void> {
    return this.#transaction('commit', false);
  }

  rollback(): Promise<void> {
    // What a broken connection had begun is undone already.
    if (!this.#alive) {
      this.#inTransaction = false;
      return Promise.resolve();
    }
    return this.#transaction('rollback', false);
  }

  /** Asks until the statement has ended: a request that comes before the statement has reached the server is lost. */
  async cancel(): Promise<void> {
    const { processID } = this.#client as Client & { readonly processID: number | null };
    const statement = this.#running;
    if (this.#closed || !this.#alive || !statement || processID === null) return;
    try {
      while (this.#running === statement) {
        await this.#host.cancelBackend(processID);
        await Promise.race([statement, pause(cancelAgainMs)]);
      }
    } catch {
      // The server takes no more connections: it notices by itself that the connection is gone.
      this.#client.connection.stream.destroy();
    }
  }

  load(rows: BulkRows): Promise<number> {
    return this.#inTurn('', async () =>
      loadRows(await import('pg-copy-streams'), this.#client, rows, this.#host.credentials.secrets),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.cancel();
    this.#closed = true;
    await this.#last.catch(() => undefined);
    await closeClient(this.#client);
  }

  #watch(client: Client): void {
    const broken = (): void => {
      if (client === this.#client) this.#alive = false;
    };
    client.on('error', broken);
    client.on('end', broken);
  }

  /** Runs the work after what was asked for before, and turns what the driver throws into diagnostics. */
  #inTurn<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      let ended = (): void => {};
      try {
        await this.#revive();
        this.#running = new Promise((resolve) => {
          ended = resolve;
        });
        return await work();
      } catch (error) {
        throw this.#explained(error, sql);
      } finally {
        this.#running = undefined;
        ended();
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Connects anew where the connection broke and nothing that was begun is lost by it. */
  async #revive(): Promise<void> {
    if (this.#alive || this.#closed || this.#inTransaction) return;
    const client = await this.#host.connect();
    this.#client = client;
    this.#alive = true;
    this.#watch(client);
  }

  #run(sql: string, options: QueryOptions): Promise<QueryResult> {
    const query = new Query(sql, options);
    this.#client.query(query);
    return query.done;
  }

  async #transaction(sql: string, begins: boolean): Promise<void> {
    if (this.#host.credentials.autocommit) return;
    try {
      await this.execute(sql, { fetch: false });
      this.#inTransaction = begins;
    } catch (error) {
      // Whatever kept a transaction from ending, it is over for a connection that broke: the next node connects anew.
      if (!this.#alive) this.#inTransaction = false;
      throw error;
    }
  }

  #explained(error: unknown, sql: string): unknown {
    if (!(error instanceof Error) || error instanceof DiagnosticError) return error;
    const { credentials } = this.#host;
    const ended = isServerError(error) && endings.has(error.code ?? '');
    if (isServerError(error) && !ended) return explain(failureOf(error, sql, credentials.secrets), credentials.user);
    if (ended || !this.#alive || isNetworkError(error)) {
      this.#alive = false;
      return new DiagnosticError(
        connectionLost({ address: addressOf(credentials), error: redact(error.message, credentials.secrets) }),
      );
    }
    return error;
  }
}

const isNetworkError = (error: Error): boolean =>
  /Connection terminated|not queryable|closed/i.test(error.message) ||
  /^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code ?? ''));
