import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError, type Span } from '../core/index.ts';
import { projectFileName, readProjectFile } from '../project/index.ts';
import { noProjectInPackage, unsafeName } from './diagnostics.ts';

/** The name of the project in a folder, as written in its dbt_project.yml. Throws a DiagnosticError. */
export function projectNameIn(folder: string, shown: string, root: string): string {
  if (!existsSync(join(folder, projectFileName))) {
    throw new DiagnosticError(noProjectInPackage({ name: shown, reason: 'it has no dbt_project.yml' }));
  }
  const name = readProjectFile(folder, root).data.get('name');
  if (typeof name === 'string' && name !== '') return name;
  throw new DiagnosticError(noProjectInPackage({ name: shown, reason: 'its dbt_project.yml has no name' }));
}

/** The name of a project, which becomes a folder and must not lead anywhere else. Throws a DiagnosticError. */
export function safeFolderName(name: string, what: string, at?: () => Span | undefined): string {
  if (/^\w[\w.-]*$/.test(name)) return name;
  throw new DiagnosticError(unsafeName({ name, what }, { at: at?.() }));
}
