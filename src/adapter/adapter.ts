import type { Column, Diagnostic, Relation, RelationType } from '../core/index.ts';
import type { BehaviorSwitch } from './behavior.ts';

/**
 * A value that came out of a warehouse, without loss: integers beyond 2^53 are bigint, decimals are
 * `{ decimal: '1.50' }`, dates and times are `{ date }`, `{ timestamp }`, `{ time }` in ISO form as text.
 */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { readonly decimal: string }
  | { readonly float: number }
  | { readonly date: string }
  | { readonly timestamp: string; readonly zoned: boolean }
  | { readonly time: string }
  /** Lists, structs, maps and whatever else has no scalar form: its JSON text. */
  | { readonly json: string };

export interface ResultColumn {
  readonly name: string;
  /** The warehouse's own name of the type. */
  readonly dataType: string;
}

/** What a statement gave back. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** dbt's adapter_response: the message (`OK`, `INSERT 0 3`), a code, the rows affected where known. */
  readonly response: { readonly message: string; readonly code?: string; readonly rowsAffected?: number };
}

/** What an adapter can do; a missing capability fails with a message that names the adapter. */
export interface Capabilities {
  readonly transactions: boolean;
  readonly transactionalDdl: boolean;
  readonly createOrReplaceView: boolean;
  readonly merge: boolean;
  readonly bulkLoad: boolean;
  readonly cancel: boolean;
  /** Whether there are materialized views, and users to grant something to; true where not said. */
  readonly materializedViews?: boolean;
  readonly grants?: boolean;
  /** Whether a drop takes views that read the relation along; the macro `get_relations` then lists what reads what. False where not said. */
  readonly dropsCascade?: boolean;
  /** Whether tables that foreign keys hold together can only be built one after the other. False where not said. */
  readonly foreignKeysTakeTurns?: boolean;
  /** The overloads of a function are created with it, in one statement. */
  readonly createsOverloadsTogether?: boolean;
  /** Names of incremental strategies, the default first. */
  readonly incrementalStrategies: readonly string[];
}

