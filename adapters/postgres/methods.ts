import type { AdapterMethod } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { badIndex, otherDatabase } from './diagnostics.ts';

const argument = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>, name: string): unknown =>
  args[0] ?? kwargs[name];

/** An entry of the `indexes` config with its defaults. */
const parseIndex: AdapterMethod = (args, kwargs) => {
  const raw = argument(args, kwargs, 'raw_index');
  if (raw === null || raw === undefined) return null;
  const wrong = (problem: string): never => {
    throw new DiagnosticError(badIndex({ found: JSON.stringify(raw), problem }));
  };
  if (typeof raw !== 'object' || Array.isArray(raw)) return wrong('it must be a mapping');
  const { columns, unique = false, type = null } = raw as Readonly<Record<string, unknown>>;
  if (columns === undefined) return wrong("'columns' is a required property");
  if (!Array.isArray(columns) || columns.length === 0 || columns.some((column) => typeof column !== 'string'))
    return wrong("`columns` is not of type 'array': it must be a list of names");
  if (typeof unique !== 'boolean') return wrong("`unique` is not of type 'boolean'");
  if (type !== null && typeof type !== 'string') return wrong("`type` is not of type 'string'");
  return { columns, unique, type };
};

/** A connection sees the one database it was made for. */
const verifyDatabase: AdapterMethod = (args, kwargs, credentials) => {
  const database = String(argument(args, kwargs, 'database') ?? '').replace(/^"+|"+$/g, '');
  if (database.toLowerCase() === credentials.database.toLowerCase()) return '';
  throw new DiagnosticError(otherDatabase({ database, expected: credentials.database }));
};

/** Methods that only Postgres's `adapter` has, as dbt-postgres names them. */
export const methods: Readonly<Record<string, AdapterMethod>> = {
  parse_index: parseIndex,
  verify_database: verifyDatabase,
  date_function: () => 'now()',
};
