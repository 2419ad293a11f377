import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { emit } from '../../core/index.ts';
import { checkCleanPath, confirmCleanPath, finishedCleanPaths, protectedCleanPath } from '../../run/index.ts';
import type { Workspace } from '../workspace.ts';

const contains = (outer: string, inner: string): boolean => {
  const path = relative(outer, inner);
  return path === '' || (!path.startsWith(`..${sep}`) && path !== '..');
};

/** `clean`: deletes the folders of `clean-targets`. Never the project's sources, nor anything outside the project. */
export function clean(workspace: Workspace): boolean {
  const { project, invocation } = workspace;
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
  let success = true;
  for (const target of project.cleanTargets) {
    const path = resolve(root, target);
    emit(invocation, checkCleanPath(target));
    const real = existsSync(path) ? realpathSync(path) : path;
    const isOutside = !contains(root, real) || real === root;
    if (isOutside || sources.some((source) => contains(real, source) || contains(source, real))) {
      emit(invocation, protectedCleanPath(target));
      success = false;
      continue;
    }
    if (existsSync(path)) rmSync(join(path), { recursive: true, force: true });
    emit(invocation, confirmCleanPath(target));
  }
  emit(invocation, finishedCleanPaths());
  return success;
}
