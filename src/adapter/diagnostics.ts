import { diagnostic } from '../core/index.ts';

/** A warehouse that is known by name and cannot be connected to. */
export const parseOnlyWarehouse = diagnostic<{ type: string; command?: string }>('XF6200', {
  category: 'Runtime',
  message: ({ type, command }) =>
    `xform cannot connect to ${type} yet${command === undefined ? '' : `, which \`xform ${command}\` has to`}`,
  help: ({ type }) => [
    `a project on ${type} can be read and understood: xform parse, ls, check, lineage, impact, docs generate`,
    'to run it elsewhere, name another output of the profile with --target, or use --local for a DuckDB file',
  ],
});

/** The profile does not say where tables go. */
export const missingOption = diagnostic<{ option: string }>('XF6201', {
  category: 'Runtime',
  message: ({ option }) => `Credentials in profile: '${option}' is a required property`,
  help: ({ option }) => [`Add \`${option}:\` to the output in profiles.yml.`],
});
