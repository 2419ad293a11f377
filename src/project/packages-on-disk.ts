import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { PyDict } from '../jinja/index.ts';
import { invalidPackagesFile, missingPackages } from './diagnostics.ts';
import { projectFileName } from './find-project.ts';
import { kindOf } from './kind-of.ts';
import { type RenderText, renderTree } from './render.ts';
import { locate } from './yaml/index.ts';
import { readOptionalMapping } from './yaml-file.ts';

/** What a project declares to depend on. */
export interface DeclaredPackages {
  /** `packages.yml`, or `dependencies.yml` where that has them. */
  readonly file: string;
  /** One mapping per package, rendered where the file is packages.yml. */
  readonly packages: readonly PyDict[];
  /** The same as written. */
  readonly unrendered: readonly PyDict[];
}

/** Reads packages.yml and dependencies.yml of a project. `render` may read secrets. Throws a DiagnosticError. */
export function readDeclaredPackages(root: string, render: RenderText): DeclaredPackages {
  const own = readOptionalMapping(root, 'packages.yml');
  const shared = readOptionalMapping(root, 'dependencies.yml');
  const fail = (file: string, text: string, path: (string | number)[], reason: string): never => {
    throw new DiagnosticError(invalidPackagesFile({ file, reason }, { at: locate(text, file, path) }));
  };
  if (own.value.has('packages') && shared.value.has('packages')) {
    fail(
      'packages.yml',
      own.text,
      ['packages'],
      'packages: is in dependencies.yml too, and may be in one of the two only',
    );
  }
  if (own.value.has('projects')) {
    fail('packages.yml', own.text, ['projects'], 'projects: belongs into dependencies.yml');
  }
  const file = shared.value.has('packages') ? 'dependencies.yml' : 'packages.yml';
  const { text, value } = file === 'packages.yml' ? own : shared;
  const written = value.get('packages') ?? [];
  const rendered =
    file === 'packages.yml' ? renderTree(written, render, { file, text, path: ['packages'] }) : undefined;
  if (rendered && rendered.problems.length > 0) throw new DiagnosticError(...rendered.problems);
  const list = (items: unknown): readonly PyDict[] => {
    if (!Array.isArray(items))
      return fail(file, text, ['packages'], `packages: must be a list, but is ${kindOf(written)}`);
    return items.map((item, index) =>
      item instanceof PyDict
        ? item
        : fail(file, text, ['packages', index], `an entry of packages: must be a mapping, but is ${kindOf(item)}`),
    );
  };
  return { file, packages: list(rendered?.value ?? written), unrendered: list(written) };
}

/**
 * The folders of the packages installed in a project, sorted. Reports packages that are declared but not installed.
 * A link to a folder, as a local package is installed, counts as one.
 */
export function findInstalledPackages(
  root: string,
  installPath: string,
  declared: DeclaredPackages,
): readonly string[] {
  const folder = join(root, installPath);
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter(
          (name) => !name.startsWith('__') && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory(),
        )
        .sort()
    : [];
  const locked = readOptionalMapping(root, 'package-lock.yml').value.get('packages');
  const lockedNames = Array.isArray(locked)
    ? locked.flatMap((entry) => {
        const name = entry instanceof PyDict ? entry.get('name') : undefined;
        return typeof name === 'string' ? [name] : [];
      })
    : [];
  const wanted = Array.isArray(locked) && locked.length > 0 ? locked.length : declared.packages.length;
  if (wanted !== names.length) {
    const missing = lockedNames.filter((name) => !names.includes(name));
    throw new DiagnosticError(
      missingPackages({ declared: wanted, installed: names.length, file: declared.file, folder: installPath, missing }),
    );
  }
  return names.map((name) => join(folder, name)).filter((path) => existsSync(join(path, projectFileName)));
}
