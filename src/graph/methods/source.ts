import { invalidValue } from '../diagnostics.ts';
import { fnmatch } from '../fnmatch.ts';
import { refuse } from '../refuse.ts';
import type { Method } from './method.ts';

/** `source:`: `source`, `source.table` or `package.source.table`. */
export const source: Method = ({ text }) => {
  const parts = text.split('.');
  if (parts.length > 3) {
    refuse(invalidValue({ method: 'source', value: text, expected: 'source, source.table or package.source.table' }));
  }
  const [packageName, sourceName, table] = (
    parts.length === 1 ? ['*', parts[0]!, '*'] : parts.length === 2 ? ['*', ...parts] : parts
  ).map(fnmatch) as [ReturnType<typeof fnmatch>, ReturnType<typeof fnmatch>, ReturnType<typeof fnmatch>];
  return (node) =>
    node.resource_type === 'source' &&
    packageName(node.package_name) &&
    sourceName(node.source_name ?? '') &&
    table(node.name);
};
