import type { CommandSpec } from '../command-spec.ts';

/** `xform clone` */
export const clone: CommandSpec = {
  name: 'clone',
  summary: 'Put the relations of another environment under the names of this target',
  about: 'Tables are cloned where the warehouse can do that without copying; elsewhere views point to them.',
  examples: ['xform clone --state prod-artifacts/', 'xform clone -s +orders --state prod-artifacts/ --full-refresh'],
};
