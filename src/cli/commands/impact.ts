import type { CommandSpec } from '../command-spec.ts';

/** `xform impact` */
export const impact: CommandSpec = {
  name: 'impact',
  summary: 'Say what the changes to a project touch: columns, tests, exposures, owners',
  about:
    'Changes are told against a revision of git (--base) or against the artifacts of an earlier run (--state). Nothing is asked of the warehouse.',
  examples: [
    'xform impact --base main',
    'xform impact --state prod-artifacts',
    'xform impact --base main --format markdown',
  ],
};
