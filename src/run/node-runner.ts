import type {
  BatchResults,
  CompiledFields,
  FunctionNode,
  ManifestNode,
  ModelNode,
  TestNode,
  UnitTestNode,
} from '../artifacts/index.ts';
import { type AdapterHost, constantFunction } from '../builtins/index.ts';
import {
  type Batch,
  type CompiledSql,
  Compiler,
  findNode,
  relationOf,
  type ScopeOptions,
  type Workbench,
  writeTarget,
} from '../compile/index.ts';
import { type Diagnostic, emit, type Flags, warningFate } from '../core/index.ts';
import type { Step } from '../plan/index.ts';
import { adapterHost, readSeed } from './adapter-host.ts';
import { blankResult } from './blank-result.ts';
import { Connection, type SessionPool } from './connection.ts';
import { describeNode, nodeInfo, shownRelation } from './describe.ts';
import { internalProblem } from './diagnostics.ts';
import type { NodeInfo } from './event-line.ts';
import { logBatchResult, logStartBatch, logStartLine, nodeFinished, nodeStart, skippingDetails } from './events.ts';
import { failureRows } from './failure-rows.ts';
import { ForeignKeyTurns } from './foreign-key-turns.ts';
import { createFunction } from './function-node.ts';
import { materialize } from './materialize.ts';
import { type BatchOutcome, type BatchPlan, isMicrobatch, mayRunConcurrently, runMicrobatch } from './microbatch.ts';
import { ADDING, batchesOfModel, batchNode } from './microbatch-node.ts';
import type { NodeResult, RunNode, Timing } from './node-result.ts';
import { type Outcome, problemText, responseOf, success } from './outcome.ts';
import { pointProblem, saidBy } from './point-problem.ts';
import { resultLine } from './result-line.ts';
import type { StepPlace, Worker } from './scheduler.ts';
import { testOutcome } from './test-outcome.ts';
import { compileUnitTest, runUnitTest } from './unit-test.ts';

type Place = StepPlace;
type SqlNode = Extract<ManifestNode, CompiledFields>;

/** Batches of microbatch models that an earlier invocation built or failed to build, and when it was. */
export interface EarlierBatches {
  readonly startedAt: Date;
  readonly results: ReadonlyMap<string, BatchResults>;
}

/** What has looked at the nodes of a run before it. */
export interface Foresight {
  /** The SQL of a node, where it is known what it will be; asked once. */
  compiled(id: string): CompiledSql<SqlNode> | undefined;
  /** Looks at the SQL of a node before it is sent; throws where it should not be. */
  inspect(compiled: CompiledSql): Promise<void>;
}

/** What is known of a node while it runs. */
interface Progress {
  readonly connection: Connection;
  readonly host: AdapterHost;
  readonly timing: Timing[];
  compiled?: CompiledSql<ManifestNode | FunctionNode>;
  compiledPath?: string;
}

/** Runs single nodes: compiles, materializes, judges, reports. Never throws. */
export class NodeRunner implements Worker {
  readonly #bench: Workbench;
  readonly #compiler: Compiler;
  readonly #pool: SessionPool;
  readonly #flags: Flags;
  readonly #earlier: EarlierBatches | undefined;
  readonly #turns: ForeignKeyTurns;
  readonly #foresight: Foresight | undefined;
  readonly #running = new Set<Connection>();
  #isStopped = false;

  /**
   * @param earlier what a retried run came to: of its microbatch models only the failed batches are built
   * @param foresight what looked at the nodes before
   */
  constructor(bench: Workbench, pool: SessionPool, flags: Flags, earlier?: EarlierBatches, foresight?: Foresight) {
    this.#foresight = foresight;
    this.#bench = bench;
    this.#compiler = new Compiler(bench);
    this.#pool = pool;
    this.#flags = flags;
    this.#earlier = earlier;
    this.#turns = new ForeignKeyTurns(bench.manifest, bench.adapter.capabilities.foreignKeysTakeTurns ?? false);
  }

