import { fnmatch } from '../fnmatch.ts';
import type { SelectableNode } from '../selectable.ts';
import type { Method } from './method.ts';

/** `tag:`: any tag of the node. */
export const tag: Method = ({ text }) => {
  const fits = fnmatch(text);
  return (node) => tagsOf(node).some(fits);
};

/** Unit tests keep their tags in their config only. */
function tagsOf(node: SelectableNode): readonly string[] {
  const tags = node.resource_type === 'unit_test' ? node.config.tags : node.tags;
  if (typeof tags === 'string') return [tags];
  return Array.isArray(tags) ? tags : [];
}
