import { DiagnosticError } from '../core/index.ts';
import { PyDict, type PyFunction, PyObject, type Value } from '../jinja/index.ts';
import { loadedTwice } from './diagnostics.ts';
import { plainFunction } from './signature.ts';

/** dbt's AdapterResponse: prints its message. */
export class AdapterResponse extends PyObject {
  readonly typeName = 'AdapterResponse';
  readonly message: string;
  readonly code: string | null;
  readonly rowsAffected: number | null;
  constructor(message: string, code: string | null = null, rowsAffected: number | null = null) {
    super();
    this.message = message;
    this.code = code;
    this.rowsAffected = rowsAffected;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case '_message':
      case 'message':
        return this.message;
      case 'code':
        return this.code;
      case 'rows_affected':
        return this.rowsAffected;
      default:
        return undefined;
    }
  }
  override str(): string {
    return this.message;
  }
  /** As `adapter_response` in run_results.json. */
  plain(): Record<string, unknown> {
    const plain: Record<string, unknown> = { _message: this.message };
    if (this.code !== null) plain.code = this.code;
    if (this.rowsAffected !== null) plain.rows_affected = this.rowsAffected;
    return plain;
  }
}

/** What one statement left behind. */
export interface StatementResult {
  readonly response: Value;
  /** The rows as lists; none where there was no table. */
  readonly data: Value;
  readonly table: Value;
}

/** Results of the statements of one node, by name: what `store_result` puts and `load_result` reads. */
export class StatementResults {
  readonly #results = new Map<string, StatementResult>();
  readonly #loaded = new Set<string>();
  readonly #makeTable: () => Value;
  readonly #rowsOf: (table: Value) => Value;

  /**
   * @param makeTable an empty table, for results stored without one
   * @param rowsOf the rows of a table as a list of lists
   */
  constructor(makeTable: () => Value, rowsOf: (table: Value) => Value) {
    this.#makeTable = makeTable;
    this.#rowsOf = rowsOf;
  }

  get(name: string): StatementResult | undefined {
    return this.#results.get(name);
  }

  #put(name: string, response: Value, table: Value | undefined): void {
    const kept = table === undefined || table === null ? this.#makeTable() : table;
    this.#loaded.delete(name);
    this.#results.set(name, { response, table: kept, data: this.#rowsOf(kept) });
  }

  /**
   * `load_result(name)`: a dict of `response`, `data` and `table`, or none. It can be had once, as with dbt, which lets go
   * of the rows then; `main` stays, as hooks read it.
   */
  loadResult(): PyFunction {
    return plainFunction('load_result', ['name'], ([asked]) => {
      const name = String(asked);
      const result = this.#results.get(name);
      if (!result) return null;
      if (this.#loaded.has(name)) throw new DiagnosticError(loadedTwice({ name }));
      if (name !== 'main') this.#loaded.add(name);
      return new PyDict([
        ['response', result.response],
        ['data', result.data],
        ['table', result.table],
      ]);
    });
  }

  /** `store_result(name, response, agate_table)`. */
  storeResult(): PyFunction {
    return plainFunction('store_result', ['name', 'response', 'agate_table?'], ([name, response, table]) => {
      this.#put(String(name), response!, table);
      return '';
    });
  }

  /** `store_raw_result(name, message, code, rows_affected, agate_table)`. */
  storeRawResult(): PyFunction {
    const parameters = ['name', 'message?', 'code?', 'rows_affected?', 'agate_table?'];
    return plainFunction('store_raw_result', parameters, ([name, message, code, rows, table]) => {
      const affected = rows === undefined || rows === null || rows === '' ? null : Number(rows);
      this.#put(
        String(name),
        new AdapterResponse(String(message ?? ''), (code ?? null) as string | null, affected),
        table,
      );
      return '';
    });
  }
}
