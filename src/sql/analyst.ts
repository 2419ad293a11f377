import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { xformVersion } from '../core/index.ts';
import type { AnalysisRequest, QueryAnalysis } from './analysis.ts';
import { notUnderstood } from './diagnostics.ts';

/** Keeps analyses by the digest of what they were made from. */
export interface AnalysisCache {
  get(key: string): QueryAnalysis | undefined;
  set(key: string, analysis: QueryAnalysis): void;
}

/** How long one query may take, in milliseconds of work: on a busy machine that is longer by the clock. */
const TIME_LIMIT = 10_000;
/** How often that is looked at, and how much longer by the clock it may be. */
const LOOK = 1000;
const PATIENCE = 6;
/** The parser descends into what is nested, on a stack of this many megabytes. */
const STACK = 32;
const MOST_WORKERS = 4;

/** One request on its way. */
interface Task {
  readonly request: AnalysisRequest;
  readonly settle: (answer: Answer) => void;
}

/** An analysis, and whether it would be the same another time. */
interface Answer {
  readonly analysis: QueryAnalysis;
  readonly isFinal: boolean;
}

/**
 * Analyses queries in threads of their own: a text may be large, deep or odd enough to keep the parser for long, or to
 * bring it down, and neither may stop a run. Threads are started when there is something to do.
 */
export class Analyst {
  readonly #cache: AnalysisCache | undefined;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: Task[] = [];
  readonly #most: number;
  readonly #timeLimit: number;

  constructor(cache?: AnalysisCache, timeLimit = TIME_LIMIT) {
    this.#cache = cache;
    this.#timeLimit = timeLimit;
    this.#most = Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1));
  }

  /** Analyses a query. Never fails: what cannot be understood is said in the analysis. */
  async analyse(request: AnalysisRequest): Promise<QueryAnalysis> {
    const key = hash('sha256', JSON.stringify([xformVersion(), request]));
    const known = this.#cache?.get(key);
    if (known) return known;
    const { analysis, isFinal } = await new Promise<Answer>((settle) => {
      this.#waiting.push({ request, settle });
      this.#next();
    });
    if (isFinal) this.#cache?.set(key, analysis);
    return analysis;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  #next(): void {
    if (!this.#waiting.length) return;
    const worker = this.#idle.pop() ?? (this.#all.size < this.#most ? this.#start() : undefined);
    if (!worker) return;
    this.#give(worker, this.#waiting.shift()!);
  }

  #start(): Worker {
    const worker = new Worker(workerFile(), { resourceLimits: { stackSizeMb: STACK } });
    // A command that has said all it has to say ends, whatever the threads do.
    worker.unref();
    this.#all.add(worker);
    return worker;
  }

  #give(worker: Worker, { request, settle }: Task): void {
    const done = (analysis: QueryAnalysis, isFit: boolean): void => {
      clearInterval(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (isFit) this.#idle.push(worker);
      else {
        this.#all.delete(worker);
        void worker.terminate();
      }
      settle({ analysis, isFinal: isFit });
      this.#next();
    };
    const started = performance.now();
    const used = process.cpuUsage();
    const timer = setInterval(
      () => {
        const { user, system } = process.cpuUsage(used);
        const worked = (user + system) / 1000 / Math.max(1, this.#all.size);
        const waited = performance.now() - started;
        if (worked > this.#timeLimit || waited > this.#timeLimit * PATIENCE)
          done(unknown(`it took longer than ${this.#timeLimit / 1000} seconds`), false);
      },
      Math.min(LOOK, this.#timeLimit),
    );
    const onMessage = (analysis: QueryAnalysis): void => done(analysis, true);
    const onError = (error: Error): void => done(unknown(`the analysis broke off (${error.message})`), false);
    const onExit = (): void => done(unknown('the analysis broke off'), false);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  }
}

const unknown = (reason: string): QueryAnalysis => ({
  columns: [],
  rest: [reason],
  effects: [],
  tables: [],
  problems: [notUnderstood({ reason })],
});

/** The file of the thread: beside this one, or beside the command line that this is bundled into. */
function workerFile(): string {
  const places = ['./sql-worker.js', '../sql-worker.js', '../../dist/cli/sql-worker.js'];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return files.find((file) => existsSync(file)) ?? files[0]!;
}
