import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata } from './metadata.ts';

/** How it ended for one node. */
export type ResultStatus =
  | 'success'
  | 'error'
  | 'fail'
  | 'warn'
  | 'skipped'
  | 'partial success'
  | 'pass'
  | 'runtime error'
  | 'no-op'
  | 'reused';

/** A step of a node's run; times as artifacts write them. */
export interface TimingInfo {
  readonly name: 'compile' | 'execute' | (string & {});
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

/** The batches of a microbatch model, each as its start and end. */
export interface BatchResults {
  readonly successful: readonly (readonly [string, string])[];
  readonly failed: readonly (readonly [string, string])[];
}

/** The overloads of a function, each by the name of its file. */
export interface OverloadResults {
  readonly successful: readonly string[];
  readonly failed: readonly string[];
}

/** What one node's run came to. */
export interface RunResult {
  readonly status: ResultStatus;
  readonly timing: readonly TimingInfo[];
  readonly thread_id: string;
  /** Seconds. */
  readonly execution_time: number;
  readonly adapter_response: Readonly<Record<string, unknown>>;
  readonly message: string | null;
  readonly failures: number | null;
  readonly unique_id: string;
  readonly compiled: boolean | null;
  readonly compiled_code: string | null;
  readonly relation_name: string | null;
  readonly batch_results: BatchResults | null;
  readonly overload_results: OverloadResults | null;
}

/** dbt's run_results.json, version 6. */
export interface RunResults {
  readonly metadata: ArtifactMetadata;
  readonly results: readonly RunResult[];
  /** Seconds. */
  readonly elapsed_time: number;
  /** The flags of the invocation; `retry` reads them back. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** A result with all fields, in dbt's order. */
export function runResult(given: Pick<RunResult, 'unique_id' | 'status'> & Partial<RunResult>): RunResult {
  const { status, unique_id, ...rest } = given;
  return {
    status,
    timing: [],
    thread_id: 'MainThread',
    execution_time: 0,
    adapter_response: {},
    message: null,
    failures: null,
    unique_id,
    compiled: null,
    compiled_code: null,
    relation_name: null,
    batch_results: null,
    overload_results: null,
    ...rest,
  } as RunResult;
}

/** The artifact of a run. */
export function runResults(origin: ArtifactOrigin, generatedAt: Date, run: Omit<RunResults, 'metadata'>): RunResults {
  return {
    metadata: artifactMetadata('run-results', origin, generatedAt),
    results: run.results,
    elapsed_time: run.elapsed_time,
    args: run.args,
  };
}
