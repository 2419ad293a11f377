import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FreshnessReport,
  type Manifest,
  type RunResults,
  readFreshness,
  readManifest,
  readRunResults,
} from '../artifacts/index.ts';

/**
 * A folder with the artifacts of an earlier run, dbt's or ours. Each is read when it is first asked for, and once; to
 * read one that is not there, or is no such artifact, throws DiagnosticError.
 */
export class StateFolder {
  readonly path: string;
  #manifest: Manifest | undefined;
  #results: RunResults | undefined;
  #sources: FreshnessReport | undefined;

  constructor(path: string) {
    this.path = path;
  }

  hasManifest(): boolean {
    return existsSync(this.#file('manifest.json'));
  }

  manifest(): Manifest {
    this.#manifest ??= readManifest(this.#file('manifest.json'));
    return this.#manifest;
  }

  results(): RunResults {
    this.#results ??= readRunResults(this.#file('run_results.json'));
    return this.#results;
  }

  sources(): FreshnessReport {
    this.#sources ??= readFreshness(this.#file('sources.json'));
    return this.#sources;
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}
