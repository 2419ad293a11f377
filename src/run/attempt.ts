import type { Workbench } from '../compile/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { diagnosticsOf } from '../parse/index.ts';
import { Connection, type SessionPool } from './connection.ts';
import type { NodeInfo } from './event-line.ts';

/** What work on a connection gave, or what went wrong with it. */
export type Attempt<T> =
  | { readonly value: T; readonly problems?: undefined }
  | { readonly problems: readonly Diagnostic[] };

/** Connections on which something runs, so that it can be stopped. */
export type Running = Set<Connection>;

/** Does work for a node on a connection of its own, which is given back afterwards. Errors of the user's come back as problems. */
export async function attempt<T>(
  bench: Workbench,
  pool: SessionPool,
  running: Running,
  info: NodeInfo,
  work: (connection: Connection) => Promise<T>,
): Promise<Attempt<T>> {
  const id = info.unique_id;
  const connection = new Connection(bench.invocation, id, () => pool.take(id));
  connection.node = info;
  running.add(connection);
  try {
    return { value: await work(connection) };
  } catch (error) {
    return { problems: diagnosticsOf(error) };
  } finally {
    await connection.rollback();
    running.delete(connection);
    await pool.takeBack(connection);
  }
}

/** Stops what the warehouse is doing on these connections. */
export async function cancelAll(running: Running): Promise<void> {
  await Promise.allSettled([...running].map((connection) => connection.cancel()));
}
