import type { Credentials, Dialect, QueryResult, Session } from '../adapter/index.ts';
import type { Value } from '../jinja/index.ts';
import type { BehaviorValue } from './behavior.ts';
import type { ColumnValue } from './column.ts';
import type { RelationValue } from './relation.ts';
import type { RelationCache } from './relation-cache.ts';

/** What `adapter` needs of the running node: its session, and the macros that say things in SQL. */
export interface AdapterHost {
  readonly type: string;
  readonly dialect: Dialect;
  /** The target's database. */
  readonly database: string;
  readonly strategies: readonly string[];
  readonly credentials: Credentials;
  readonly behavior: BehaviorValue;
  session(): Promise<Session>;
  readonly cache: RelationCache;
  /** Runs SQL on the node's session; begins a transaction first where asked and none is open. */
  execute(sql: string, options: { autoBegin: boolean; fetch: boolean; limit?: number }): Promise<QueryResult>;
  commit(): Promise<void>;
  /** Begins a transaction where none is open. */
  begin(): Promise<void>;
  /** Loads a seed's rows into its table; answers the number of rows. */
  loadSeed(model: Value, table: Value): Promise<number>;
  /** Shows text to the user: a table's `print_table()`. */
  readonly print: (text: string) => void;
  /** Columns of relations that are known without asking: those of an analysis. */
  readonly knownColumns?: (relation: RelationValue) => ColumnValue[] | undefined;
  /** The thread that the node runs on. */
  readonly thread: string;
  /** Quoting of the project, by part. */
  readonly quoting: Readonly<Record<string, boolean | undefined>>;
}
