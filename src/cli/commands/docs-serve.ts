import type { CommandSpec } from '../command-spec.ts';

/** `xform docs serve` */
export const docsServe: CommandSpec = {
  name: 'docs serve',
  summary: 'Serve the page of docs generate on this machine',
  examples: ['xform docs serve', 'xform docs serve --port 8001 --no-browser'],
};
