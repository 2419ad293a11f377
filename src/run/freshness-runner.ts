import type { SourceNode } from '../artifacts/index.ts';
import type { Workbench } from '../compile/index.ts';
import { emit, type Flags } from '../core/index.ts';
import type { Step } from '../plan/index.ts';
import { attempt, cancelAll, type Running } from './attempt.ts';
import { blankResult } from './blank-result.ts';
import type { SessionPool } from './connection.ts';
import { nodeInfo } from './describe.ts';
import { logFreshnessResult, logStartLine, nodeFinished, nodeStart } from './events.ts';
import { type Freshness, sourceFreshness } from './freshness.ts';
import type { NodeResult } from './node-result.ts';
import { problemText } from './outcome.ts';
import type { StepPlace, Worker } from './scheduler.ts';

/** Checks the freshness of sources. Never throws. */
export class FreshnessRunner implements Worker {
  readonly #bench: Workbench;
  readonly #pool: SessionPool;
  readonly #flags: Flags;
  readonly #running: Running = new Set();
  /** What was found out, by unique id. */
  readonly found = new Map<string, Freshness>();

  constructor(bench: Workbench, pool: SessionPool, flags: Flags) {
    this.#bench = bench;
    this.#pool = pool;
    this.#flags = flags;
  }

  /** Stops what the warehouse is asked at the moment. */
  cancel(): Promise<void> {
    return cancelAll(this.#running);
  }

  async run(step: Step, place: StepPlace): Promise<NodeResult> {
    const { invocation } = this.#bench;
    const source = this.#bench.manifest.sources[step.id] as SourceNode;
    const started = invocation.now();
    const begin = performance.now();
    const line = { ...place, width: this.#flags.printerWidth, node: nodeInfo(source, 'started', started) };
    emit(invocation, { ...nodeStart(line.node), thread: place.thread });
    emit(invocation, {
      ...logStartLine(`freshness of ${source.source_name}.${source.name}`, line),
      thread: place.thread,
    });
    const done = await attempt(this.#bench, this.#pool, this.#running, line.node, (connection) =>
      sourceFreshness(this.#bench, source, connection),
    );
    const freshness = done.problems ? undefined : done.value;
    if (freshness) this.found.set(step.id, freshness);
    const problems = done.problems ?? [];
    const finished = invocation.now();
    const seconds = (performance.now() - begin) / 1000;
    const status = freshness?.status ?? 'runtime error';
    const result: NodeResult = {
      ...blankResult(source, place.thread),
      status,
      message: freshness ? null : problemText(problems, source),
      // A source has nothing to compile; who reads the timings expects both stages all the same.
      timing: [
        { name: 'compile', started_at: started, completed_at: started },
        { name: 'execute', started_at: started, completed_at: finished },
      ],
      seconds,
      adapterResponse: freshness?.response ?? {},
      problems,
    };
    const node = nodeInfo(source, status, started, finished);
    const { source_name, name } = source;
    emit(invocation, {
      ...logFreshnessResult({ source: source_name, table: name }, { ...line, node, status, seconds }),
      thread: place.thread,
    });
    emit(invocation, { ...nodeFinished(node, { status, message: result.message ?? '' }), thread: place.thread });
    return result;
  }

  /** Only after a stop: sources do not wait for each other. */
  skip(step: Step, place: StepPlace): NodeResult {
    return blankResult(this.#bench.manifest.sources[step.id] as SourceNode, place.thread);
  }
}
