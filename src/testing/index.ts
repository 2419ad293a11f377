export type { NoServer, PostgresOptions, PostgresServer } from './postgres-server.ts';
export { postgresServer, startPostgres } from './postgres-server.ts';
