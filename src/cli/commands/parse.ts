import type { CommandSpec } from '../command-spec.ts';

/** `xform parse` */
export const parse: CommandSpec = {
  name: 'parse',
  summary: 'Read the project and write target/manifest.json, without a connection',
  examples: ['xform parse', 'xform parse --no-partial-parse'],
};
