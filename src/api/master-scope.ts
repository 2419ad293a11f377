import { nodeScope, type RenderedNode, type Workbench } from '../compile/index.ts';
import { adapterHost, type Connection } from '../run/index.ts';

/** A scope for work that belongs to no node. */
export function masterScope(bench: Workbench, connection: Connection) {
  const node: RenderedNode = {
    unique_id: 'master',
    name: 'master',
    resource_type: 'operation',
    package_name: bench.macros.root,
    alias: 'master',
    database: bench.credentials.database,
    schema: bench.credentials.schema,
    original_file_path: 'dbt_project.yml',
    config: {},
  };
  return nodeScope(bench, node, adapterHost(bench, connection), { free: true });
}
