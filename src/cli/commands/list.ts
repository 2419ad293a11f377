import type { CommandSpec } from '../command-spec.ts';

/** `xform list`, `xform ls` */
export const list: CommandSpec = {
  name: 'list',
  aliases: ['ls'],
  summary: 'List the nodes of the project',
  examples: [
    'xform ls',
    'xform ls -s orders+ --resource-type model',
    'xform ls --output json --output-keys name config',
  ],
};
