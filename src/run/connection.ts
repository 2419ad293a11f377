import type { BulkRows, QueryResult, Session, Warehouse } from '../adapter/index.ts';
import type { Invocation } from '../core/index.ts';
import { DiagnosticError, emit } from '../core/index.ts';
import { cancelled } from './diagnostics.ts';
import type { NodeInfo } from './event-line.ts';
import { sqlQuery, sqlQueryStatus } from './output-events.ts';

/** How a statement is run. */
export interface ExecuteOptions {
  readonly autoBegin: boolean;
  readonly fetch: boolean;
  readonly limit?: number;
}

/**
 * One node's way to the warehouse: a session that is opened at the first statement, with the state of its
 * transaction. Statements that ask for one begin it; whoever asked for it commits; what is left open is rolled back.
 * Once it is stopped, by `cancel` or with the whole command, it sends nothing more.
 */
export class Connection {
  readonly #invocation: Invocation;
  readonly #open: () => Promise<Session>;
  /** The unique id of the node, or a word for work that belongs to none. */
  readonly name: string;
  #session: Promise<Session> | undefined;
  #inTransaction = false;
  #isCancelled = false;
  /** The last statement sent, to trace an error back into it. */
  lastSql = '';
  node: NodeInfo | undefined;
  /** The thread that the node runs on; templates may ask for it. */
  thread = 'MainThread';

  constructor(invocation: Invocation, name: string, open: () => Promise<Session>) {
    this.#invocation = invocation;
    this.name = name;
    this.#open = open;
  }

  async session(): Promise<Session> {
    this.#goOn();
    this.#session ??= this.#open();
    const session = await this.#session;
    this.#goOn();
    return session;
  }

  async execute(sql: string, options: ExecuteOptions): Promise<QueryResult> {
    if (options.autoBegin) await this.begin();
    this.lastSql = sql;
    const session = await this.session();
    emit(this.#invocation, sqlQuery(this.name, sql, this.node));
    const started = performance.now();
    const result = await session.execute(sql, { fetch: options.fetch, limit: options.limit });
    const seconds = (performance.now() - started) / 1000;
    emit(this.#invocation, sqlQueryStatus(result.response.message, seconds, '', this.node));
    return result;
  }

  async commit(): Promise<void> {
    if (!this.#inTransaction) return;
    const session = await this.session();
    this.#inTransaction = false;
    await session.commit();
  }

  /** Begins a transaction, unless one is open. */
  async begin(): Promise<void> {
    if (this.#inTransaction) return;
    await (await this.session()).begin();
    this.#inTransaction = true;
  }

  /** Loads rows, in a transaction. */
  async load(rows: BulkRows): Promise<number> {
    await this.begin();
    return (await this.session()).load(rows);
  }

  /** Gives up what was not committed. Never throws: it runs after an error that matters more. */
  async rollback(): Promise<void> {
    if (!this.#inTransaction || !this.#session) return;
    this.#inTransaction = false;
    try {
      await (await this.#session).rollback();
    } catch {
      // The database has ended the transaction itself.
    }
  }

  /** Stops it for good, and breaks off what runs. */
  async cancel(): Promise<void> {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    if (this.#session) await (await this.#session).cancel();
  }

  /** Its session; undefined where no statement needed one, or none could be opened. */
  async opened(): Promise<Session | undefined> {
    return this.#session?.catch(() => undefined);
  }

  #goOn(): void {
    if (this.#isCancelled || this.#invocation.signal.aborted) throw new DiagnosticError(cancelled({ name: this.name }));
  }
}

/**
 * The warehouse, open for the length of a command, with a session for each node that runs at the same time. What runs on
 * them is broken off when the command is stopped: not everything that runs belongs to a node.
 */
export class SessionPool {
  readonly #open: () => Promise<Warehouse>;
  #warehouse: Promise<Warehouse> | undefined;
  readonly #signal: AbortSignal;
  readonly #idle: Session[] = [];
  readonly #all: Session[] = [];
  readonly #stop = (): void => {
    for (const session of this.#all) void session.cancel();
  };

  /** @param open opens the warehouse, when the first session is asked for */
  constructor(open: () => Promise<Warehouse>, { signal }: Pick<Invocation, 'signal'>) {
    this.#open = open;
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop);
  }

  async take(name: string): Promise<Session> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    this.#warehouse ??= this.#open();
    const session = await (await this.#warehouse).session(name);
    this.#all.push(session);
    return session;
  }

  /** Takes back what a connection has opened, for the next one. */
  async takeBack(connection: Connection): Promise<void> {
    const session = await connection.opened();
    if (session) this.#idle.push(session);
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    await Promise.allSettled(this.#all.map((session) => session.close()));
    this.#all.length = 0;
    this.#idle.length = 0;
    // A failure to open was told where it was awaited.
    const warehouse = await this.#warehouse?.catch(() => undefined);
    await warehouse?.close();
  }
}
