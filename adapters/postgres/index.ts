import type { Adapter } from '../../src/adapter/index.ts';
import type { PostgresCredentials } from './credentials.ts';
import { readCredentials } from './credentials.ts';
import { dialect } from './dialect.ts';
import { methods } from './methods.ts';

/** Postgres, from version 12 on. The driver is imported when a database is opened. */
export const adapter: Adapter = {
  type: 'postgres',
  // The version of the driver, `pg`.
  version: '8.23.1',
  parents: [],
  sqlDialect: 'postgres',
  capabilities: {
    transactions: true,
    transactionalDdl: true,
    createOrReplaceView: true,
    merge: true,
    bulkLoad: true,
    cancel: true,
    incrementalStrategies: ['append', 'delete+insert', 'merge', 'microbatch'],
    materializedViews: true,
    grants: true,
    dropsCascade: true,
  },
  dialect,
  behavior: [{ name: 'postgres_skip_autocommit_transaction_statements', default: true }],
  methods,
  credentials: readCredentials,
  open: async (credentials) => (await import('./warehouse.ts')).openWarehouse(credentials as PostgresCredentials),
};
