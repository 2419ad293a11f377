import type { CommandSpec } from '../command-spec.ts';

/** `xform build` */
export const build: CommandSpec = {
  name: 'build',
  summary: 'Seeds, models, snapshots and their tests, in the order of the graph',
  about: 'A failing test stops what depends on the tested node.',
  examples: ['xform build', 'xform build -s +orders', 'xform build -s state:modified+ --state prod/ --defer'],
};
