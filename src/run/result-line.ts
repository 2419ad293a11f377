import type { ManifestNode } from '../artifacts/index.ts';
import type { EventDraft } from './event-line.ts';
import {
  type Ended,
  logFunctionResult,
  logModelResult,
  logNodeNoOpResult,
  logSeedResult,
  logSkipBecauseError,
  logSnapshotResult,
  logTestResult,
} from './events.ts';
import type { NodeResult } from './node-result.ts';

/** The line that tells how a node ended. */
export function resultLine(result: NodeResult, description: string, ended: Ended): EventDraft {
  const { node, status } = result;
  const resultMessage = result.message ?? '';
  if (status === 'skipped') {
    const { schema = '', alias = node.name } = node as Partial<ManifestNode>;
    return logSkipBecauseError({ schema, relation: alias, status: 'error' }, ended);
  }
  switch (node.resource_type) {
    case 'function':
      return logFunctionResult(description, ended);
    case 'seed':
      return logSeedResult({ schema: node.schema, relation: node.alias, resultMessage }, ended);
    case 'snapshot':
      return logSnapshotResult({ description, resultMessage }, ended);
    case 'test':
      return logTestResult(node.name, result.failures, ended);
    case 'unit_test':
      return logTestResult(`${node.model}::${node.name}`, result.failures, ended);
    case 'exposure':
    case 'saved_query':
      return logNodeNoOpResult(description, ended);
    default: {
      const tellsMore = status === 'success' || status === 'partial success';
      return logModelResult(description, { ...ended, status: tellsMore ? (result.message ?? 'OK') : status });
    }
  }
}
