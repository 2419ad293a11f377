import { join } from 'node:path';
import type { Manifest } from '../artifacts/index.ts';
import { RelationValue, TableValue } from '../builtins/index.ts';
import type { Workbench } from '../compile/index.ts';
import { emit } from '../core/index.ts';
import { callSteps, drive, type PyObject, str } from '../jinja/index.ts';
import type { Parsed } from '../parse/index.ts';
import { planRun } from '../plan/index.ts';
import {
  Connection,
  concurrencyLine,
  type EarlierBatches,
  endOfRun,
  finishedRunningStats,
  formatting,
  kindOf,
  type NodeResult,
  NodeRunner,
  nodeInfo,
  note,
  nothingToDo,
  runHooks,
  runPlan,
  STOPPING,
  seedSample,
} from '../run/index.ts';
import { listDeferred } from './list-deferred.ts';
import { workbench } from './make-workbench.ts';
import { masterScope } from './master-scope.ts';
import { writeCompiled, writeManifest } from './parse-workspace.ts';
import { sessionPool } from './session-pool.ts';
import { StaticAnalysis } from './static-analysis.ts';
import type { Opening, Workspace } from './workspace.ts';
import { nodeRunResult, writeRunResults } from './write-run-results.ts';

/** What a run came to. */
export interface RunOutcome {
  readonly results: readonly NodeResult[];
  readonly success: boolean;
}

/**
 * Runs the selected nodes from the first line to the last, and writes the artifacts.
 * @param earlier of a run that is retried, the batches it built
 */
export async function runNodes(
  workspace: Workspace,
  parsed: Parsed,
  selected: ReadonlySet<string>,
  render: Opening['render'],
  earlier?: EarlierBatches,
): Promise<RunOutcome> {
  const { invocation, flags, profile, command } = workspace;
  const plan = planRun(parsed.manifest, selected, { testsFirst: command === 'build' });
  const say = (event: Parameters<typeof emit>[1]): void => emit(invocation, event);
  if (!plan.steps.length) {
    say(nothingToDo());
    writeManifest(workspace, parsed.manifest);
    writeRunResults(workspace, [], 0);
    return { results: [], success: true };
  }
  const ephemeral = [...selected].filter((id) => parsed.manifest.nodes[id]?.config.materialized === 'ephemeral');
  const bench = workbench(workspace, parsed, [...plan.steps.map((step) => step.id), ...ephemeral]);
  const analysis = new StaticAnalysis(workspace, parsed, bench, selected, render);
  if (!(await analysis.before())) {
    await analysis.close();
    say(note('Nothing was run: static analysis is strict, and there are mistakes.', 'error'));
    writeManifest(workspace, parsed.manifest);
    writeRunResults(workspace, [], 0);
    return { results: [], success: false };
  }
  const started = performance.now();
  const pool = sessionPool(workspace);
  const master = new Connection(invocation, 'master', () => pool.take('master'));
  let results: NodeResult[] = [];
  let interrupted = false;
  try {
    say(formatting());
    say(concurrencyLine(profile.threads, profile.target, plan.steps.length));
    say(formatting());
    await prepareSchemas(
      bench,
      master,
      plan.steps.map((step) => step.id),
      flags.storeFailures,
    );
    await listDeferred(bench, master);
    const before = await runHooks(bench, flags, master, 'on-run-start');
    const isBroken = before.some((result) => result.status === 'error');
    const runner = new NodeRunner(bench, pool, flags, earlier, analysis);
    const stopped = new AbortController();
    const ended = await runPlan(plan, runner, {
      threads: flags.singleThreaded ? 1 : profile.threads,
      failFast: flags.failFast,
      signal: isBroken ? AbortSignal.abort() : AbortSignal.any([invocation.signal, stopped.signal]),
      onStop: () => void runner.cancel(),
    });
    interrupted = invocation.signal.aborted;
    const schemas = databaseSchemas(bench, selected, flags.storeFailures);
    const after = interrupted
      ? []
      : await runHooks(bench, flags, master, 'on-run-end', {
          results: ended,
          schemas: [...new Set(schemas.map(([, schema]) => schema))],
          databaseSchemas: schemas,
        });
    results = [...before, ...ended, ...after];
    interrupted = invocation.signal.aborted;
  } finally {
    await master.rollback();
    await pool.close();
    await analysis.close();
  }
  const seconds = (performance.now() - started) / 1000;
  say(formatting());
  say(
    finishedRunningStats(
      results.map((result) => kindOf(result.node)),
      seconds,
    ),
  );
  if (flags.show) for (const event of results.flatMap(seedSample)) say(event);
  for (const event of endOfRun(
    results.map((result) => endedNode(workspace, result, render)),
    interrupted,
  ))
    say(event);
  try {
    writeCompiled(workspace, compiledManifest(parsed.manifest, results, workspace));
  } finally {
    // A manifest that finds no room on the disk must not take along what `retry` needs to know.
    writeRunResults(workspace, results.map(nodeRunResult), seconds);
  }
  return { results, success: !interrupted && !results.some((result) => STOPPING.has(result.status)) };
}

