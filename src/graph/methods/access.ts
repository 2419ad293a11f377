import type { Method } from './method.ts';

/** `access:`: models by who may refer to them. */
export const access: Method =
  ({ text }) =>
  (node) =>
    node.resource_type === 'model' && node.access === text;