/** Credentials as read from a profile's output, validated; secrets are marked so that they can be kept out of logs. */
export interface Credentials {
  readonly type: string;
  readonly database: string;
  readonly schema: string;
  readonly threads?: number;
  /** Everything of the output, as Jinja's `target` shows it (without secrets). */
  readonly target: Readonly<Record<string, unknown>>;
  /** What `debug` prints: name and value, in order, without secrets. */
  readonly shown: readonly (readonly [string, string])[];
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

/** Rows to load in bulk. Cells are text as in the CSV, null for an empty cell. */
export interface BulkRows {
  readonly relation: Relation;
  readonly columns: readonly {
    readonly name: string;
    readonly dataType: string;
  }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One connection. Statements on a session run one after another. */
export interface Session {
  /**
   * Runs one or more statements and returns the result of the last that has one.
   * Throws DiagnosticError (code XF6xxx) for errors of the warehouse; where the warehouse tells the place, the
   * diagnostic's `data.position` is the 0-based offset in `sql`.
   * @param fetch whether rows are read; true where not said.
   * @param limit at most this many rows are read; the rest is left unread.
   */
  execute(sql: string, options?: { readonly fetch?: boolean; readonly limit?: number }): Promise<QueryResult>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Stops the running statement; its `execute` then fails. */
  cancel(): Promise<void>;
  /** Loads rows into an existing table, quicker than inserts; throws as `execute` does. */
  load(rows: BulkRows): Promise<number>;
  close(): Promise<void>;
}

/** An open database: hands out sessions. */
export interface Warehouse {
  session(name: string): Promise<Session>;
  close(): Promise<void>;
}

/** How a warehouse writes names, types and literals, and how Jinja's `adapter`, `Relation` and `Column` behave on it. */
export interface Dialect {
  /** Class name of a relation in Python's `repr`, as dbt's own adapter has it (`DuckDBRelation`); `BaseRelation` where not said. */
  readonly relationName?: string;
  /** Class name of a column in Python's `repr`; `Column` where not said. */
  readonly columnName?: string;
  /** Whether a subquery made for `--empty`, samples and batches needs an alias; true where not said. */
  readonly requireAlias?: boolean;
  /** A foreign key names the table it points at without its database. */
  readonly foreignKeysWithinDatabase?: boolean;
  /** Kinds of relation that can be renamed, and that `create or replace` swaps in one go (dbt's can_be_renamed, can_be_replaced). */
  readonly renameable?: readonly RelationType[];
  readonly replaceable?: readonly RelationType[];
  readonly quoteCharacter: string;
  /** dbt's include policy: which parts a relation prints. */
  readonly include: { readonly database: boolean; readonly schema: boolean; readonly identifier: boolean };
  /** dbt's default quote policy. */
  readonly quote: { readonly database: boolean; readonly schema: boolean; readonly identifier: boolean };
  /** Generic type name → this warehouse's (dbt's Column.TYPE_LABELS and translate_type). */
  readonly typeLabels: Readonly<Record<string, string>>;
  /** True where two spellings name the same data type (`text` and `varchar` on DuckDB). */
  sameType(a: string, b: string): boolean;
  /** Type names that dbt's Column.is_string, is_number … go by; lower case. */
  readonly typeFamilies: {
    readonly string: readonly string[];
    readonly integer: readonly string[];
    readonly float: readonly string[];
    readonly numeric: readonly string[];
  };
  /** String types that stand as they are where a column has no size (Postgres); elsewhere they get a size all the same. */
  readonly unsizedStrings?: readonly string[];
  /** The type of a string of that many characters; `character varying(n)` where not said. */
  stringType?(size: number): string;
  /** The fields of a struct type, undefined for any other type; only where columns can be flattened (DuckDB). */
  structFields?(dataType: string): readonly Column[] | undefined;
  /** The type that a seed column of this kind is created with. */
  readonly seedTypes: Readonly<
    Record<'text' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'time', string>
  >;
  /** The type for a seed column of integers that do not fit in 32 bits (dbt gives `integer`, and the load fails). */
  readonly seedBigInteger?: string;
  /** A string literal, quoted and escaped. */
  literal(text: string): string;
  /** Longest name of a relation; longer test names are shortened. */
  readonly maxIdentifierLength?: number;
}

/**
 * A method that only this warehouse's `adapter` object has in Jinja, as a pure function of JSON values and of the
 * profile. A relation comes as core's `Relation`, a node as in the manifest.
 */
export type AdapterMethod = (
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  credentials: Credentials,
) => unknown;

/** Such a method that has to ask the warehouse. */
export type SessionMethod = (
  session: Session,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  credentials: Credentials,
) => Promise<unknown>;

/** What of a source decides how it is read. */
export interface SourceFacts {
  readonly database?: string | null;
  readonly schema: string;
  /** `<source>.<table>` is told apart by these two. */
  readonly sourceName: string;
  readonly name: string;
  readonly identifier: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  /** The config keys that dbt itself does not know (`config.extra`). */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Credentials, with warnings about options nobody reads, or what is wrong with them. */
export type CredentialsResult =
  | { credentials: Credentials; warnings?: readonly Diagnostic[] }
  | { problems: Diagnostic[] };

/** All that xform must know of a kind of warehouse. One per adapter, stateless. */
export interface Adapter {
  /** `type:` in a profile. */
  readonly type: string;
  /** Version of the adapter, for the line `Registered adapter: duckdb=…`. */
  readonly version: string;
  /** True where there is no driver: projects can be read, and `open` fails. */
  readonly parseOnly?: boolean;
  /** Adapters whose macros this one falls back on, nearest first (dbt's parent adapters). */
  readonly parents: readonly string[];
  /** The dialect `sql/` parses. */
  readonly sqlDialect: string;
  readonly capabilities: Capabilities;
  readonly dialect: Dialect;
  /** Switches of its own macros, besides those that all have. */
  readonly behavior?: readonly BehaviorSwitch[];
  readonly methods: Readonly<Record<string, AdapterMethod>>;
  /** Methods for Jinja that need a connection. */
  readonly sessionMethods?: Readonly<Record<string, SessionMethod>>;
  /** The SQL a source is read as where that is not its name (dbt-duckdb's `external_location`). Throws DiagnosticError. */
  externalLocation?(source: SourceFacts): string | undefined;
  /**
   * Reads one output of a profile.
   * @param output the rendered mapping under `outputs: <target>:`
   * @param base folder that relative paths in it start from
   */
  credentials(output: Readonly<Record<string, unknown>>, base: string): CredentialsResult;
  /** Opens the database; the driver is imported here and nowhere earlier. Throws DiagnosticError where it cannot. */
  open(credentials: Credentials): Promise<Warehouse>;
}
