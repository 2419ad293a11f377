import type { CommandSpec } from '../command-spec.ts';

/** `xform show` */
export const show: CommandSpec = {
  name: 'show',
  summary: 'Print the first rows of a node or of a query',
  examples: ['xform show -s orders', `xform show --inline "select 1 as id" --limit 10 --output json`],
};
