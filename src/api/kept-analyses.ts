import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeArtifact } from '../artifacts/index.ts';
import { xformVersion } from '../core/index.ts';
import type { AnalysisCache, QueryAnalysis } from '../sql/index.ts';

/** Analyses kept in the target folder; those that nobody asked for are left out when it is written again. */
export class KeptAnalyses implements AnalysisCache {
  readonly #path: string;
  readonly #kept: Readonly<Record<string, QueryAnalysis>>;
  readonly #used = new Map<string, QueryAnalysis>();
  #isNew = false;

  constructor(path: string) {
    this.#path = path;
    this.#kept = read(path);
  }

  get(key: string): QueryAnalysis | undefined {
    const found = this.#used.get(key) ?? (Object.hasOwn(this.#kept, key) ? this.#kept[key] : undefined);
    if (found) this.#used.set(key, found);
    return found;
  }

  set(key: string, analysis: QueryAnalysis): void {
    this.#used.set(key, analysis);
    this.#isNew = true;
  }

  save(): void {
    if (!this.#isNew) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      // What was kept for other nodes than these is kept on, unless it has been replaced many times over.
      const old = Object.entries(this.#kept).slice(-MOST_KEPT);
      writeArtifact(this.#path, { version: xformVersion(), analyses: Object.fromEntries([...old, ...this.#used]) });
    } catch {
      // What cannot be kept is analysed again.
    }
  }
}

/** Analyses of earlier runs that are kept beside those of this one. */
const MOST_KEPT = 20_000;

function read(path: string): Readonly<Record<string, QueryAnalysis>> {
  try {
    const { version, analyses } = JSON.parse(readFileSync(path, 'utf8')) as {
      version?: string;
      analyses?: Record<string, QueryAnalysis>;
    };
    return version === xformVersion() && analyses ? analyses : {};
  } catch {
    return {};
  }
}
