import { execFileSync } from 'node:child_process';

/** A dbt of this machine. */
export interface RealDbt {
  readonly command: string;
  readonly version: string;
  /** Types of warehouse it has an adapter for. */
  readonly adapters: readonly string[];
}

/** The dbt that `XFORM_TEST_DBT` names, or the one on the PATH; or why there is none. */
export function realDbt(): RealDbt | { readonly reason: string } {
  const command = process.env.XFORM_TEST_DBT ?? 'dbt';
  try {
    const text = execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const version = /installed:\s*(\S+)/.exec(text)?.[1];
    if (version === undefined) return { reason: 'dbt is there in an unknown version' };
    return { command, version, adapters: [...text.matchAll(/^ +- (\w+):\s+\d/gm)].map(([, type]) => type!) };
  } catch {
    return { reason: 'no dbt on the PATH (XFORM_TEST_DBT names one)' };
  }
}
