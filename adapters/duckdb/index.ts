import type { Adapter } from '../../src/adapter/index.ts';
import type { DuckDbCredentials } from './credentials.ts';
import { readCredentials } from './credentials.ts';
import { dialect } from './dialect.ts';
import { externalLocation } from './external.ts';
import { methods, sessionMethods } from './methods.ts';

/** DuckDB, and MotherDuck where its extension can be had. The driver is imported when a database is opened. */
export const adapter: Adapter = {
  type: 'duckdb',
  // The version of DuckDB that comes with the driver.
  version: '1.5.6',
  parents: [],
  sqlDialect: 'duckdb',
  capabilities: {
    transactions: true,
    transactionalDdl: true,
    createOrReplaceView: true,
    merge: true,
    bulkLoad: true,
    cancel: true,
    materializedViews: false,
    grants: false,
    foreignKeysTakeTurns: true,
    createsOverloadsTogether: true,
    incrementalStrategies: ['append', 'delete+insert', 'merge', 'microbatch'],
  },
  dialect,
  methods,
  sessionMethods,
  externalLocation,
  credentials: readCredentials,
  open: async (credentials) => (await import('./warehouse.ts')).openWarehouse(credentials as DuckDbCredentials),
};
