import type { CommandSpec } from '../command-spec.ts';

/** `xform init` */
export const init: CommandSpec = {
  name: 'init',
  summary: 'Start a new project',
  argument: { name: 'project-name', flag: 'projectName' },
  examples: ['xform init shop', 'xform init shop --skip-profile-setup'],
};
