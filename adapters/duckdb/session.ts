import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBExtractedStatements,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import type { BulkRows, Cell, QueryResult, Session } from '../../src/adapter/index.ts';
import type { Driver } from './cell.ts';
import { converter } from './cell.ts';
import type { DuckDbCredentials } from './credentials.ts';
import { explain, failureOf } from './failure.ts';
import { loadRows } from './load.ts';
import { conflictDelays, isConflict, isRetryable, pause } from './retry.ts';
import { zoneOffsets } from './timezone.ts';

/** What all sessions of one open database share. */
export interface SessionHost {
  readonly driver: Driver;
  readonly credentials: DuckDbCredentials;
  /** Another connection, for a look at what a spoilt transaction hides. */
  connect(): Promise<DuckDBConnection>;
  /** Told when an extension could not be fetched, so that nobody tries again. */
  autoinstallFailed(): Promise<void>;
}

/** A semicolon with something behind it, if only a comment. */
const severalStatements = /;\s*\S/;

const nothing: QueryResult = { columns: [], rows: [], response: { message: 'OK' } };

/** How long an interrupted statement has to end before it is interrupted again. */
const interruptAgainMs = 50;

/** One connection to DuckDB. */
export class DuckDbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #host: SessionHost;
  /** Inside BEGIN … COMMIT: what failed there cannot be repeated alone. */
  #inTransaction = false;
  #closed = false;
  /** Fulfilled when the running statement has ended, well or not. */
  #running: Promise<void> | undefined;
  #cancelled = false;
  /** The statement before: those of one session run one after another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection, host: SessionHost) {
    this.#connection = connection;
    this.#host = host;
  }

  execute(sql: string, { fetch = true, limit }: { fetch?: boolean; limit?: number } = {}): Promise<QueryResult> {
    return this.#inTurn(() => this.#explained(sql, () => this.#execute(sql, fetch, limit)));
  }

  begin(): Promise<void> {
    return this.#transaction('BEGIN TRANSACTION');
  }

  commit(): Promise<void> {
    return this.#transaction('COMMIT');
  }

  rollback(): Promise<void> {
    // A failed statement may have ended the transaction already: then there is nothing to undo.
    return this.#inTransaction ? this.#transaction('ROLLBACK') : Promise.resolve();
  }

  /** Interrupts until the statement has ended: one that waits for a free thread of the driver does not hear the first. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    const statement = this.#running;
    while (statement && this.#running === statement) {
      this.#connection.interrupt();
      await Promise.race([statement, pause(interruptAgainMs)]);
    }
  }

  load(rows: BulkRows): Promise<number> {
    return this.#inTurn(() => this.#explained('', () => loadRows(this.#host, this.#connection, rows)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.cancel();
    await this.#last.catch(() => undefined);
    this.#connection.closeSync();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      this.#cancelled = false;
      const running = work();
      this.#running = running.then(
        () => undefined,
        () => undefined,
      );
      return running;
    });
    this.#last = turn
      .catch(() => undefined)
      .then(() => {
        this.#running = undefined;
      });
    return turn;
  }

  async #transaction(sql: string): Promise<void> {
    if (this.#host.credentials.disableTransactions) return;
    await this.execute(sql, { fetch: false });
  }

  /** Runs, and turns what the driver throws into diagnostics. */
  async #explained<T>(sql: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'DiagnosticError') throw error;
      const failure = failureOf(error, sql, this.#host.credentials.secrets);
      if (failure.kind === 'Extension Autoloading') await this.#host.autoinstallFailed();
      throw explain(failure);
    }
  }

  async #execute(sql: string, fetch: boolean, limit: number | undefined): Promise<QueryResult> {
    if (limit === undefined && !severalStatements.test(sql)) return this.#executeOne(sql, fetch);
    let statements = await this.#extract(sql);
    let result: QueryResult = nothing;
    for (let index = 0; index < (statements?.count ?? 0); index++) {
      const one = await this.#repeating(async (again) => {
        // Preparing uses up what was extracted.
        if (again) statements = await this.#extract(sql);
        const statement = await statements!.prepare(index);
        try {
          return await this.#run(statement, fetch, limit);
        } finally {
          statement.destroySync();
        }
      });
      this.#followTransaction(one.type, sql, statements?.count ?? 0);
      if (one.result.columns.length > 0 || result.columns.length === 0) result = one.result;
    }
    return result;
  }

  /** Sends a text as it is. To split, prepare and run it would be three trips to the driver's threads instead of one. */
  async #executeOne(sql: string, fetch: boolean): Promise<QueryResult> {
    const result = await this.#repeating(() => this.#connection.run(sql));
    this.#followTransaction(result.statementType, sql, 1);
    return this.#answer(result, result.statementType, fetch);
  }

  /** The statements of a text; undefined where there are none, which the driver's splitter takes for a failure. */
  async #extract(sql: string): Promise<DuckDBExtractedStatements | undefined> {
    try {
      return await this.#connection.extractStatements(sql);
    } catch (error) {
      if ((error as Error).message.includes('{')) throw error;
      await this.#connection.run(sql);
      return undefined;
    }
  }

  /** Repeats a statement that is a transaction of its own while another connection is in its way. */
  async #repeating<T>(run: (again: boolean) => Promise<T>): Promise<T> {
    const { queryAttempts, exceptions } = this.#host.credentials.retries;
    for (let attempt = 0; ; attempt++) {
      try {
        return await run(attempt > 0);
      } catch (error) {
        const failure = failureOf(error, '');
        const conflict = isConflict(failure) ? conflictDelays[attempt] : undefined;
        const asked =
          attempt + 1 < queryAttempts && isRetryable(failure.kind, exceptions) ? 1000 * 2 ** attempt : undefined;
        const delay = conflict ?? asked;
        if (delay === undefined || this.#inTransaction || this.#cancelled || this.#closed) throw error;
        await pause(delay);
      }
    }
  }

  async #run(statement: DuckDBPreparedStatement, fetch: boolean, limit: number | undefined) {
    const { StatementType } = this.#host.driver;
    const type = statement.statementType;
    // No rows wanted: the plan tells the columns, and nothing has to run.
    if (fetch && limit === 0 && type === StatementType.SELECT) return { type, result: described(statement) };
    const cut = fetch && limit !== undefined && type === StatementType.SELECT && !this.#inTransaction;
    const partial = cut ? await this.#runPartly(statement, limit) : undefined;
    // A stream that fails half-way just ends: only a complete run is sure to report the error.
    const result = partial?.result ?? (await statement.run());
    return { type, result: await this.#answer(result, type, fetch, limit, partial?.chunks) };
  }

  async #answer(
    result: DuckDBResult,
    type: number,
    fetch: boolean,
    limit?: number,
    chunks?: readonly DuckDBDataChunk[],
  ): Promise<QueryResult> {
    const { StatementType, ResultReturnType } = this.#host.driver;
    const rowsAffected = result.returnType === ResultReturnType.CHANGED_ROWS ? result.rowsChanged : undefined;
    const response = { message: 'OK', ...(rowsAffected === undefined ? {} : { rowsAffected }) };
    const silent = result.returnType === ResultReturnType.NOTHING && type !== StatementType.CREATE;
    if (!fetch || silent) return { ...nothing, response };
    return { ...(await this.#cells(result, chunks ?? (await readChunks(result, limit)), limit)), response };
  }

  /**
   * Reads only the first rows of a query. DuckDB's stream does not tell an error from its end, but an error spoils the
   * transaction around it. Undefined where that happened: then the query has to run as a whole.
   */
  async #runPartly(
    statement: DuckDBPreparedStatement,
    limit: number,
  ): Promise<{ result: DuckDBResult; chunks: DuckDBDataChunk[] } | undefined> {
    const connection = this.#connection;
    await connection.run('BEGIN TRANSACTION');
    try {
      const result = await statement.stream();
      const chunks = await readChunks(result, limit);
      const ended = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0) < limit;
      const sound = !ended || (await succeeds(connection.run('SELECT 1')));
      await connection.run(sound ? 'COMMIT' : 'ROLLBACK');
      return sound ? { result, chunks } : undefined;
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async #cells(result: DuckDBResult, chunks: readonly DuckDBDataChunk[], limit = Number.POSITIVE_INFINITY) {
    const { driver } = this.#host;
    const types = result.columnTypes();
    const zone = types.some((type) => String(type).includes('TIME ZONE')) ? await this.#zone() : () => 0;
    const columns = result.columnNames().map((name, at) => ({ name, dataType: types[at]!.alias ?? String(types[at]) }));
    const convert = types.map((type) => converter(driver, type, zone));
    const rows: Cell[][] = [];
    for (const chunk of chunks) {
      if (rows.length >= limit) break;
      const values = convert.map((_, at) => chunk.getColumnValues(at));
      const count = Math.min(chunk.rowCount, limit - rows.length);
      for (let row = 0; row < count; row++) rows.push(convert.map((toCell, at) => toCell(values[at]![row]!)));
    }
    return { columns, rows };
  }

  async #zone() {
    const reader = await this.#connection.runAndReadAll("select current_setting('TimeZone')");
    return zoneOffsets(String(reader.getRows()[0]?.[0] ?? 'UTC'));
  }

  /** Statements of the user may begin and end transactions too. */
  #followTransaction(type: number, sql: string, count: number): void {
    if (type !== this.#host.driver.StatementType.TRANSACTION) return;
    // Among several statements it is not told which one this is: taking a transaction as open only forgoes repeats.
    this.#inTransaction = !(count === 1 && /^\s*(commit|end|rollback|abort)\b/i.test(sql));
  }
}

/** The columns a query would give. */
function described(statement: DuckDBPreparedStatement): QueryResult {
  const columns = Array.from({ length: statement.columnCount }, (_, at) => {
    const type = statement.columnType(at);
    return { name: statement.columnName(at), dataType: type.alias ?? String(type) };
  });
  return { ...nothing, columns };
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const isComplete = (result: DuckDBResult): result is DuckDBMaterializedResult => 'chunkCount' in result;

async function readChunks(result: DuckDBResult, limit = Number.POSITIVE_INFINITY): Promise<DuckDBDataChunk[]> {
  // What has run to its end lies in memory: its chunks need no trip to the driver's threads.
  if (isComplete(result)) return Array.from({ length: result.chunkCount }, (_, at) => result.getChunk(at));
  const chunks: DuckDBDataChunk[] = [];
  for (let rows = 0; rows < limit; ) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    chunks.push(chunk);
    rows += chunk.rowCount;
  }
  return chunks;
}
