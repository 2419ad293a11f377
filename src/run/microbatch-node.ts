import type { BatchResults, ModelNode } from '../artifacts/index.ts';
import type { Batch, Workbench } from '../compile/index.ts';
import type { Flags } from '../core/index.ts';
import type { Value } from '../jinja/index.ts';
import { type BatchSize, batchesOf, batchOf, wallClock } from './batches.ts';
import type { BatchPlan } from './microbatch.ts';

/** What the materialization of a batch is told where it adds to the table, also in a run that began with a full refresh. */
export const ADDING: ReadonlyMap<string, Value> = new Map([
  ['is_incremental', true],
  ['should_full_refresh', false],
]);

/** What decides over a model's batches beside its config. */
interface BatchSituation {
  readonly bench: Workbench;
  readonly flags: Flags;
  readonly incremental: boolean;
  /** The model's batches in the run that is retried, and when that was. */
  readonly earlier: BatchResults | undefined;
  readonly startedAt: Date | undefined;
}

/** The batches that this run builds of a model. */
export function batchesOfModel(model: ModelNode, situation: BatchSituation): Batch[] {
  const { bench, flags, earlier } = situation;
  const { batch_size, lookback, begin } = model.config;
  const size = batch_size as BatchSize;
  if (earlier)
    return earlier.failed.map(([start, end]) => batchOf({ start: new Date(start), end: new Date(end) }, size));
  const { sample } = bench.inputs;
  return batchesOf({
    size,
    lookback,
    begin: wallClock(begin ?? '') ?? new Date(0),
    incremental: situation.incremental,
    from: sample?.start ?? flagTime(flags.eventTimeStart),
    to: sample?.end ?? flagTime(flags.eventTimeEnd),
    now: presentTime(bench) ?? situation.startedAt ?? bench.invocation.startedAt,
  });
}

const flagTime = (text: string | null): Date | null => (text === null ? null : new Date(`${text}Z`));

/** The time that a test says it is. */
function presentTime({ invocation }: Workbench): Date | undefined {
  return wallClock(invocation.env.XFORM_MICROBATCH_END_TIME ?? '');
}

/** The model as one of its batches builds it: hooks before the model run with the first, hooks after it with the last. */
export function batchNode(model: ModelNode, { at, total }: BatchPlan): ModelNode {
  const config = { ...model.config };
  if (at > 0) config['pre-hook'] = [];
  if (at < total - 1) config['post-hook'] = [];
  return { ...model, config };
}
