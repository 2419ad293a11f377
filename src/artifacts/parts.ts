/** What the nodes of a manifest are made of. All fields are named, ordered and filled as dbt writes them. */

/** A type of resource, as `resource_type` spells it. */
export type ResourceType =
  | 'model'
  | 'analysis'
  | 'test'
  | 'snapshot'
  | 'operation'
  | 'seed'
  | 'sql_operation'
  | 'doc'
  | 'source'
  | 'macro'
  | 'exposure'
  | 'metric'
  | 'group'
  | 'saved_query'
  | 'semantic_model'
  | 'unit_test'
  | 'fixture'
  | 'function';

/** A model version as the user wrote it: `1`, `1.5` or `'beta'`. */
export type NodeVersion = string | number;

/** Who may refer to a model. */
export type Access = 'private' | 'protected' | 'public';

/** The fingerprint of a file: `name` says how it was made (`sha256`, `path`, `none`). */
export interface FileHash {
  readonly name: string;
  readonly checksum: string;
}

/** How a node is shown in the documentation. */
export interface Docs {
  readonly show: boolean;
  readonly node_color: string | null;
}

/** The macros a resource calls. */
export interface MacroDependsOn {
  readonly macros: readonly string[];
}

/** The macros and nodes a resource stands on, by unique id. */
export interface DependsOn extends MacroDependsOn {
  readonly nodes: readonly string[];
}

/** The arguments of one `ref()`. */
export interface RefArgs {
  readonly name: string;
  readonly package: string | null;
  readonly version: NodeVersion | null;
}

/** A constraint on a column. */
export interface ColumnConstraint {
  readonly type: 'check' | 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'custom';
  readonly name: string | null;
  readonly expression: string | null;
  readonly warn_unenforced: boolean;
  readonly warn_unsupported: boolean;
  readonly to: string | null;
  readonly to_columns: readonly string[];
}

/** A constraint on a model. */
export interface ModelConstraint extends ColumnConstraint {
  readonly columns: readonly string[];
}

/** The state of a model's contract. */
export interface Contract {
  readonly enforced: boolean;
  readonly alias_types: boolean;
  readonly checksum: string | null;
}

/** Which parts of a relation's name are quoted; null is "as the project says". */
export interface Quoting {
  readonly database: boolean | null;
  readonly schema: boolean | null;
  readonly identifier: boolean | null;
  readonly column: boolean | null;
}

/** A length of time in a freshness rule. */
export interface FreshnessTime {
  readonly count: number | null;
  readonly period: 'minute' | 'hour' | 'day' | null;
}

/** When data counts as stale. */
export interface FreshnessThreshold {
  readonly warn_after: FreshnessTime | null;
  readonly error_after: FreshnessTime | null;
  readonly filter: string | null;
}

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Seconds that a threshold allows; undefined where none is set. */
export function allowedSeconds(threshold: FreshnessTime | null | undefined): number | undefined {
  if (threshold?.count == null || threshold.period === null) return undefined;
  return Number(threshold.count) * (SECONDS[threshold.period] ?? 1);
}

/** Whether a source says when it is stale. */
export function hasFreshness({ freshness }: { readonly freshness: FreshnessThreshold | null }): boolean {
  return [freshness?.warn_after, freshness?.error_after].some((one) => allowedSeconds(one) !== undefined);
}

/** Who answers for a group or an exposure; further keys are kept. */
export interface Owner {
  readonly email: string | readonly string[] | null;
  readonly name: string | null;
  readonly [key: string]: unknown;
}

/** A CTE put in front of the SQL for an ephemeral model. */
export interface InjectedCte {
  readonly id: string;
  readonly sql: string;
}

/** A documented column; further keys the user wrote are kept. */
export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly data_type: string | null;
  readonly constraints: readonly ColumnConstraint[];
  readonly quote: boolean | null;
  readonly config: { readonly meta: Readonly<Record<string, unknown>>; readonly tags: readonly string[] };
  readonly tags: readonly string[];
  readonly granularity: string | null;
  readonly dimension: unknown;
  readonly entity: unknown;
  readonly doc_blocks: readonly string[];
  readonly [key: string]: unknown;
}

/** What a factory takes: the named fields must be given, the others have dbt's defaults. */
export type Given<Node, Required extends keyof Node> = Pick<Node, Required> & Partial<Node>;

/** A column with dbt's defaults. */
export function columnInfo(given: { readonly name: string } & Partial<ColumnInfo>): ColumnInfo {
  const { name, ...rest } = given;
  return {
    name,
    description: '',
    meta: {},
    data_type: null,
    constraints: [],
    quote: null,
    config: { meta: {}, tags: [] },
    tags: [],
    granularity: null,
    dimension: null,
    entity: null,
    doc_blocks: [],
    ...rest,
  };
}

/** A column constraint with dbt's defaults. */
export function columnConstraint(given: Given<ColumnConstraint, 'type'>): ColumnConstraint {
  const { type, ...rest } = given;
  return {
    type,
    name: null,
    expression: null,
    warn_unenforced: true,
    warn_unsupported: true,
    to: null,
    to_columns: [],
    ...rest,
  };
}

/** A model constraint with dbt's defaults. */
export function modelConstraint(given: Given<ModelConstraint, 'type'>): ModelConstraint {
  const { columns, ...rest } = given;
  return { ...columnConstraint(rest), columns: columns ?? [] };
}

/** The fingerprint of something that has no file. */
export const noFileHash: FileHash = { name: 'none', checksum: '' };

/** A freshness rule that never finds anything stale, as dbt writes it. */
export const noFreshness: FreshnessThreshold = {
  warn_after: { count: null, period: null },
  error_after: { count: null, period: null },
  filter: null,
};
