import { join, relative } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import { duplicatePackage } from './diagnostics.ts';
import { findInstalledPackages, readDeclaredPackages } from './packages-on-disk.ts';
import type { Project } from './project.ts';
import { loadProject, readProjectFile } from './project-file.ts';
import type { RenderText } from './render.ts';
import { checkRequiredVersion } from './require-version.ts';

/** How the packages of a project are loaded. */
export interface PackageLoading {
  /** Renders dbt_project.yml of packages. */
  readonly render: RenderText;
  /** Renders packages.yml, where secrets may be read. */
  readonly renderPackages: RenderText;
  /** False with `--no-version-check`. */
  readonly versionCheck?: boolean;
}

/** The root project and its installed packages, the root project first. Throws a DiagnosticError. */
export function loadPackages(
  project: Project,
  { render, renderPackages, versionCheck = true }: PackageLoading,
): { readonly projects: readonly Project[]; readonly warnings: readonly Diagnostic[] } {
  const declared = readDeclaredPackages(project.root, renderPackages);
  const wrong = versionCheck ? checkRequiredVersion(project, 'dbt_project.yml') : undefined;
  if (wrong) throw new DiagnosticError(wrong);
  const projects = [project];
  const warnings: Diagnostic[] = [];
  const byName = new Map([[project.name, project]]);
  for (const folder of findInstalledPackages(project.root, project.packagesInstallPath, declared)) {
    const source = readProjectFile(folder, project.root);
    const loaded = loadProject(source, render);
    const mismatch = versionCheck ? checkRequiredVersion(loaded.project, source.file) : undefined;
    if (mismatch) throw new DiagnosticError(mismatch);
    const twin = byName.get(loaded.project.name);
    if (twin !== undefined) {
      const shown = (root: string) => relative(project.root, join(root, 'dbt_project.yml'));
      const { name } = loaded.project;
      throw new DiagnosticError(duplicatePackage({ name, first: shown(twin.root), second: shown(folder) }));
    }
    byName.set(loaded.project.name, loaded.project);
    projects.push(loaded.project);
    warnings.push(...loaded.warnings);
  }
  return { projects, warnings };
}
