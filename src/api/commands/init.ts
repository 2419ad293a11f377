import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DiagnosticError, emit, type Io } from '../../core/index.ts';
import { note } from '../../run/index.ts';
import { badProjectName, projectExists } from '../diagnostics.ts';
import { packageRoot } from '../package-root.ts';
import type { Opening } from '../workspace.ts';

/** The name that the template's project has, replaced by the user's. */
const TEMPLATE_NAME = 'pedal_shop';

/** `init NAME`: copies the project template into a new folder. Nothing is asked: the embedded DuckDB needs no profile. */
export async function init({ flags, invocation }: Opening, io: Io): Promise<void> {
  const asked =
    flags.projectName ?? (await io.ask?.('Enter a name for your project (letters, digits, underscore): ')) ?? '';
  const name = asked.trim();
  if (!/^[A-Za-z]\w*$/.test(name)) throw new DiagnosticError(badProjectName({ name }));
  const folder = resolve(io.cwd, name);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new DiagnosticError(projectExists({ path: name }));
  const template = join(packageRoot(), 'project-template');
  const generated = new Set(['target', 'logs', 'dbt_packages']);
  try {
    cpSync(template, folder, {
      recursive: true,
      filter: (path) =>
        !generated.has(path.slice(template.length + 1).split(/[\\/]/)[0] ?? '') && !/\.duckdb(\.wal)?$/.test(path),
    });
    for (const file of ['dbt_project.yml', 'README.md']) {
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(TEMPLATE_NAME, name));
    }
    if (existsSync(join(folder, 'gitignore'))) renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  } catch (error) {
    // The folder was empty or not there: half a project would only be in the way of the next try.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  emit(
    invocation,
    note(`Your new project "${name}" was created!\n\nTo build it:\n\n    cd ${name}\n    xform build\n`),
  );
}
