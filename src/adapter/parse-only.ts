import { DiagnosticError } from '../core/index.ts';
import type { Adapter, CredentialsResult, Dialect } from './adapter.ts';
import { missingOption, parseOnlyWarehouse } from './diagnostics.ts';

/** What reading a project needs to know of a warehouse that has no driver here. */
interface Known {
  readonly parents?: readonly string[];
  readonly relationName: string;
  readonly quoteCharacter?: string;
  /** Whether names are quoted where the project does not say. */
  readonly quoted?: boolean;
  readonly typeLabels?: Readonly<Record<string, string>>;
  /** Other names of options of the profile, by the name dbt keeps them under. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** The database where the profile names none. */
  readonly database?: string;
  /** What Jinja's `target` has beside database and schema. Passwords and keys are not among it. */
  readonly target: readonly string[];
}

const warehouses: Readonly<Record<string, Known>> = {
  athena: {
    relationName: 'AthenaRelation',
    aliases: { database: 'catalog' },
    database: 'awsdatacatalog',
    target: ['region_name', 's3_data_dir', 's3_data_naming', 's3_staging_dir', 's3_tmp_table_dir', 'work_group'],
  },
  bigquery: {
    relationName: 'BigQueryRelation',
    quoteCharacter: '`',
    typeLabels: { FLOAT: 'FLOAT64', INTEGER: 'INT64', STRING: 'STRING' },
    aliases: { database: 'project', schema: 'dataset' },
    target: ['method', 'execution_project', 'location', 'priority', 'maximum_bytes_billed', 'gcs_bucket'],
  },
  databricks: {
    parents: ['spark'],
    relationName: 'DatabricksRelation',
    quoteCharacter: '`',
    aliases: { database: 'catalog' },
    database: 'hive_metastore',
    target: ['host', 'http_path', 'session_properties'],
  },
  redshift: {
    parents: ['postgres'],
    relationName: 'RedshiftRelation',
    aliases: { database: 'dbname' },
    target: ['host', 'user', 'port', 'method', 'cluster_id', 'iam_profile', 'region', 'role', 'ra3_node'],
  },
  snowflake: {
    relationName: 'SnowflakeRelation',
    quoted: false,
    target: ['account', 'user', 'warehouse', 'role', 'authenticator', 'query_tag', 'client_session_keep_alive'],
  },
  trino: {
    relationName: 'TrinoRelation',
    aliases: { database: 'catalog' },
    target: ['method', 'host', 'port', 'user'],
  },
};

/** Types of warehouse whose projects can be read though there is no driver for them. */
export const parseOnlyTypes: readonly string[] = Object.keys(warehouses);

/**
 * An adapter that stands in for a warehouse that cannot be connected to: dispatch, names and `target` are the warehouse's,
 * the macros are those that are the same everywhere. Undefined for a type nobody knows.
 */
export function parseOnlyAdapter(type: string): Adapter | undefined {
  const known = Object.hasOwn(warehouses, type) ? warehouses[type] : undefined;
  if (!known) return undefined;
  return {
    type,
    version: 'parse-only',
    parseOnly: true,
    parents: known.parents ?? [],
    sqlDialect: type,
    capabilities: {
      transactions: false,
      transactionalDdl: false,
      createOrReplaceView: false,
      merge: false,
      bulkLoad: false,
      cancel: false,
      incrementalStrategies: [],
    },
    dialect: dialectOf(known),
    methods: {},
    credentials: (output) => readCredentials(type, known, output),
    open: () => Promise.reject(new DiagnosticError(parseOnlyWarehouse({ type }))),
  };
}

function dialectOf({ relationName, quoteCharacter = '"', quoted = true, typeLabels }: Known): Dialect {
  return {
    relationName,
    quoteCharacter,
    include: { database: true, schema: true, identifier: true },
    quote: { database: quoted, schema: quoted, identifier: quoted },
    typeLabels: {
      STRING: 'TEXT',
      TIMESTAMP: 'TIMESTAMP',
      FLOAT: 'FLOAT',
      INTEGER: 'INT',
      BOOLEAN: 'BOOLEAN',
      ...typeLabels,
    },
    requireAlias: false,
    // Types are compared and seeds created only where something runs.
    sameType: (a, b) => a.toLowerCase() === b.toLowerCase(),
    typeFamilies: { string: [], integer: [], float: [], numeric: [] },
    seedTypes: {
      text: 'text',
      integer: 'integer',
      number: 'float',
      boolean: 'boolean',
      date: 'date',
      datetime: 'timestamp',
      time: 'time',
    },
    literal: (text) => `'${text.replaceAll("'", "''")}'`,
  };
}

function readCredentials(type: string, known: Known, output: Readonly<Record<string, unknown>>): CredentialsResult {
  const { aliases = {} } = known;
  const option = (name: string): unknown => output[name] ?? output[aliases[name] ?? name] ?? null;
  const database = option('database') ?? known.database ?? null;
  const schema = option('schema');
  const missing = Object.entries({ database, schema }).filter(([, value]) => value === null);
  if (missing.length > 0)
    return { problems: missing.map(([name]) => missingOption({ option: aliases[name] ?? name })) };
  const names = { database: String(database), schema: String(schema) };
  const shown = [...Object.entries(names), ...known.target.map((name) => [name, output[name] ?? null] as const)];
  const also = Object.entries(aliases).map(([name, alias]) => [alias, names[name as keyof typeof names]] as const);
  return {
    credentials: {
      type,
      ...names,
      ...(typeof output.threads === 'number' ? { threads: output.threads } : {}),
      target: Object.fromEntries([...shown, ...also]),
      shown: shown.map(([name, value]) => [name, value === null ? 'None' : String(value)]),
      secrets: [],
    },
  };
}
