import type { CommandSpec } from '../command-spec.ts';

/** `xform deps` */
export const deps: CommandSpec = {
  name: 'deps',
  summary: 'Install the packages that the project depends on',
  about: 'Reads packages.yml or dependencies.yml, settles versions in package-lock.yml and installs exactly these.',
  examples: [
    'xform deps',
    'xform deps --upgrade',
    'xform deps --add-package dbt-labs/dbt_utils@1.3.0',
    'xform deps --add-package ../shared --source local',
  ],
};
