import type { CommandSpec } from '../command-spec.ts';

/** `xform retry` */
export const retry: CommandSpec = {
  name: 'retry',
  summary: 'Run again what failed or was skipped the last time',
  about: 'The command and its options are taken from run_results.json; options given now are stronger.',
  examples: ['xform retry', 'xform retry --state prod-artifacts/'],
};
