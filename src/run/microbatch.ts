import type { BatchResults, ModelNode } from '../artifacts/index.ts';
import type { Batch } from '../compile/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { NodeStatus, RunNode } from './node-result.ts';
import type { SpareThreads } from './scheduler.ts';

/** How one batch ended. */
export interface BatchOutcome {
  readonly status: 'success' | 'error' | 'skipped';
  readonly problems: readonly Diagnostic[];
}

/** How one batch is to be built. */
export interface BatchPlan {
  readonly batch: Batch;
  /** Counted from 0. */
  readonly at: number;
  readonly total: number;
  /** Its rows are added to the table that is there. */
  readonly incremental: boolean;
}

/** What a microbatch model's run needs of the one who runs it. */
export interface MicrobatchWork {
  readonly batches: readonly Batch[];
  /** Batches that an earlier run has built, where this one only makes up for what failed then. */
  readonly done: BatchResults['successful'];
  /** The model's table is there and is added to. */
  readonly incremental: boolean;
  readonly concurrent: boolean;
  readonly thread: string;
  readonly spare: SpareThreads;
  run(plan: BatchPlan, thread: string): Promise<BatchOutcome>;
  skip(plan: BatchPlan): void;
  /** The run was stopped: what has not begun is left undone. */
  isStopped(): boolean;
}

/** What the batches came to together. */
export interface MicrobatchOutcome {
  readonly status: NodeStatus;
  readonly message: string;
  readonly batchResults: BatchResults;
  /** What went wrong, each once however many batches failed of it. */
  readonly problems: readonly Diagnostic[];
}

/** Is the node a model that is built batch by batch? */
export function isMicrobatch(node: RunNode): node is ModelNode {
  if (node.resource_type !== 'model') return false;
  const { materialized, incremental_strategy: strategy } = node.config;
  return materialized === 'incremental' && strategy === 'microbatch';
}

/** May batches of the model be built side by side? Not where the config forbids it, or each may read what is there. */
export function mayRunConcurrently(model: ModelNode): boolean {
  return model.config.concurrent_batches ?? !/\bthis\b/.test(model.raw_code);
}

/**
 * Builds the batches of a model. The first goes alone, as it may create the table, and where it fails the others are
 * left out; the last goes alone too, so that hooks after the model run when all is there. Those between take what
 * threads are free.
 */
export async function runMicrobatch(work: MicrobatchWork): Promise<MicrobatchOutcome> {
  const total = work.batches.length;
  const plans = work.batches.map((batch, at) => ({ batch, at, total, incremental: at > 0 || work.incremental }));
  const outcomes = new Map<BatchPlan, BatchOutcome>();
  const run = async (plan: BatchPlan, thread: string): Promise<void> => {
    if (work.isStopped()) return;
    outcomes.set(plan, await work.run(plan, thread));
  };
  const [first, ...others] = plans;
  if (first) await run(first, work.thread);
  if (first && outcomes.get(first)?.status !== 'success') {
    for (const plan of others) if (!work.isStopped()) work.skip(plan);
  } else {
    const last = others.pop();
    await sideBySide(others, work, run);
    if (last) await run(last, work.thread);
  }
  return together(plans, outcomes, work.done);
}

/** Runs plans in order, on the model's own thread and on those that nothing else runs on. */
async function sideBySide(
  plans: readonly BatchPlan[],
  { concurrent, thread, spare }: MicrobatchWork,
  run: (plan: BatchPlan, thread: string) => Promise<void>,
): Promise<void> {
  const helpers: Promise<void>[] = [];
  let next = 0;
  const help = async (name: string): Promise<void> => {
    for (let plan = plans[next++]; plan; plan = plans[next++]) await run(plan, name);
    spare.give(name);
  };
  for (let plan = plans[next++]; plan; plan = plans[next++]) {
    const own = run(plan, thread);
    while (concurrent && next < plans.length) {
      const free = spare.take();
      if (free === undefined) break;
      helpers.push(help(free));
    }
    await own;
  }
  await Promise.all(helpers);
}

function together(
  plans: readonly BatchPlan[],
  outcomes: ReadonlyMap<BatchPlan, BatchOutcome>,
  done: BatchResults['successful'],
): MicrobatchOutcome {
  const successful: (readonly [string, string])[] = [];
  const failed: (readonly [string, string])[] = [];
  const problems = new Map<string, Diagnostic>();
  for (const plan of plans) {
    const outcome = outcomes.get(plan);
    const { start, end } = plan.batch.span;
    (outcome?.status === 'success' ? successful : failed).push([isoText(start), isoText(end)]);
    for (const problem of outcome?.problems ?? []) problems.set(`${problem.code} ${problem.message}`, problem);
  }
  const count = successful.length;
  const verdict =
    failed.length === 0
      ? ({ status: 'success', message: 'SUCCESS' } as const)
      : count === 0
        ? ({ status: 'error', message: 'ERROR' } as const)
        : ({ status: 'partial success', message: `PARTIAL SUCCESS (${count}/${plans.length})` } as const);
  const batchResults = { successful: [...successful, ...done], failed };
  return { ...verdict, batchResults, problems: [...problems.values()] };
}

/** A moment as artifacts write it: `2024-01-31T00:00:00+00:00`. */
const isoText = (at: Date): string => at.toISOString().replace(/(?:\.000)?Z$/, '+00:00');
