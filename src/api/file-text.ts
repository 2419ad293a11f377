import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { internalPlace } from '../core/index.ts';
import { packageRoot } from './package-root.ts';

/** The path of a file that a message names: one of ours, else relative to the project. */
function pathOf(root: string, file: string): string {
  const ours = internalPlace(file);
  if (ours === undefined) return isAbsolute(file) ? file : join(root, file);
  const folder = ours.package === 'dbt' ? [] : ['adapters', ours.package.replace(/^dbt_/, '')];
  return join(packageRoot(), ...folder, 'macros', ours.path);
}

/** Reads files that messages are about; undefined for what cannot be read. */
export function fileReader(root: string): (file: string) => string | undefined {
  return (file) => {
    try {
      return readFileSync(pathOf(root, file), 'utf8');
    } catch {
      return undefined;
    }
  };
}
