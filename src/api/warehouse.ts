import type { Warehouse } from '../adapter/index.ts';
import type { Workspace } from './workspace.ts';

/** The warehouse of a workspace, opened when it is first asked for. */
export interface LazyWarehouse {
  readonly get: () => Promise<Warehouse>;
  readonly close: () => Promise<void>;
}

/** The warehouse that the profile names; nothing is opened yet. */
export function openWarehouse(workspace: Workspace): LazyWarehouse {
  let opened: Promise<Warehouse> | undefined;
  return {
    get: () => (opened ??= workspace.adapter.open(workspace.credentials)),
    close: async () => {
      // A failure to open was told where it was awaited.
      const warehouse = await opened?.catch(() => undefined);
      await warehouse?.close();
    },
  };
}
