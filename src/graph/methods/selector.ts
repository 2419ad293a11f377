import type { Method } from './method.ts';

/** `selector:`: what named selectors of selectors.yml select. */
export const selector: Method = ({ text, context }) => {
  const selected = context.selectedBy(text);
  return (node) => selected.has(node.unique_id);
};
