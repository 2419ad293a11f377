import { readFileSync } from 'node:fs';
import { DiagnosticError } from '../core/index.ts';
import type { Catalog } from './catalog.ts';
import { corruptArtifact, incompatibleArtifact, missingArtifact } from './diagnostics.ts';
import type { FreshnessReport } from './freshness.ts';
import type { Manifest } from './manifest.ts';
import { type ArtifactName, schemaVersions } from './metadata.ts';
import type { RunResults } from './run-results.ts';
import { type Raw, upgradeManifest, upgradeRunResults } from './upgrade.ts';

/** The file of each artifact and the oldest version of its schema that is understood. */
const FILES: Readonly<Record<ArtifactName, { readonly file: string; readonly oldest: number }>> = {
  manifest: { file: 'manifest.json', oldest: 4 },
  'run-results': { file: 'run_results.json', oldest: 4 },
  catalog: { file: 'catalog.json', oldest: 1 },
  sources: { file: 'sources.json', oldest: 2 },
};

/** Reads a manifest, dbt's own too; older versions are brought up to date. */
export function readManifest(path: string): Manifest {
  const { data, version } = readRaw('manifest', path);
  return upgradeManifest(data, version) as unknown as Manifest;
}

/** Reads the results of a run, dbt's own too; older versions are brought up to date. */
export function readRunResults(path: string): RunResults {
  return upgradeRunResults(readRaw('run-results', path).data) as unknown as RunResults;
}

/** Reads what the warehouse has. */
export function readCatalog(path: string): Catalog {
  return readRaw('catalog', path).data as unknown as Catalog;
}

/** Reads the results of a freshness check. */
export function readFreshness(path: string): FreshnessReport {
  return readRaw('sources', path).data as unknown as FreshnessReport;
}

function readRaw(name: ArtifactName, path: string): { readonly data: Raw; readonly version: number } {
  const { file: artifact, oldest } = FILES[name];
  const newest = schemaVersions[name];
  const data = parse(artifact, path);
  const found = schemaOf(data);
  const version = Number(new RegExp(`/${name}/v(\\d+)\\.json$`).exec(found)?.[1] ?? Number.NaN);
  if (!(version >= oldest && version <= newest)) {
    throw new DiagnosticError(incompatibleArtifact({ artifact, path, found: found || 'none', oldest, newest }));
  }
  return { data, version };
}

function parse(artifact: string, path: string): Raw {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new DiagnosticError(missingArtifact({ artifact, path }));
    }
    throw new DiagnosticError(corruptArtifact({ artifact, path, problem: String((error as Error).message) }));
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Raw;
  } catch (error) {
    throw new DiagnosticError(corruptArtifact({ artifact, path, problem: (error as Error).message }));
  }
  throw new DiagnosticError(corruptArtifact({ artifact, path, problem: 'it is no JSON object' }));
}

function schemaOf(data: Raw): string {
  const { metadata } = data;
  if (typeof metadata !== 'object' || metadata === null || !('dbt_schema_version' in metadata)) return '';
  return String(metadata.dbt_schema_version);
}
