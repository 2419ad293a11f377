import type { CommandSpec } from '../command-spec.ts';

/** `xform seed` */
export const seed: CommandSpec = {
  name: 'seed',
  summary: 'Load CSV files into the warehouse',
  examples: ['xform seed', 'xform seed -s country_codes --full-refresh'],
};
