import type { CommandSpec } from '../command-spec.ts';

/** `xform docs generate` */
export const docsGenerate: CommandSpec = {
  name: 'docs generate',
  summary: 'Write catalog.json, manifest.json and a page to browse them',
  about: 'The page, target/index.html, holds all it shows and opens without a server.',
  examples: ['xform docs generate', 'xform docs generate --no-compile', 'xform docs generate -s marts --empty-catalog'],
};
