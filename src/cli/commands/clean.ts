import type { CommandSpec } from '../command-spec.ts';

/** `xform clean` */
export const clean: CommandSpec = {
  name: 'clean',
  summary: 'Delete the folders named by clean-targets',
  examples: ['xform clean'],
};
