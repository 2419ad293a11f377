import { loadedAt, type Manifest } from '../artifacts/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { PreviousState } from '../graph/index.ts';
import { Comparison, type ComparisonOptions } from './comparison.ts';
import type { StateFolder } from './state-folder.ts';

/** What selecting may ask of an earlier state. Nothing is read before it is asked for. */
export class EarlierState implements PreviousState {
  readonly #state: StateFolder;
  readonly #now: Manifest;
  readonly #target: StateFolder;
  readonly #options: ComparisonOptions;
  #comparison: Comparison | undefined;
  #results: ReadonlyMap<string, string> | undefined;

  /** @param target the folder of this project's own artifacts, for the sources as they are now */
  constructor(state: StateFolder, now: Manifest, target: StateFolder, options: ComparisonOptions) {
    this.#state = state;
    this.#now = now;
    this.#target = target;
    this.#options = options;
  }

  get manifest(): Comparison {
    this.#comparison ??= new Comparison(this.#now, this.#state.manifest(), this.#options);
    return this.#comparison;
  }

  get results(): ReadonlyMap<string, string> {
    this.#results ??= new Map(this.#state.results().results.map((result) => [result.unique_id, result.status]));
    return this.#results;
  }

  get sources(): NonNullable<PreviousState['sources']> {
    return { previous: loadedAt(this.#state.sources()), current: loadedAt(this.#target.sources()) };
  }

  /** What comparing brought to light so far. */
  problems(): readonly Diagnostic[] {
    return this.#comparison?.problems() ?? [];
  }
}
