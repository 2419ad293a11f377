import type { BatchResults, ManifestNode, OverloadResults } from '../artifacts/index.ts';
import { AdapterResponse, type StatementResult } from '../builtins/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { str } from '../jinja/index.ts';
import type { NodeStatus, RunNode } from './node-result.ts';

/** What a node's work came to, before times are added. */
export interface Outcome {
  readonly status: NodeStatus;
  readonly message: string | null;
  readonly failures?: number | null;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly compiledCode?: string | null;
  readonly compiledPath?: string | null;
  readonly relationName?: string | null;
  readonly batchResults?: BatchResults;
  readonly overloadResults?: OverloadResults;
  readonly failureRows?: string;
  readonly problems?: readonly Diagnostic[];
}

/** What the warehouse said of a statement, as artifacts keep it. */
export function responseOf(main: StatementResult): Readonly<Record<string, unknown>> {
  return main.response instanceof AdapterResponse ? main.response.plain() : { _message: str(main.response) };
}

/** A node whose main statement went well. */
export function success(main: StatementResult): Outcome {
  return { status: 'success', message: str(main.response), response: responseOf(main) };
}

/** The text of a failure as run_results.json keeps it: dbt's headline, then what went wrong. */
export function problemText(problems: readonly Diagnostic[], node: RunNode): string {
  return problems
    .map((problem) => {
      const { resource_type: type, name, original_file_path: path } = node as ManifestNode;
      const lines = problem.message.split('\n').map((line) => `  ${line}`);
      return [`${problem.category} Error in ${type} ${name} (${path})`, ...lines].join('\n');
    })
    .join('\n');
}
