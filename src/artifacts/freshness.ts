import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata } from './metadata.ts';
import type { FreshnessThreshold } from './parts.ts';
import type { TimingInfo } from './run-results.ts';

/** How fresh a source was found to be. */
export interface FreshnessResult {
  readonly unique_id: string;
  readonly max_loaded_at: string;
  readonly snapshotted_at: string;
  readonly max_loaded_at_time_ago_in_s: number;
  readonly status: 'pass' | 'warn' | 'error';
  readonly criteria: FreshnessThreshold;
  readonly adapter_response: Readonly<Record<string, unknown>>;
  readonly timing: readonly TimingInfo[];
  readonly thread_id: string;
  readonly execution_time: number;
}

/** A source whose freshness could not be found out. */
export interface FreshnessError {
  readonly unique_id: string;
  readonly error: string | number | null;
  readonly status: 'runtime error';
}

/** dbt's sources.json, version 3. */
export interface FreshnessReport {
  readonly metadata: ArtifactMetadata;
  readonly results: readonly (FreshnessResult | FreshnessError)[];
  readonly elapsed_time: number;
}

/** The artifact of a freshness check. */
export function freshnessReport(
  origin: ArtifactOrigin,
  generatedAt: Date,
  check: Omit<FreshnessReport, 'metadata'>,
): FreshnessReport {
  return {
    metadata: artifactMetadata('sources', origin, generatedAt),
    results: check.results,
    elapsed_time: check.elapsed_time,
  };
}

/** When each source was last loaded, by unique id; null where asking failed. */
export function loadedAt(report: FreshnessReport): ReadonlyMap<string, string | null> {
  return new Map(
    report.results.map((result) => [result.unique_id, 'max_loaded_at' in result ? result.max_loaded_at : null]),
  );
}
