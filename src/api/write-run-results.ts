import { join } from 'node:path';
import { type RunResult, runResult, runResults, writeArtifact } from '../artifacts/index.ts';
import { emit } from '../core/index.ts';
import { artifactWritten, type NodeResult } from '../run/index.ts';
import type { Workspace } from './workspace.ts';

/** A time as dbt writes it, in microseconds. */
export const microseconds = (at: Date): string => at.toISOString().replace('Z', '000Z');

/** What run_results.json says of a node. */
export function nodeRunResult(result: NodeResult): RunResult {
  return runResult({
    unique_id: result.node.unique_id,
    status: result.status,
    timing: result.timing.map((t) => ({
      name: t.name,
      started_at: microseconds(t.started_at),
      completed_at: microseconds(t.completed_at),
    })),
    thread_id: result.thread,
    execution_time: result.seconds,
    adapter_response: result.adapterResponse,
    message: result.message,
    failures: result.failures,
    compiled: result.compiledCode !== null ? true : 'language' in result.node ? false : null,
    compiled_code: result.compiledCode,
    relation_name: result.relationName,
    batch_results: result.batchResults ?? null,
    overload_results: result.overloadResults ?? null,
  });
}

/** Writes run_results.json, unless it is not wanted. */
export function writeRunResults(workspace: Workspace, results: readonly RunResult[], seconds: number): void {
  const { invocation, flags, targetFolder, args } = workspace;
  if (!flags.writeJson) return;
  const path = join(targetFolder, 'run_results.json');
  writeArtifact(path, runResults(invocation, invocation.now(), { results, elapsed_time: seconds, args }));
  emit(invocation, artifactWritten('RunExecutionResult', path));
}
