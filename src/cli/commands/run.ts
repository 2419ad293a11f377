import type { CommandSpec } from '../command-spec.ts';

/** `xform run` */
export const run: CommandSpec = {
  name: 'run',
  summary: 'Build models',
  examples: ['xform run', 'xform run -s staging', 'xform run -s orders+ --full-refresh'],
};
