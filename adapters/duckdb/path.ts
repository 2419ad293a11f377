import { isAbsolute, resolve } from 'node:path';

/** True for what is no file on this machine: `md:…`, `s3://…`, `ducklake:…`. One letter before the colon is a Windows drive. */
export const hasScheme = (path: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(path);

/** True for a database that lives in memory only. */
export const inMemory = (path: string): boolean => path.startsWith(':memory:') || path === '';

/** True for a MotherDuck database. */
export const isMotherDuck = (path: string): boolean => /^(md|motherduck):/i.test(path);

/** A path of the profile as the driver is to open it: files start from `base`. */
export function absolutePath(path: string, base: string): string {
  return hasScheme(path) || inMemory(path) || isAbsolute(path) ? path : resolve(base, path);
}

/** The name DuckDB gives the catalog of a database at this path. Empty where the path has no name in it. */
export function catalogName(path: string): string {
  if (inMemory(path)) return 'memory';
  const [, scheme = '', rest = path] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(path) ?? [];
  const file =
    rest
      .replace(/[?#].*$/s, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  if (isMotherDuck(path)) return file.replace(/\.[^.]*$/, '') || 'my_db';
  if (scheme.toLowerCase() === 'ducklake') return file.replace(/\.[^.]*$/, '').replace(/^[a-z]+:/i, '');
  return file.replace(/^\.+/, '').split('.')[0] ?? '';
}
