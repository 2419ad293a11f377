import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { missingProfilesDir } from './diagnostics.ts';

/** Where a user may say that profiles are. */
export interface ProfilesSearch {
  readonly cwd: string;
  /** `--profiles-dir` or its environment variable, whichever the flags settled on. */
  readonly profilesDir?: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const variables = ['DBT_ENGINE_PROFILES_DIR', 'DBT_PROFILES_DIR', 'XFORM_PROFILES_DIR'];

/** The folder whose profiles.yml counts: the one named, else the current one if it has the file, else ~/.dbt. */
export function findProfilesDir({ cwd, profilesDir, env }: ProfilesSearch): string {
  const named = profilesDir || variables.map((name) => env[name]).find((value) => value);
  if (named) {
    const folder = resolve(cwd, named);
    if (!existsSync(folder)) throw new DiagnosticError(missingProfilesDir({ path: named }));
    return folder;
  }
  return existsSync(join(cwd, 'profiles.yml')) ? cwd : join(env.HOME || homedir(), '.dbt');
}
