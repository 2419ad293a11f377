import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResults, readRunResults, writeWhole } from '../artifacts/index.ts';
import { DiagnosticError } from '../core/index.ts';

/** Commands that build something. Others leave results too, of which there is nothing to see. */
const RUNS: readonly unknown[] = ['build', 'run', 'test', 'seed', 'snapshot', 'retry', 'clone'];

/**
 * The results of the last run. Compiling writes run_results.json over, as dbt does, so a copy is kept beside it for the
 * next time that somebody looks.
 */
export function lastRun(targetFolder: string): RunResults | undefined {
  const path = join(targetFolder, 'run_results.json');
  const kept = join(targetFolder, 'last_run_results.json');
  const latest = readIfThere(path, readRunResults);
  if (!latest || !RUNS.includes(latest.args.which)) return readIfThere(kept, readRunResults);
  writeWhole(kept, [readFileSync(path).toString()]);
  return latest;
}

/** An artifact, or nothing where there is none that can be read. */
export function readIfThere<Artifact>(path: string, read: (path: string) => Artifact): Artifact | undefined {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
