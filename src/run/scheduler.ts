import type { Plan, Step } from '../plan/index.ts';
import { type NodeResult, STOPPING } from './node-result.ts';

/** Threads that nothing runs on at the moment, for a step that can do more than one thing at a time. */
export interface SpareThreads {
  /** A thread, or undefined where all are busy. */
  take(): string | undefined;
  give(thread: string): void;
}

/** Where a step stands in the run. */
export interface StepPlace {
  readonly index: number;
  readonly total: number;
  readonly thread: string;
  readonly spare: SpareThreads;
}

/** What the scheduler calls to get things done. */
export interface Worker {
  /** Runs a step to its end; must not throw. */
  run(step: Step, place: StepPlace): Promise<NodeResult>;
  /** Says that a step is left out. `because` is the step that failed, or undefined after a stop. */
  skip(
    step: Step,
    place: { index: number; total: number; thread: string },
    because: NodeResult | undefined,
  ): NodeResult;
}

/** How a run is carried out. */
export interface ScheduleOptions {
  readonly threads: number;
  /** Stop at the first error: what runs is cancelled, what waits is left out. */
  readonly failFast: boolean;
  readonly signal: AbortSignal;
  /** Told when the run is stopped before its end, to cancel what is running. */
  onStop?(): void;
}

/**
 * Runs the steps of a plan, each as soon as those before it have ended, at most `threads` at a time, in the order of
 * the plan where there is a choice. Results come in the order in which steps ended.
 */
export async function runPlan(plan: Plan, worker: Worker, options: ScheduleOptions): Promise<readonly NodeResult[]> {
  const { steps } = plan;
  const total = steps.length;
  const position = new Map(steps.map((step, i) => [step.id, i]));
  const waitsFor = steps.map((step) => step.after.filter((id) => position.has(id)).length);
  const unlocks = steps.map((): number[] => []);
  for (const [i, step] of steps.entries()) for (const id of step.after) unlocks[position.get(id) ?? -1]?.push(i);
  const ready = new ReadyQueue(waitsFor.flatMap((count, i) => (count === 0 ? [i] : [])));
  const results: NodeResult[] = [];
  const failedBefore = new Map<number, NodeResult>();
  const threads = Array.from({ length: options.threads }, (_, i) => `Thread-${i + 1}`).reverse();
  let started = 0;
  let ended = 0;
  let isStopped = options.signal.aborted;

  return new Promise((resolve) => {
    const stop = (): void => {
      if (isStopped) return;
      isStopped = true;
      options.onStop?.();
    };
    const onAbort = (): void => {
      stop();
      pump();
    };
    options.signal.addEventListener('abort', onAbort, { once: true });

    const end = (at: number, result: NodeResult): void => {
      ended += 1;
      results.push(result);
      const isFailure = STOPPING.has(result.status);
      if (isFailure && result.status !== 'skipped' && options.failFast) stop();
      for (const next of unlocks[at]!) {
        if (isFailure && !failedBefore.has(next)) failedBefore.set(next, result);
        if (--waitsFor[next]! === 0) ready.add(next);
      }
    };

    const spare: SpareThreads = {
      take: () => threads.pop(),
      give: (thread) => {
        threads.push(thread);
        pump();
      },
    };

    const pump = (): void => {
      while (ready.size > 0) {
        const at = ready.peek();
        const step = steps[at]!;
        const because = failedBefore.get(at);
        if (because || isStopped) {
          ready.take();
          const thread = threads.at(-1) ?? 'MainThread';
          end(at, worker.skip(step, { index: ++started, total, thread }, because));
          continue;
        }
        const thread = threads.pop();
        if (thread === undefined) break;
        ready.take();
        void worker.run(step, { index: ++started, total, thread, spare }).then((result) => {
          threads.push(thread);
          end(at, result);
          pump();
        });
      }
      if (ended === total) {
        options.signal.removeEventListener('abort', onAbort);
        resolve(results);
      }
    };
    pump();
  });
}

/** Indexes of steps that can start, smallest first (a binary heap). */
class ReadyQueue {
  readonly #heap: number[] = [];
  constructor(items: readonly number[]) {
    for (const item of items) this.add(item);
  }
  get size(): number {
    return this.#heap.length;
  }
  peek(): number {
    return this.#heap[0]!;
  }
  add(item: number): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! <= item) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }
  take(): number {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (!heap.length) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
      if (heap[child]! >= last) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
