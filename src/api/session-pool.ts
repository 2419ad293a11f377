import { SessionPool } from '../run/index.ts';
import type { Workspace } from './workspace.ts';

/** Sessions on the warehouse that the profile names; nothing is opened yet. */
export const sessionPool = ({ adapter, credentials, invocation }: Workspace): SessionPool =>
  new SessionPool(() => adapter.open(credentials), invocation);
