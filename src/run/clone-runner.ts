import type { Manifest, ManifestNode } from '../artifacts/index.ts';
import { AdapterResponse } from '../builtins/index.ts';
import { relationOf, type Workbench } from '../compile/index.ts';
import { emit } from '../core/index.ts';
import { str } from '../jinja/index.ts';
import type { Step } from '../plan/index.ts';
import { adapterHost } from './adapter-host.ts';
import { attempt, cancelAll, type Running } from './attempt.ts';
import { blankResult } from './blank-result.ts';
import type { SessionPool } from './connection.ts';
import { nodeInfo } from './describe.ts';
import { nodeFinished, nodeStart } from './events.ts';
import { runMaterialization } from './materialize.ts';
import type { NodeResult } from './node-result.ts';
import { problemText } from './outcome.ts';
import type { StepPlace, Worker } from './scheduler.ts';

/** Puts relations of another environment under the names of this one. Never throws. */
export class CloneRunner implements Worker {
  readonly #bench: Workbench;
  readonly #pool: SessionPool;
  readonly #state: Manifest;
  readonly #running: Running = new Set();

  /** @param state the manifest that says where the other environment has its relations */
  constructor(bench: Workbench, pool: SessionPool, state: Manifest) {
    this.#bench = bench;
    this.#pool = pool;
    this.#state = state;
  }

  /** Stops what is running. */
  cancel(): Promise<void> {
    return cancelAll(this.#running);
  }

  async run(step: Step, place: StepPlace): Promise<NodeResult> {
    const { invocation } = this.#bench;
    const node = this.#bench.manifest.nodes[step.id] as ManifestNode;
    const started = invocation.now();
    const begin = performance.now();
    const info = nodeInfo(node, 'started', started);
    const names = this.#names(step.id);
    emit(invocation, { ...nodeStart(info), thread: place.thread });
    const done = await attempt(this.#bench, this.#pool, this.#running, info, (connection) =>
      runMaterialization(this.#bench, node as never, adapterHost(this.#bench, connection), 'clone', { names }),
    );
    const finished = invocation.now();
    const main = done.problems ? undefined : done.value;
    const status = done.problems ? 'error' : 'success';
    const message = done.problems ? problemText(done.problems, node) : main ? str(main.response) : 'No-op';
    emit(invocation, {
      ...nodeFinished(nodeInfo(node, status, started, finished), { status, message }),
      thread: place.thread,
    });
    return {
      ...blankResult(node, place.thread),
      status,
      message,
      timing: [{ name: 'execute', started_at: started, completed_at: finished }],
      seconds: (performance.now() - begin) / 1000,
      adapterResponse: main?.response instanceof AdapterResponse ? main.response.plain() : {},
      problems: done.problems ?? [],
    };
  }

  /** Only after a stop: clones do not wait for each other. */
  skip(step: Step, place: StepPlace): NodeResult {
    return blankResult(this.#bench.manifest.nodes[step.id] as ManifestNode, place.thread);
  }

  /** What the materialization is told of the relation it is to point to. */
  #names(id: string) {
    const other = this.#state.nodes[id];
    const relation =
      other && other.config.materialized !== 'ephemeral' ? relationOf(this.#bench, other as never) : null;
    const sql = relation && `select * from ${relation.render()}`;
    return { defer_relation: () => relation, sql: () => sql, compiled_code: () => sql };
  }
}
