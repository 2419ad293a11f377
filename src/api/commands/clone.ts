import { resolve } from 'node:path';
import type { Manifest } from '../../artifacts/index.ts';
import { DiagnosticError, emit } from '../../core/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { independentSteps } from '../../plan/index.ts';
import {
  CloneRunner,
  Connection,
  concurrencyLine,
  endOfRun,
  formatting,
  type NodeResult,
  nothingToDo,
  runPlan,
  STOPPING,
  warnStateTargetEqual,
} from '../../run/index.ts';
import { StateFolder } from '../../state/index.ts';
import { noState, noStateManifest } from '../diagnostics.ts';
import { workbench } from '../make-workbench.ts';
import { writeManifest } from '../parse-workspace.ts';
import { endedNode, prepareSchemas } from '../run-nodes.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Opening, Workspace } from '../workspace.ts';
import { nodeRunResult, writeRunResults } from '../write-run-results.ts';

/**
 * `clone`: puts the relations of the environment that `--state` tells of under the names of this target.
 * @param chosen what to clone, where a clone is retried
 */
export async function clone(
  workspace: Workspace,
  parsed: Parsed,
  render: Opening['render'],
  chosen?: ReadonlySet<string>,
): Promise<boolean> {
  const { flags, invocation, profile } = workspace;
  const say = (event: Parameters<typeof emit>[1]): void => emit(invocation, event);
  const ids = [...(chosen ?? selectNodes(workspace, parsed))].filter((id) => {
    const node = parsed.manifest.nodes[id];
    return node !== undefined && node.config.materialized !== 'ephemeral';
  });
  const state = readState(workspace);
  writeManifest(workspace, parsed.manifest);
  if (!ids.length) {
    say(nothingToDo());
    writeRunResults(workspace, [], 0);
    return true;
  }
  const started = performance.now();
  const bench = workbench(workspace, parsed, ids);
  const pool = sessionPool(workspace);
  const master = new Connection(invocation, 'master', () => pool.take('master'));
  let results: readonly NodeResult[] = [];
  try {
    say(formatting());
    say(concurrencyLine(profile.threads, profile.target, ids.length));
    say(formatting());
    await prepareSchemas(bench, master, ids);
    const runner = new CloneRunner(bench, pool, state);
    results = await runPlan(independentSteps(ids, 'clone'), runner, {
      threads: flags.singleThreaded ? 1 : profile.threads,
      failFast: flags.failFast,
      signal: invocation.signal,
      onStop: () => void runner.cancel(),
    });
  } finally {
    await master.rollback();
    await pool.close();
  }
  const isInterrupted = invocation.signal.aborted;
  const ended = results.map((result) => endedNode(workspace, result, render));
  for (const event of endOfRun(ended, isInterrupted)) say(event);
  writeRunResults(workspace, results.map(nodeRunResult), (performance.now() - started) / 1000);
  return !isInterrupted && !results.some((result) => STOPPING.has(result.status));
}

/** The manifest of the other environment. */
function readState({ flags, invocation, project, targetFolder }: Workspace): Manifest {
  const path = flags.deferState ?? flags.state;
  if (path === null) throw new DiagnosticError(noState({}));
  const folder = resolve(project.root, path);
  if (folder === targetFolder) emit(invocation, warnStateTargetEqual(path));
  const state = new StateFolder(folder);
  if (!state.hasManifest()) throw new DiagnosticError(noStateManifest({ path }));
  return state.manifest();
}
