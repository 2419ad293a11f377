import { fnmatch } from '../fnmatch.ts';
import type { Method } from './method.ts';

/** `package:`: the package a node comes from; `this` is the root project. */
export const packageMethod: Method = ({ text, context }) => {
  const fits = fnmatch(text === 'this' && context.projectName !== undefined ? context.projectName : text);
  return (node) => fits(node.package_name);
};
