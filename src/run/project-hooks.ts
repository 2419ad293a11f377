import type { OperationNode } from '../artifacts/index.ts';
import { nodeScope, renderNode, type Workbench } from '../compile/index.ts';
import { type Diagnostic, DiagnosticError, emit, type Flags } from '../core/index.ts';
import { fromPlain, type Value } from '../jinja/index.ts';
import { adapterHost } from './adapter-host.ts';
import type { Connection } from './connection.ts';
import { nodeInfo } from './describe.ts';
import { logHookEndLine, logHookStartLine } from './events.ts';
import type { NodeResult } from './node-result.ts';
import { problemText } from './outcome.ts';
import { pointProblem, saidBy } from './point-problem.ts';

/** What hooks after a run are told. */
export interface HookFacts {
  readonly results: readonly NodeResult[];
  readonly schemas: readonly string[];
  readonly databaseSchemas: readonly (readonly [string, string])[];
}

/** The hooks of a project and its packages at one end of a run, in the order they run. */
export function runHookNodes(bench: Workbench, tag: 'on-run-start' | 'on-run-end'): OperationNode[] {
  const hooks = Object.values(bench.manifest.nodes).filter(
    (node): node is OperationNode => node.resource_type === 'operation' && node.tags.includes(tag),
  );
  const root = bench.macros.root;
  const rank = (node: OperationNode): number => (node.package_name === root ? 1 : 0);
  return hooks.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.package_name < b.package_name ? -1 : a.package_name > b.package_name ? 1 : 0) ||
      (a.index ?? 0) - (b.index ?? 0),
  );
}

/** Runs hooks one after another on one connection; after a failure the rest is skipped. */
export async function runHooks(
  bench: Workbench,
  flags: Flags,
  connection: Connection,
  tag: 'on-run-start' | 'on-run-end',
  facts?: HookFacts,
): Promise<NodeResult[]> {
  const hooks = runHookNodes(bench, tag);
  const results: NodeResult[] = [];
  let failed = false;
  for (const [i, node] of hooks.entries()) {
    const name = `${node.package_name}.${tag}.${node.index ?? i}`;
    const started = bench.invocation.now();
    const begin = performance.now();
    const line = {
      index: i + 1,
      total: hooks.length,
      width: flags.printerWidth,
      node: nodeInfo(node, 'started', started),
    };
    let problems: readonly Diagnostic[] = [];
    let status: NodeResult['status'] = failed ? 'skipped' : 'success';
    let message: string | null = null;
    if (!failed) {
      let isRendered = false;
      try {
        const sql = await renderHook(bench, node, connection, facts);
        isRendered = true;
        emit(bench.invocation, logHookStartLine(name, line));
        if (sql.trim()) await adapterHost(bench, connection).execute(sql, { autoBegin: false, fetch: false });
        await connection.commit();
        message = 'OK';
      } catch (error) {
        await connection.rollback();
        problems = problemsOf(error).map((problem) =>
          pointProblem(problem, {
            compiled: undefined,
            statement: connection.lastSql,
            place: bench.placeOf(node.unique_id),
          }),
        );
        // As with dbt, a run whose first hooks cannot even be told does not begin.
        if (!isRendered && tag === 'on-run-start') throw new DiagnosticError(...problems);
        status = 'error';
        message = `${problemText(problems, node)}`;
        failed = true;
      }
    }
    const seconds = (performance.now() - begin) / 1000;
    const ended = {
      ...line,
      node: nodeInfo(node, status, started, bench.invocation.now()),
      status,
      seconds,
    };
    emit(bench.invocation, logHookEndLine(name, ended));
    results.push({
      node,
      status,
      message,
      failures: 0,
      timing: [{ name: 'execute', started_at: started, completed_at: bench.invocation.now() }],
      thread: 'main',
      seconds,
      adapterResponse: {},
      compiledCode: null,
      compiledPath: null,
      relationName: null,
      problems,
    });
  }
  return results;
}

function problemsOf(error: unknown): readonly Diagnostic[] {
  const said = saidBy(error);
  if (said) return said;
  throw error;
}

async function renderHook(
  bench: Workbench,
  node: OperationNode,
  connection: Connection,
  facts: HookFacts | undefined,
): Promise<string> {
  if (!bench.templates.get(node.unique_id)) return '';
  const { scope } = nodeScope(bench, node, adapterHost(bench, connection), {
    free: true,
    names: facts ? hookNames(facts) : {},
  });
  return (await renderNode(bench, node, scope)).text;
}

function hookNames(facts: HookFacts): Readonly<Record<string, () => Value>> {
  return {
    schemas: () => [...facts.schemas],
    database_schemas: () => fromPlain(facts.databaseSchemas),
    results: () => fromPlain(facts.results.map(resultOf)),
  };
}

/** A result as `on-run-end` hooks see it. */
function resultOf(result: NodeResult): Record<string, unknown> {
  return {
    status: result.status,
    node: result.node,
    message: result.message,
    failures: result.failures,
    thread_id: result.thread,
    execution_time: result.seconds,
    adapter_response: result.adapterResponse,
    timing: result.timing.map((t) => ({
      name: t.name,
      started_at: t.started_at.toISOString(),
      completed_at: t.completed_at.toISOString(),
    })),
    unique_id: result.node.unique_id,
    relation_name: result.relationName,
    compiled_code: result.compiledCode,
  };
}
