import type { CommandSpec } from '../command-spec.ts';

/** `xform sources pull` */
export const sourcesPull: CommandSpec = {
  name: 'sources pull',
  summary: 'Keep the columns of the sources, for checks without a warehouse',
  about: 'They are written to .xform/source_columns.json. Commit it, and every check knows them.',
  examples: ['xform sources pull', 'xform sources pull -s source:shop'],
};
