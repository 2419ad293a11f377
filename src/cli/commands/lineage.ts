import type { CommandSpec } from '../command-spec.ts';

/** `xform lineage` */
export const lineage: CommandSpec = {
  name: 'lineage',
  summary: 'Say where the columns of a model come from, and what comes of them',
  about: 'MODEL is the name of a model, seed, snapshot or source table, with or without a column.',
  argument: { name: 'model[.column]', flag: 'subject' },
  examples: [
    'xform lineage orders',
    'xform lineage orders.amount --up',
    'xform lineage raw.customers.id --down --depth 2',
    'xform lineage orders.amount --format mermaid',
  ],
};
