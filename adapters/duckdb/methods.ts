import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AdapterMethod, Credentials, SessionMethod } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { quoteText } from './attachment.ts';
import type { DuckDbCredentials } from './credentials.ts';
import { usesMotherDuck } from './credentials.ts';
import { readLocation, writeOptions } from './external.ts';

type Named = Readonly<Record<string, unknown>>;

const own = (credentials: Credentials): DuckDbCredentials => credentials as DuckDbCredentials;
const mapping = (value: unknown): Named => (typeof value === 'object' && value !== null ? (value as Named) : {});
/** An argument by position or by name. */
const argument = (args: readonly unknown[], kwargs: Named, at: number, name: string): unknown =>
  args[at] ?? kwargs[name];
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Tells one batch of a microbatch model from the others; empty for any other model. */
const batchId: AdapterMethod = (args, kwargs) =>
  text(mapping(mapping(argument(args, kwargs, 0, 'model')).batch).event_time_start)
    .replace('T', ' ')
    .replace(/[-:+]/g, '')
    .replaceAll(' ', '_');

/** Methods that only DuckDB's `adapter` has, as dbt-duckdb names them. */
export const methods: Readonly<Record<string, AdapterMethod>> = {
  external_root: (_args, _kwargs, credentials) => own(credentials).externalRoot,
  is_motherduck: (_args, _kwargs, credentials) => usesMotherDuck(own(credentials)),
  disable_transactions: (_args, _kwargs, credentials) => own(credentials).disableTransactions,
  is_ducklake: (args, kwargs, credentials) =>
    own(credentials).duckLakes.includes(text(mapping(argument(args, kwargs, 0, 'relation')).database)),
  // Only DuckDB before 1.5.3 needed them.
  use_ducklake_table_workarounds: () => false,
  escape_sql_string: (args, kwargs) => text(argument(args, kwargs, 0, 'value')).replaceAll("'", "''"),
  get_binding_char: () => '?',
  get_seed_file_path: (args, kwargs) => {
    const model = mapping(argument(args, kwargs, 0, 'model'));
    return join(text(model.root_path), text(model.original_file_path));
  },
  external_write_options: (args, kwargs) =>
    writeOptions(
      text(argument(args, kwargs, 0, 'write_location')),
      mapping(argument(args, kwargs, 1, 'rendered_options')),
    ),
  external_read_location: (args, kwargs) =>
    readLocation(
      text(argument(args, kwargs, 0, 'write_location')),
      mapping(argument(args, kwargs, 1, 'rendered_options')),
    ),
  parse_index: (args, kwargs) => {
    const index = argument(args, kwargs, 0, 'raw_index');
    return index === null || index === undefined ? null : { unique: false, ...mapping(index) };
  },
  batch_id_for_model: batchId,
  // MotherDuck has no temporary tables: a real one, told apart by process, stands in.
  get_temp_relation_path: (args, kwargs) => {
    const model = mapping(argument(args, kwargs, 0, 'model'));
    const identifier = text(model.alias ?? model.identifier ?? model.name);
    const mark = createHash('md5')
      .update(`${process.pid} ${text(model.unique_id)}`)
      .digest('hex')
      .slice(0, 12);
    const batch = text(argument(args, kwargs, 1, 'batch_id'));
    const schema = text(mapping(mapping(model.config).meta).temp_schema_name) || 'dbt_temp';
    return {
      database: model.database ?? null,
      schema,
      identifier: [identifier, mark, batch].filter(Boolean).join('__'),
    };
  },
};

/** Catalogs in which DuckDB itself enforces keys. */
const keyedCatalogs = new Set(['duckdb', 'motherduck']);

/** Methods that have to ask the database. */
export const sessionMethods: Readonly<Record<string, SessionMethod>> = {
  location_exists: async (session, args, kwargs) => {
    try {
      await session.execute(`select 1 from ${quoteText(argument(args, kwargs, 0, 'location'))} where 1=0`, {
        fetch: false,
      });
      return true;
    } catch (error) {
      if (error instanceof DiagnosticError) return false;
      throw error;
    }
  },
  catalog_supports_foreign_keys: async (session, args, kwargs) => {
    const name = quoteText(argument(args, kwargs, 0, 'database'));
    const { rows } = await session.execute(
      `select type from duckdb_databases() where lower(database_name) = lower(${name})`,
    );
    return keyedCatalogs.has(String(rows[0]?.[0]).toLowerCase());
  },
  existing_key_constraint_types: async (session, args, kwargs) => {
    const relation = mapping(argument(args, kwargs, 0, 'relation'));
    const table = relation.identifier ?? relation.alias ?? relation.name;
    const same = (column: string, value: unknown): string => `lower(${column}) = lower(${quoteText(text(value))})`;
    const { rows } = await session.execute(
      `select distinct lower(replace(constraint_type, ' ', '_')) as kind from duckdb_constraints()
       where ${same('database_name', relation.database)} and ${same('schema_name', relation.schema)}
         and ${same('table_name', table)} and constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY') order by kind`,
    );
    return rows.map((row) => row[0]);
  },
};
