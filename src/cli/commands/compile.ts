import type { CommandSpec } from '../command-spec.ts';

/** `xform compile` */
export const compile: CommandSpec = {
  name: 'compile',
  summary: 'Write the SQL of nodes to target/compiled, run nothing',
  about: 'The SQL of selected nodes, or of --inline, is printed too.',
  examples: ['xform compile', 'xform compile -s orders', `xform compile --inline "select * from {{ ref('orders') }}"`],
};
