import { existsSync, readFileSync } from 'node:fs';

/** The dbt-core release whose behaviour, artifacts and version checks xform follows. */
export const dbtVersion = '1.12.6';

/** The version of xform, from the package.json of the installed package. */
export function xformVersion(): string {
  // Sources and bundles lie at different depths below the package's root.
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
      if (name === 'xform' && version !== undefined) return version;
    }
    if (folder.pathname === new URL('..', folder).pathname) return '0.0.0';
  }
}
