import type { SelectableNode } from '../selectable.ts';
import { isParsed, type Method } from './method.ts';

/** `config.<key>.<key>:`: a value in the config, or a member of a list there. */
export const config: Method = ({ text, value, arguments: keys }) => {
  const lower = text.toLowerCase();
  // How severe a test is may be written in any case.
  const anyCase = keys.length === 1 && keys[0] === 'severity';
  const equal = (kept: unknown): boolean => {
    // A float may be kept as an object that stands for it.
    const found: unknown = typeof kept === 'object' && kept !== null ? kept.valueOf() : kept;
    if (found === value || (typeof value !== 'object' && found === text)) return true;
    if (anyCase && typeof found === 'string') return found.toLowerCase() === lower;
    return (found === true && lower === 'true') || (found === false && lower === 'false');
  };
  return (node) => {
    if (!isParsed(node) && node.resource_type !== 'source') return false;
    const found = descend(node, keys);
    return Array.isArray(found) ? found.some(equal) : found !== undefined && equal(found);
  };
};

function descend(node: SelectableNode, keys: readonly string[]): unknown {
  let found: unknown = node.config;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, key))
      return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
