import type { CommandSpec } from '../command-spec.ts';

/** `xform check` */
export const check: CommandSpec = {
  name: 'check',
  summary: 'Find mistakes in the SQL of nodes without asking the warehouse',
  about:
    'Unknown columns and tables, ambiguous names, sides of a UNION that do not fit, forgotten GROUP BY … each at its place in your file.',
  examples: ['xform check', 'xform check -s stg_orders+', 'xform check --format github'],
};
