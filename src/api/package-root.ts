import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder xform is installed in: where its macros and its project template lie, bundled or not. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'macros', 'dbt_project.yml')) && existsSync(join(folder, 'package.json')))
      return folder;
    if (dirname(folder) === folder)
      throw new Error('xform is not installed completely: its folder of macros is missing');
  }
}
