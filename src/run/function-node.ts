import type { FunctionNode } from '../artifacts/index.ts';
import type { AdapterHost, StatementResult } from '../builtins/index.ts';
import type { CompiledFunction, CompiledSql, Workbench } from '../compile/index.ts';
import { type Diagnostic, emit } from '../core/index.ts';
import type { Connection } from './connection.ts';
import { nodeInfo } from './describe.ts';
import { logOverloadResult, logStartOverload } from './events.ts';
import { materialize } from './materialize.ts';
import { type Outcome, success } from './outcome.ts';
import { pointProblem } from './point-problem.ts';

/** What functions are created with. */
export interface FunctionWork {
  readonly bench: Workbench;
  readonly host: AdapterHost;
  readonly connection: Connection;
  /** --printer-width. */
  readonly width: number;
  /** What an error says. */
  readonly said: (error: unknown) => readonly Diagnostic[];
}

/** Creates a function, then its overloads. One that fails does not keep the others from being made. */
export async function createFunction(fn: CompiledFunction, work: FunctionWork): Promise<Outcome> {
  const { bench, connection } = work;
  const main = await create(fn, work);
  const files = fn.node.overloads.map((overload) => overload.defined_in);
  if (bench.adapter.capabilities.createsOverloadsTogether)
    return { ...success(main), overloadResults: { successful: files, failed: [] } };
  const successful: string[] = [];
  const failed: string[] = [];
  const problems: Diagnostic[] = [];
  const total = fn.overloads.length;
  for (const [i, body] of fn.overloads.entries()) {
    const file = files[i]!;
    const description = `function ${fn.node.name} overload ${file}`;
    const node = nodeInfo(fn.node, 'executing', bench.invocation.now());
    const line = { index: i + 1, total, width: work.width, node };
    const { thread } = connection;
    emit(bench.invocation, { ...logStartOverload(description, line), thread });
    const startedAt = performance.now();
    const [problem] = await attempt(body, work);
    (problem ? failed : successful).push(file);
    if (problem) problems.push(problem);
    const ended = { ...line, status: problem ? 'error' : 'success', seconds: (performance.now() - startedAt) / 1000 };
    const told = problem ? `${description}: ${problem.message}` : description;
    emit(bench.invocation, { ...logOverloadResult(told, ended), thread });
  }
  const overloadResults = { successful, failed };
  if (!failed.length) return { ...success(main), overloadResults };
  const message = `PARTIAL SUCCESS ${fn.node.name}`;
  return { ...success(main), status: 'partial success', message, overloadResults, problems };
}

function create(body: CompiledSql<FunctionNode>, { bench, host }: FunctionWork): Promise<StatementResult> {
  return materialize(bench, body.node, host, { names: { sql: () => body.sql } });
}

/** Creates an overload; what went wrong is told and not thrown. */
async function attempt(body: CompiledSql<FunctionNode>, work: FunctionWork): Promise<Diagnostic[]> {
  try {
    await create(body, work);
    return [];
  } catch (error) {
    const statement = work.connection.lastSql;
    const known = { compiled: body, statement, place: work.bench.placeOf(body.node.unique_id) };
    await work.connection.rollback();
    return work.said(error).map((problem) => pointProblem(problem, known));
  }
}
