import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { missingProject } from './diagnostics.ts';

/** The file that makes a folder a project. */
export const projectFileName = 'dbt_project.yml';

/** The root of the project: the folder named, or the nearest one with a dbt_project.yml from `cwd` upwards. */
export function findProject(cwd: string, projectDir?: string | null): string {
  if (projectDir) {
    const root = resolve(cwd, projectDir);
    if (existsSync(join(root, projectFileName))) return root;
    throw new DiagnosticError(missingProject({ path: join(root, projectFileName), searched: false }));
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, projectFileName))) return folder;
    if (dirname(folder) === folder) throw new DiagnosticError(missingProject({ path: cwd, searched: true }));
  }
}
