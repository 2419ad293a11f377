import type { Workbench } from '../compile/index.ts';
import { callSteps, drive, type PyObject } from '../jinja/index.ts';
import type { Connection } from '../run/index.ts';
import { masterScope } from './master-scope.ts';

/** Lists the schemas in which refs may or may not find what they name, so that it is known when a template asks. */
export async function listDeferred(bench: Workbench, master: Connection): Promise<void> {
  if (!bench.deferral) return;
  const { scope } = masterScope(bench, master);
  const adapter = scope.lookup('adapter') as PyObject;
  for (const node of [...Object.values(bench.manifest.nodes), ...Object.values(bench.manifest.functions)]) {
    const database = node.database ?? bench.credentials.database;
    if (!bench.deferral.stateRelation(node.unique_id) || bench.relations.isCached(database, node.schema)) continue;
    await drive(callSteps(adapter.getAttr('list_relations')!, [database, node.schema], null, scope));
  }
  await master.commit();
}
