import type { CommandSpec } from '../command-spec.ts';

/** `xform debug` */
export const debug: CommandSpec = {
  name: 'debug',
  summary: 'Check project, profile and connection',
  examples: ['xform debug', 'xform debug --connection --target prod'],
};