/** A result for the list of failures: its text with code frames where there are any. */
export function endedNode(workspace: Workspace, result: NodeResult, render: Opening['render']) {
  const { node } = result;
  const path = 'original_file_path' in node ? node.original_file_path : '';
  const where = `${node.resource_type} ${node.name} (${path})`;
  const isFailedTest = result.status === 'fail' || result.status === 'warn';
  return {
    status: result.status,
    hasProblems: result.problems.length > 0,
    message: result.problems.length ? render(result.problems, where).replace(/\n(?=.)/g, '\n  ') : result.message,
    resourceType: node.resource_type,
    name: node.name,
    path,
    compiledPath: result.compiledPath ? join(workspace.targetPath, result.compiledPath) : undefined,
    failuresRelation: isFailedTest && result.relationName ? result.relationName : undefined,
    failureRows: result.failureRows?.trimEnd(),
    node: nodeInfo(node, result.status, result.timing[0]?.started_at ?? workspace.invocation.startedAt),
  };
}

/** The manifest with what compiling added to the nodes that were run. */
export function compiledManifest(
  manifest: Manifest,
  results: readonly Pick<NodeResult, 'node' | 'compiledPath'>[],
  workspace: Workspace,
): Manifest {
  const nodes: Record<string, unknown> = { ...manifest.nodes };
  const functions: Record<string, unknown> = { ...manifest.functions };
  for (const { node, compiledPath } of results) {
    const into = manifest.functions[node.unique_id] ? functions : nodes;
    if (!('compiled' in node) || !into[node.unique_id]) continue;
    const compiled_path = compiledPath ? join(workspace.targetPath, compiledPath) : null;
    into[node.unique_id] = node.compiled_path === compiled_path ? node : { ...node, compiled_path };
  }
  return { ...manifest, nodes, functions } as Manifest;
}

/** Schemas that nodes write to, each once. */
function databaseSchemas(bench: Workbench, ids: Iterable<string>, storeFailures: boolean): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const id of ids) {
    const node = bench.manifest.nodes[id] ?? bench.manifest.functions[id];
    if (!node || node.resource_type === 'operation' || node.resource_type === 'analysis') continue;
    if (node.resource_type === 'test' && !(node.config.store_failures ?? storeFailures)) continue;
    if (node.config.materialized === 'ephemeral') continue;
    const database = node.database ?? bench.credentials.database;
    found.set(`${database}\u0000${node.schema}`.toLowerCase(), [database, node.schema]);
  }
  return [...found.values()];
}

/** Creates the schemas that are missing, and lists what is in those that are there, so that the run asks no more. */
export async function prepareSchemas(
  bench: Workbench,
  master: Connection,
  ids: readonly string[],
  storeFailures = false,
): Promise<void> {
  const wanted = databaseSchemas(bench, ids, storeFailures);
  if (!wanted.length) return;
  const { scope } = masterScope(bench, master);
  const call = (macro: string, ...args: Parameters<typeof callSteps>[1]) =>
    drive(callSteps(scope.macros.rootMacro(macro), args, null, scope));
  const { dialect } = bench.adapter;
  for (const database of new Set(wanted.map(([db]) => db))) {
    const table = await call('list_schemas', database);
    const there = new Set(table instanceof TableValue ? table.rows.map((row) => str(row[0]!).toLowerCase()) : []);
    for (const [db, schema] of wanted) {
      if (db !== database) continue;
      const relation = new RelationValue(
        dialect,
        { database: db, schema, identifier: null },
        bench.quoting,
      ).withoutIdentifier();
      if (there.has(schema.toLowerCase())) {
        const adapter = scope.lookup('adapter') as PyObject;
        await drive(callSteps(adapter.getAttr('list_relations')!, [db, schema], null, scope));
      } else {
        await call('create_schema', relation);
        await master.commit();
        bench.relations.fill(db, schema, []);
      }
    }
  }
  if (bench.adapter.capabilities.dropsCascade) {
    const table = await call('get_relations');
    linkDependents(bench, table instanceof TableValue ? table : undefined);
  }
  await master.commit();
}

/** Which views read which relations, so that the cache forgets them when a drop takes them along. */
function linkDependents({ adapter, credentials: { database }, relations }: Workbench, table?: TableValue): void {
  for (const row of table?.rows ?? []) {
    const [schema, identifier, readSchema, readIdentifier] = row.map((cell) => str(cell));
    const dependent = new RelationValue(adapter.dialect, { database, schema, identifier, type: 'view' });
    relations.link(
      new RelationValue(adapter.dialect, { database, schema: readSchema, identifier: readIdentifier }),
      dependent,
    );
  }
}
