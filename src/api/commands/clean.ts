import { existsSync, realpathSync, rmSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { DiagnosticError, emit } from '../../core/index.ts';
import { checkCleanPath, confirmCleanPath, finishedCleanPaths } from '../../run/index.ts';
import { cleansOutside, cleansSources } from '../diagnostics.ts';
import type { Workspace } from '../workspace.ts';

const contains = (outer: string, inner: string): boolean => {
  const path = relative(outer, inner);
  return path === '' || (!path.startsWith(`..${sep}`) && path !== '..');
};

/**
 * `clean`: deletes the folders of `clean-targets`. Never the project's sources, nor anything outside the project unless
 * that is asked for; with one such folder in the list nothing is deleted.
 */
export function clean(workspace: Workspace): void {
  const { project, invocation, flags } = workspace;
  const root = realpathSync(project.root);
  const sources = [
    project.modelPaths,
    project.seedPaths,
    project.testPaths,
    project.snapshotPaths,
    project.analysisPaths,
    project.macroPaths,
  ]
    .flat()
    .map((path) => resolve(root, path));
  const targets = project.cleanTargets.map((name) => {
    const path = resolve(root, name);
    return { name, path, real: existsSync(path) ? realpathSync(path) : path };
  });
  const named = (wrong: typeof targets): string[] => wrong.map(({ name }) => name);
  const outside = targets.filter(({ real }) => !contains(root, real));
  if (outside.length && flags.cleanProjectFilesOnly)
    throw new DiagnosticError(cleansOutside({ folders: named(outside) }));
  const held = targets.filter(
    ({ real }) => contains(real, root) || sources.some((source) => contains(real, source) || contains(source, real)),
  );
  if (held.length) {
    // What holds the project lies outside of it, and is told as that.
    const isAround = held.every(({ real }) => real !== root && contains(real, root));
    throw new DiagnosticError((isAround ? cleansOutside : cleansSources)({ folders: named(held) }));
  }
  for (const { name, path } of targets) {
    emit(invocation, checkCleanPath(name));
    if (existsSync(path)) rmSync(path, { recursive: true, force: true });
    emit(invocation, confirmCleanPath(name));
  }
  emit(invocation, finishedCleanPaths());
}
