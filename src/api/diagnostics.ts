import { diagnostic } from '../core/index.ts';

export const unknownAdapter = diagnostic<{ type: string; known: readonly string[]; near?: string }>('XF1201', {
  category: 'Runtime',
  message: ({ type }) => `Could not find adapter type ${type}!`,
  help: ({ known, near }) => [
    near === undefined ? undefined : `did you mean '${near}'?`,
    `xform has: ${known.join(', ')}`,
    'or run with --local to use an embedded DuckDB file in the project',
  ],
});

export const projectExists = diagnostic<{ path: string }>('XF1202', {
  category: 'Runtime',
  message: ({ path }) => `${path} is there already and is not empty`,
  help: () => ['choose another name, or another folder'],
});

export const badProjectName = diagnostic<{ name: string }>('XF1203', {
  category: 'Runtime',
  message: ({ name }) =>
    `'${name}' is no name for a project: use letters, digits and underscores, and begin with a letter`,
});

export const noMatch = diagnostic<{ what: string }>('XF1204', {
  category: 'Runtime',
  message: ({ what }) => `${what} selects no node that can be shown`,
});
