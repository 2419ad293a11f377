import type { CommandSpec } from '../command-spec.ts';

/** `xform snapshot` */
export const snapshot: CommandSpec = {
  name: 'snapshot',
  summary: 'Record how rows changed since the last time',
  examples: ['xform snapshot', 'xform snapshot -s orders_history'],
};
