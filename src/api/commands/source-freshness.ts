import { join, resolve } from 'node:path';
import {
  type FreshnessError,
  type FreshnessResult,
  type FreshnessThreshold,
  freshnessReport,
  hasFreshness,
  type SourceNode,
  writeArtifact,
} from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import { PyDateTime, PyTimezone } from '../../jinja/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { independentSteps } from '../../plan/index.ts';
import {
  artifactWritten,
  Connection,
  concurrencyLine,
  FreshnessRunner,
  failureLines,
  finishedRunningStats,
  formatting,
  kindOf,
  type NodeResult,
  nothingToDo,
  plainDone,
  runHooks,
  runPlan,
  STOPPING,
} from '../../run/index.ts';
import { workbench } from '../make-workbench.ts';
import { writeManifest } from '../parse-workspace.ts';
import { endedNode } from '../run-nodes.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Opening, Workspace } from '../workspace.ts';

/** `source freshness`: asks how old the newest rows of the selected sources are, and writes sources.json. */
export async function sourceFreshness(
  workspace: Workspace,
  parsed: Parsed,
  render: Opening['render'],
): Promise<boolean> {
  const { flags, invocation, profile } = workspace;
  const say = (event: Parameters<typeof emit>[1]): void => emit(invocation, event);
  const selected = [...selectNodes(workspace, parsed)].filter((id) => hasFreshness(parsed.manifest.sources[id]!));
  writeManifest(workspace, parsed.manifest);
  if (!selected.length) {
    say(nothingToDo());
    writeReport(workspace, [], new Map(), 0);
    say(plainDone('source freshness'));
    return true;
  }
  const started = performance.now();
  const bench = workbench(workspace, parsed, selected);
  const pool = sessionPool(workspace);
  const master = new Connection(invocation, 'master', () => pool.take('master'));
  const runner = new FreshnessRunner(bench, pool, flags);
  const hooks = (tag: 'on-run-start' | 'on-run-end', results?: readonly NodeResult[]): Promise<NodeResult[]> => {
    if (!flags.behavior.source_freshness_run_project_hooks) return Promise.resolve([]);
    return runHooks(bench, flags, master, tag, results && { results, schemas: [], databaseSchemas: [] });
  };
  let results: NodeResult[] = [];
  try {
    say(formatting());
    say(concurrencyLine(profile.threads, profile.target, selected.length));
    say(formatting());
    const before = await hooks('on-run-start');
    const isBroken = before.some((result) => result.status === 'error');
    const ended = await runPlan(independentSteps(selected, 'freshness'), runner, {
      threads: flags.singleThreaded ? 1 : profile.threads,
      failFast: flags.failFast,
      signal: isBroken ? AbortSignal.abort() : invocation.signal,
      onStop: () => void runner.cancel(),
    });
    const after = invocation.signal.aborted ? [] : await hooks('on-run-end', ended);
    results = [...before, ...ended, ...after];
  } finally {
    await master.rollback();
    await pool.close();
  }
  const seconds = (performance.now() - started) / 1000;
  say(formatting());
  say(
    finishedRunningStats(
      results.map((result) => kindOf(result.node)),
      seconds,
    ),
  );
  for (const result of results) {
    if (!STOPPING.has(result.status) || result.status === 'skipped') continue;
    const node = endedNode(workspace, result, render);
    for (const event of failureLines({ ...node, message: node.message ?? staleness(result, runner) })) say(event);
  }
  writeReport(workspace, results, runner.found, seconds);
  say(plainDone('source freshness'));
  return !results.some((result) => STOPPING.has(result.status));
}

/** Why a source counts as stale. */
function staleness(result: NodeResult, runner: FreshnessRunner): string | null {
  const found = runner.found.get(result.node.unique_id);
  const { error_after: limit } = (result.node as SourceNode).freshness as FreshnessThreshold;
  if (!found || !limit) return null;
  if (found.isEmpty) return 'Status: error. There are no rows';
  return `Status: error. The newest row is of ${iso(found.maxLoadedAt)}, older than ${limit.count} ${limit.period}${limit.count === 1 ? '' : 's'}`;
}

const iso = (micros: bigint): string => PyDateTime.ofMoment(micros, new PyTimezone(0)).isoformat();

/** Writes sources.json, or the file that `--output` names. */
function writeReport(
  workspace: Workspace,
  results: readonly NodeResult[],
  found: FreshnessRunner['found'],
  seconds: number,
): void {
  const { flags, invocation, targetFolder } = workspace;
  const path = flags.output ? resolve(invocation.cwd, flags.output) : join(targetFolder, 'sources.json');
  const time = (at: Date): string => at.toISOString().replace('Z', '000Z');
  const entries = results.flatMap((result): (FreshnessResult | FreshnessError)[] => {
    const { node } = result;
    if (node.resource_type !== 'source' || result.status === 'skipped') return [];
    const freshness = found.get(node.unique_id);
    if (!freshness) return [{ unique_id: node.unique_id, error: result.message, status: 'runtime error' }];
    return [
      {
        unique_id: node.unique_id,
        max_loaded_at: iso(freshness.maxLoadedAt),
        snapshotted_at: iso(freshness.snapshottedAt),
        max_loaded_at_time_ago_in_s: freshness.age,
        status: freshness.status,
        criteria: node.freshness as FreshnessThreshold,
        adapter_response: freshness.response,
        timing: result.timing.map((t) => ({
          name: t.name,
          started_at: time(t.started_at),
          completed_at: time(t.completed_at),
        })),
        thread_id: result.thread,
        execution_time: result.seconds,
      },
    ];
  });
  if (!flags.writeJson) return;
  writeArtifact(path, freshnessReport(invocation, invocation.now(), { results: entries, elapsed_time: seconds }));
  emit(invocation, artifactWritten('FreshnessExecutionResultArtifact', path));
}
