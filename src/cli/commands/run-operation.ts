import type { CommandSpec } from '../command-spec.ts';

/** `xform run-operation` */
export const runOperation: CommandSpec = {
  name: 'run-operation',
  summary: 'Call a macro',
  argument: { name: 'macro', flag: 'macro' },
  examples: [`xform run-operation grant_select --args '{role: reader}'`, `xform run-operation --sql "vacuum"`],
};
