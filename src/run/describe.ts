import type { Credentials } from '../adapter/index.ts';
import type { ManifestNode } from '../artifacts/index.ts';
import type { NodeInfo } from './event-line.ts';
import { isMicrobatch } from './microbatch.ts';
import type { NodeStatus, RunNode } from './node-result.ts';

type Located = Pick<ManifestNode, 'database' | 'schema' | 'alias'>;

/** The relation of a node as lines show it: without the database where that is the target's own. */
export function shownRelation(node: Located, credentials: Credentials): string {
  const parts = [node.schema, node.alias];
  if (node.database !== null && node.database !== credentials.database) parts.unshift(node.database);
  return parts.filter(Boolean).join('.');
}

/** What a line says is run: `sql table model main.orders`, `seed file main.raw`, `test not_null_id`. */
export function describeNode(node: RunNode, credentials: Credentials): string {
  switch (node.resource_type) {
    case 'model':
      return `sql ${isMicrobatch(node as RunNode) ? 'microbatch' : node.config.materialized} model ${shownRelation(node, credentials)}`;
    case 'function':
      return `function ${shownRelation(node, credentials)}`;
    case 'seed':
      return `seed file ${shownRelation(node, credentials)}`;
    case 'snapshot':
      return `snapshot ${shownRelation(node, credentials)}`;
    case 'unit_test':
      return `unit_test ${node.model}::${node.name}`;
    case 'exposure':
    case 'saved_query':
      return `${node.resource_type.replace('_', ' ')} ${node.package_name}.${node.name}`;
    default:
      return `${node.resource_type} ${node.name}`;
  }
}

/** Kind of a node in the line `Finished running …`. */
export function kindOf(node: RunNode): string {
  if (node.resource_type === 'model') return `${node.config.materialized} model`;
  if (node.resource_type === 'operation') return 'project hook';
  return node.resource_type;
}

/** What dbt's events say of a node. */
export function nodeInfo(
  node: RunNode,
  status: NodeStatus | 'started' | 'compiling' | 'executing',
  started: Date,
  finished?: Date,
): NodeInfo {
  const fields = node as Partial<ManifestNode>;
  const config = node.config as { materialized?: unknown; meta?: Record<string, unknown> };
  return {
    unique_id: node.unique_id,
    node_name: node.name,
    node_path: fields.path ?? '',
    resource_type: node.resource_type,
    materialized: String(config.materialized ?? ''),
    node_status: status,
    node_started_at: started.toISOString(),
    node_finished_at: finished?.toISOString() ?? '',
    meta: config.meta ?? {},
    node_relation: {
      database: fields.database ?? '',
      schema: fields.schema ?? '',
      alias: fields.alias ?? '',
      relation_name: fields.relation_name ?? '',
    },
    node_checksum: fields.checksum?.checksum ?? '',
  };
}
