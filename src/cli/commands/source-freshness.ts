import type { CommandSpec } from '../command-spec.ts';

/** `xform source freshness` */
export const sourceFreshness: CommandSpec = {
  name: 'source freshness',
  aliases: ['snapshot-freshness'],
  summary: 'Check how old the newest rows of the sources are',
  about: 'Exit code 1 means that a source is older than its error_after, or could not be asked.',
  examples: [
    'xform source freshness',
    'xform source freshness -s source:shop',
    'xform source freshness -o sources.json',
  ],
};
