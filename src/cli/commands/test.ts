import type { CommandSpec } from '../command-spec.ts';

/** `xform test` */
export const test: CommandSpec = {
  name: 'test',
  summary: 'Run data tests and unit tests',
  about: 'Exit code 1 means that a test of severity error failed.',
  examples: ['xform test', 'xform test -s orders --show-failures 5', 'xform test -s test_type:unit'],
};
