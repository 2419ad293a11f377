import type {
  BatchResults,
  ExposureNode,
  FunctionNode,
  ManifestNode,
  OverloadResults,
  SavedQueryNode,
  SourceNode,
  UnitTestNode,
} from '../artifacts/index.ts';
import type { Diagnostic } from '../core/index.ts';

/** A node that can have a result. */
export type RunNode = ManifestNode | SourceNode | UnitTestNode | ExposureNode | SavedQueryNode | FunctionNode;

export type NodeStatus =
  | 'success'
  | 'error'
  | 'fail'
  | 'warn'
  | 'skipped'
  | 'pass'
  | 'runtime error'
  | 'no-op'
  | 'partial success';

/** One stage of a node with its times. */
export interface Timing {
  readonly name: 'compile' | 'execute';
  readonly started_at: Date;
  readonly completed_at: Date;
}

/** How one node ended. */
export interface NodeResult {
  readonly node: RunNode;
  readonly status: NodeStatus;
  readonly message: string | null;
  readonly failures: number | null;
  readonly timing: readonly Timing[];
  readonly thread: string;
  /** Seconds. */
  readonly seconds: number;
  readonly adapterResponse: Readonly<Record<string, unknown>>;
  readonly compiledCode: string | null;
  readonly compiledPath: string | null;
  readonly relationName: string | null;
  /** What went wrong, with places in the user's files. */
  readonly problems: readonly Diagnostic[];
  /** The batches of a microbatch model. */
  readonly batchResults?: BatchResults;
  /** The overloads of a function, by the files they are defined in. */
  readonly overloadResults?: OverloadResults;
  /** Failing rows as a table, where they were asked for. */
  readonly failureRows?: string;
}

/** Statuses after which nodes that build on this one are not run. */
export const STOPPING: ReadonlySet<NodeStatus> = new Set([
  'error',
  'fail',
  'skipped',
  'runtime error',
  'partial success',
]);
