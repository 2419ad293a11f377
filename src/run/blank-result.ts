import type { NodeResult, RunNode } from './node-result.ts';

/** The result of a node for which nothing was done. */
export function blankResult(node: RunNode, thread: string): NodeResult {
  return {
    node,
    status: 'skipped',
    message: null,
    failures: null,
    timing: [],
    thread,
    seconds: 0,
    adapterResponse: {},
    compiledCode: null,
    compiledPath: null,
    relationName: 'relation_name' in node ? node.relation_name : null,
    problems: [],
  };
}
