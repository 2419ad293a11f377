import type { Connection, Submittable } from 'pg';
import type { Cell, QueryResult, ResultColumn } from '../../src/adapter/index.ts';
import type { ToCell } from './cell.ts';
import { converter, typeName } from './cell.ts';

/** How a statement is run. */
export interface QueryOptions {
  readonly fetch: boolean;
  readonly limit?: number;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** The result of one statement while its rows arrive. */
interface Arriving {
  readonly columns: readonly ResultColumn[];
  readonly convert: readonly ToCell[];
  readonly rows: Cell[][];
}

/**
 * One or more statements on their way through the driver. The driver's own query object parses values with a loss
 * (dates become instants), keeps every result of a script, and cannot stop after a few rows.
 */
export class Query implements Submittable {
  readonly done: Promise<QueryResult>;
  readonly #sql: string;
  readonly #options: QueryOptions;
  #resolve: (result: QueryResult) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #arriving: Arriving | undefined;
  #last: Arriving | undefined;
  /** The tag of the last command, as `INSERT 0 3`. */
  #tag = '';

  constructor(sql: string, options: QueryOptions) {
    this.#sql = sql;
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const { fetch, limit } = this.#options;
    if (!fetch || limit === undefined || !isOneStatement(this.#sql)) {
      connection.query(this.#sql);
      return;
    }
    // The extended protocol stops after so many rows, or tells the columns without running anything.
    connection.parse({ name: '', text: this.#sql, types: [] }, true);
    if (limit > 0) {
      // Types that the driver's typings name wrongly: `binary` is no text, where any text would count as true.
      connection.bind({ portal: '', statement: '', binary: false, values: [] } as never, true);
      connection.describe({ type: 'P', name: '' }, true);
      connection.execute({ portal: '', rows: limit } as never, true);
    } else connection.describe({ type: 'S', name: '' }, true);
    connection.sync();
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#arriving = {
      columns: fields.map((field) => ({ name: field.name, dataType: typeName(field.dataTypeID) })),
      convert: this.#options.fetch ? fields.map((field) => converter(field.dataTypeID)) : [],
      rows: [],
    };
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { fetch, limit } = this.#options;
    const arriving = this.#arriving;
    if (!fetch || !arriving || (limit !== undefined && arriving.rows.length >= limit)) return;
    const { convert } = arriving;
    try {
      arriving.rows.push(fields.map((text, at) => (text === null ? null : convert[at]!(text))));
    } catch (error) {
      // Thrown here it would end up in the socket's event, and end the process.
      this.#reject(error as Error);
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#tag = text;
    this.#settle();
  }

  handlePortalSuspended(): void {
    this.#tag = `SELECT ${this.#arriving?.rows.length ?? 0}`;
    this.#settle();
  }

  handleEmptyQuery(): void {
    this.#settle();
  }

  handleReadyForQuery(): void {
    // A description without a run has no end of its own.
    this.#settle();
    const { columns = [], rows = [] } = this.#options.fetch ? (this.#last ?? {}) : {};
    this.#resolve({ columns, rows, response: response(this.#tag) });
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  /** Somebody wrote `copy … from stdin`: there is nothing to send. */
  handleCopyInResponse(connection: { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('COPY FROM STDIN has no input here');
  }

  handleCopyData(): void {}

  #settle(): void {
    if (this.#arriving) this.#last = this.#arriving;
    this.#arriving = undefined;
  }
}

/** The message, code and number of rows that dbt reads from the tag of the last command. */
function response(tag: string): QueryResult['response'] {
  const words = tag.split(' ');
  const count = /^\d+$/.test(words.at(-1) ?? '') ? Number(words.at(-1)) : -1;
  return { message: tag, code: words.filter((word) => !/^\d+$/.test(word)).join(' '), rowsAffected: count };
}

/** Strings, quoted names and comments: what a semicolon may stand in without ending a statement. */
const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** True where it is sure that the text is a single query; in doubt, all of it is read. */
function isOneStatement(sql: string): boolean {
  // A backslash may hide the end of a string.
  if (/\be'/i.test(sql)) return false;
  const bare = sql.replace(opaque, ' ');
  return !/;(?!\s*$)/.test(bare) && /^\s*(?:select|with|values|table)\b/i.test(bare);
}