  /** Stops what the warehouse is doing for nodes that are running. */
  async cancel(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled([...this.#running].map((connection) => connection.cancel()));
  }

  async run(step: Step, place: Place): Promise<NodeResult> {
    const { invocation, credentials } = this.#bench;
    const node = findNode(this.#bench.manifest, step.id) as RunNode;
    const started = invocation.now();
    const startedAt = performance.now();
    const line = { ...place, width: this.#flags.printerWidth, node: nodeInfo(node, 'started', started) };
    emit(invocation, { ...nodeStart(line.node), thread: place.thread });
    if (step.intent !== 'note')
      emit(invocation, { ...logStartLine(describeNode(node, credentials), line), thread: place.thread });
    const { outcome, progress } = await this.#attempt(node, line.node, place.thread, (own) =>
      this.#work(step, node, own, place),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const result: NodeResult = {
      node: progress.compiled?.node ?? node,
      status: outcome.status,
      message: outcome.message,
      failures: outcome.failures ?? null,
      timing: progress.timing,
      thread: place.thread,
      seconds,
      adapterResponse: outcome.response ?? {},
      compiledCode: outcome.compiledCode ?? null,
      compiledPath: outcome.compiledPath ?? null,
      relationName: outcome.relationName ?? ('relation_name' in node ? node.relation_name : null),
      problems: outcome.problems ?? [],
      batchResults: outcome.batchResults,
      overloadResults: outcome.overloadResults,
      failureRows: outcome.failureRows,
    };
    this.#announce(result, place);
    return result;
  }

  /** Does work on a session of its own. What goes wrong becomes the outcome. */
  async #attempt(
    node: RunNode,
    info: NodeInfo,
    thread: string,
    work: (progress: Progress) => Promise<Outcome>,
  ): Promise<{ outcome: Outcome; progress: Progress }> {
    const { unique_id: id } = node;
    const connection = new Connection(this.#bench.invocation, id, () => this.#pool.take(id));
    connection.node = info;
    connection.thread = thread;
    this.#running.add(connection);
    const progress: Progress = { connection, host: adapterHost(this.#bench, connection), timing: [] };
    let outcome: Outcome;
    try {
      outcome = await work(progress);
    } catch (error) {
      const said = this.#said(error, node);
      const known = {
        compiled: progress.compiled,
        statement: connection.lastSql,
        place: this.#bench.placeOf(node.unique_id),
      };
      const problems = said.map((problem) => pointProblem(problem, known));
      const blamed = this.#compiler.blamedFor(error);
      const isBystander = blamed !== undefined && this.#bench.selected.includes(blamed);
      outcome = {
        // Nothing is wrong with a node that only builds on an ephemeral model which the run was to check as well.
        status: isBystander ? 'skipped' : 'error',
        message: isBystander
          ? `Compilation Error in ${node.unique_id}, caused by compilation error in referenced ephemeral model ${blamed}`
          : problemText(said, node),
        compiledCode: progress.compiled?.sql ?? null,
        compiledPath: progress.compiledPath ?? null,
        problems,
      };
    }
    await connection.rollback();
    this.#running.delete(connection);
    await this.#pool.takeBack(connection);
    return { outcome, progress };
  }

  skip(step: Step, place: Place): NodeResult {
    const node = findNode(this.#bench.manifest, step.id) as RunNode;
    const line = {
      ...place,
      width: this.#flags.printerWidth,
      node: nodeInfo(node, 'skipped', this.#bench.invocation.now()),
    };
    const { schema = '', alias = node.name } = node as Partial<ManifestNode>;
    emit(this.#bench.invocation, {
      ...skippingDetails(
        {
          resourceType: node.resource_type,
          schema,
          name:
            node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot'
              ? alias
              : node.name,
        },
        line,
      ),
      thread: place.thread,
    });
    return blankResult(node, place.thread);
  }

  async #work(step: Step, node: RunNode, progress: Progress, place: Place): Promise<Outcome> {
    switch (step.intent) {
      case 'note':
        return { status: 'no-op', message: 'NO-OP' };
      case 'seed':
        return this.#seed(node as ManifestNode, progress);
      case 'unit_test':
        return this.#unitTest(node as UnitTestNode, progress);
      case 'function':
        return this.#function(node as FunctionNode, progress);
      case 'test':
        return this.#test(node as TestNode, progress);
      default:
        if (isMicrobatch(node)) return this.#timed('execute', progress, () => this.#microbatch(node, place));
        return this.#build(node as SqlNode, progress);
    }
  }

  async #timed<T>(name: Timing['name'], progress: Progress, work: () => Promise<T>): Promise<T> {
    const started_at = this.#bench.invocation.now();
    try {
      return await work();
    } finally {
      progress.timing.push({ name, started_at, completed_at: this.#bench.invocation.now() });
    }
  }

  async #compile(node: SqlNode, progress: Progress, batch?: Batch): Promise<CompiledSql<SqlNode>> {
    return this.#timed('compile', progress, async () => {
      const known = batch ? undefined : this.#foresight?.compiled(node.unique_id);
      const compiled = known ?? (await this.#compiler.compile(node, progress.host, { batch }));
      progress.compiledPath = writeTarget(this.#bench, 'compiled', node, compiled.sql, batch);
      progress.compiled = compiled;
      return compiled;
    });
  }

  async #build(node: SqlNode, progress: Progress, options: ScopeOptions = {}): Promise<Outcome> {
    const compiled = await this.#compile(node, progress, options.batch);
    await this.#foresight?.inspect(compiled);
    const main = await this.#turns.take(node, async () => {
      try {
        return await this.#timed('execute', progress, () =>
          materialize(this.#bench, compiled.node, progress.host, { ...options, names: { sql: () => compiled.sql } }),
        );
      } finally {
        // Whoever's turn is next must not meet what this one left open.
        await progress.connection.rollback();
      }
    });
    return { ...success(main), compiledCode: compiled.sql, compiledPath: progress.compiledPath };
  }

  async #microbatch(model: ModelNode, place: Place): Promise<Outcome> {
    const { bench, flags } = { bench: this.#bench, flags: this.#flags };
    const table = bench.relations.find(model.database, model.schema, model.alias);
    const incremental = table?.type === 'table' && !(model.config.full_refresh ?? flags.fullRefresh);
    const earlier = this.#earlier?.results.get(model.unique_id);
    const outcome = await runMicrobatch({
      batches: batchesOfModel(model, { bench, flags, incremental, earlier, startedAt: this.#earlier?.startedAt }),
      done: earlier?.successful ?? [],
      incremental,
      concurrent: mayRunConcurrently(model),
      thread: place.thread,
      spare: place.spare,
      run: (plan, thread) => this.#batch(model, plan, thread),
      skip: (plan) => this.#announceBatch(model, plan, place.thread, { status: 'skipped', message: null }, 0),
      isStopped: () => this.#isStopped,
    });
    return { ...outcome, failures: 0 };
  }

  async #batch(model: ModelNode, plan: BatchPlan, thread: string): Promise<BatchOutcome> {
    const { invocation } = this.#bench;
    const startedAt = performance.now();
    const info = nodeInfo(model, 'started', invocation.now());
    const line = { index: plan.at + 1, total: plan.total, width: this.#flags.printerWidth, node: info };
    emit(invocation, { ...logStartBatch(this.#describeBatch(model, plan), line), thread });
    const node = batchNode(model, plan);
    const { outcome } = await this.#attempt(model, info, thread, (progress) =>
      this.#build(node, progress, { batch: plan.batch, macros: plan.incremental ? ADDING : undefined }),
    );
    this.#announceBatch(model, plan, thread, outcome, (performance.now() - startedAt) / 1000);
    return { status: outcome.status === 'success' ? 'success' : 'error', problems: outcome.problems ?? [] };
  }

  #describeBatch(model: ModelNode, { batch }: BatchPlan): string {
    return `batch ${batch.name} of ${shownRelation(model, this.#bench.credentials)}`;
  }

  #announceBatch(model: ModelNode, plan: BatchPlan, thread: string, outcome: Outcome, seconds: number): void {
    const { invocation } = this.#bench;
    const status = outcome.status === 'success' ? (outcome.message ?? 'OK') : outcome.status;
    const node = nodeInfo(model, outcome.status, invocation.now(), invocation.now());
    const ended = { index: plan.at + 1, total: plan.total, width: this.#flags.printerWidth, node, status, seconds };
    emit(invocation, { ...logBatchResult(this.#describeBatch(model, plan), ended), thread });
  }

  async #function(fn: FunctionNode, progress: Progress): Promise<Outcome> {
    const compiled = await this.#timed('compile', progress, () => this.#compiler.compileFunction(fn, progress.host));
    const compiledPath = writeTarget(this.#bench, 'compiled', fn, compiled.sql);
    Object.assign(progress, { compiled, compiledPath });
    const outcome = await this.#timed('execute', progress, () =>
      createFunction(compiled, {
        bench: this.#bench,
        host: progress.host,
        connection: progress.connection,
        width: this.#flags.printerWidth,
        said: (error) => this.#said(error, fn),
      }),
    );
    return { ...outcome, compiledCode: compiled.sql, compiledPath };
  }

  async #seed(node: ManifestNode, progress: Progress): Promise<Outcome> {
    const table = await this.#timed('compile', progress, async () => readSeed(node as never, this.#bench.inputs.empty));
    const main = await this.#timed('execute', progress, () =>
      materialize(this.#bench, node as never, progress.host, {
        names: { load_agate_table: () => constantFunction('load_agate_table', () => table) },
      }),
    );
    return success(main);
  }

  async #unitTest(node: UnitTestNode, progress: Progress): Promise<Outcome> {
    const bench = this.#bench;
    const compiled = await this.#timed('compile', progress, () =>
      compileUnitTest(bench, this.#compiler, node, progress.host),
    );
    const sql = compiled.node.compiled_code;
    progress.compiledPath = writeTarget(bench, 'compiled', compiled.node, sql);
    const outcome = await this.#timed('execute', progress, () => runUnitTest(bench, compiled, progress.host));
    return { ...outcome, compiledCode: sql, compiledPath: progress.compiledPath };
  }

  async #test(node: TestNode, progress: Progress): Promise<Outcome> {
    const compiled = await this.#compile(node, progress);
    const main = await this.#timed('execute', progress, () =>
      materialize(this.#bench, compiled.node as never, progress.host, { names: { sql: () => compiled.sql } }),
    );
    const fate = warningFate(this.#flags, { name: 'LogTestResult', code: 'Q007' });
    const outcome = testOutcome(node.unique_id, node.config, main.table, fate === 'error' ? 'error' : 'warn');
    const isStored = node.config.store_failures ?? this.#flags.storeFailures;
    const stored = isStored ? (node.relation_name ?? relationOf(this.#bench, node).render()) : null;
    return {
      ...outcome,
      response: responseOf(main),
      compiledCode: compiled.sql,
      compiledPath: progress.compiledPath,
      relationName: stored,
      failureRows:
        outcome.status === 'pass'
          ? undefined
          : await failureRows(
              progress.host,
              stored === null ? compiled.sql : `select * from ${stored}`,
              this.#flags.showFailures,
            ),
    };
  }

  /** What an error says. */
  #said(error: unknown, node: RunNode): readonly Diagnostic[] {
    const said = saidBy(error);
    if (said) return said;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    emit(this.#bench.invocation, {
      name: 'LogDebugStackTrace',
      code: 'Z011',
      level: 'debug',
      message,
      data: { exc_info: message },
    });
    return [internalProblem({ node: node.unique_id, message: error instanceof Error ? error.message : String(error) })];
  }

  #announce(result: NodeResult, place: Place): void {
    const { invocation, credentials } = this.#bench;
    const { node, status, seconds } = result;
    const finished = invocation.now();
    const info = nodeInfo(node, status, result.timing[0]?.started_at ?? finished, finished);
    const ended = { ...place, width: this.#flags.printerWidth, node: info, status, seconds };
    const event = resultLine(result, describeNode(node, credentials), ended);
    emit(invocation, { ...event, thread: place.thread });
    emit(invocation, { ...nodeFinished(info, { status, message: result.message ?? '' }), thread: place.thread });
  }
}
