/** The commands xform knows, under dbt's names. `dbt ls` is `list`. */
export const commandNames = [
  'build',
  'check',
  'clean',
  'clone',
  'compile',
  'debug',
  'deps',
  'docs generate',
  'docs serve',
  'impact',
  'init',
  'lineage',
  'list',
  'parse',
  'retry',
  'run',
  'run-operation',
  'seed',
  'show',
  'snapshot',
  'source freshness',
  'sources pull',
  'test',
] as const;

/** The name of a command. */
export type CommandName = (typeof commandNames)[number];
