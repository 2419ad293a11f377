import { diagnostic } from '../core/index.ts';
import type { MethodName } from './criterion.ts';

const DOCS =
  'A criterion reads [@][n+]method:value[+n]: stg_orders+, 2+tag:daily, path:models/staging, config.materialized:view.';

/** A method that does not exist. */
export const unknownMethod = diagnostic<{ method: string; raw: string; near?: string; methods: readonly MethodName[] }>(
  'XF4060',
  {
    category: 'Runtime',
    message: ({ method, raw }) => `'${method}' is not a valid method name (in the selector '${raw}')`,
    help: ({ near, method, raw, methods }) => [
      near === undefined ? undefined : `Did you mean '${raw.replace(method, near)}'?`,
      `The methods are: ${methods.join(', ')}.`,
    ],
  },
);

/** `@` and a `+` behind contradict each other. */
export const atWithChildren = diagnostic<{ raw: string }>('XF4061', {
  category: 'Runtime',
  message: ({ raw }) => `Invalid node spec ${raw} - "@" prefix and "+" suffix are incompatible`,
  help: ({ raw }) => [
    `'${raw.replace(/\+\d*$/, '')}' selects the children already, and all they stand on. Take away the '+' or the '@'.`,
  ],
});

/** Text that is no criterion: one that has several lines. */
export const invalidCriterion = diagnostic<{ raw: string }>('XF4062', {
  category: 'Runtime',
  message: ({ raw }) => `Invalid selector spec "${raw}"`,
  help: () => ['A criterion is one line of text: write several as the list of a `union:`.', DOCS],
});

/** A value the method cannot read. */
export const invalidValue = diagnostic<{
  method: MethodName;
  value: string;
  expected: string;
  near?: string;
}>('XF4063', {
  category: 'Runtime',
  message: ({ method, value, expected }) => `Invalid ${method} selector value "${value}": expected ${expected}`,
  help: ({ method, near }) => [near === undefined ? undefined : `Did you mean '${method}:${near}'?`],
});

/** A comparison was asked for and there is nothing to compare with. */
export const nothingToCompare = diagnostic<{ method: MethodName; value: string; wanted: string }>('XF4064', {
  category: 'Runtime',
  message: ({ method, value, wanted }) => `The selector '${method}:${value}' needs ${wanted}, and none was given`,
  help: () => ['Name the folder of an earlier run with --state path/to/artifacts.'],
});

/** A named selector that does not exist. */
export const unknownSelector = diagnostic<{ name: string; near?: string; names: readonly string[] }>('XF4065', {
  category: 'Runtime',
  message: ({ name }) => `Could not find selector named ${name} in selectors.yml`,
  help: ({ near, names }) => [
    near === undefined ? undefined : `Did you mean '${near}'?`,
    names.length === 0
      ? 'The project has no selectors.yml, or it names no selector: write one, or use --select.'
      : `The selectors are: ${names.join(', ')}.`,
  ],
});

/** Selectors that refer to each other in a circle. */
export const circularSelector = diagnostic<{ path: readonly string[] }>('XF4066', {
  category: 'Runtime',
  message: ({ path }) => `The selectors refer to each other in a circle: ${path.join(' -> ')}`,
  help: () => ['Take one of the references out of selectors.yml.'],
});

/** A definition in selectors.yml that cannot be read. */
export const invalidDefinition = diagnostic<{ name: string; problem: string }>('XF4067', {
  category: 'Runtime',
  message: ({ name, problem }) => `Could not read the selector '${name}' in selectors.yml: ${problem}`,
  help: () => [
    'A definition is a string (tag:daily), one key (tag: daily), method and value, or a union or intersection of these.',
  ],
});

/** Two selectors that both want to be the default. */
export const twoDefaults = diagnostic<{ first: string; second: string }>('XF4068', {
  category: 'Runtime',
  message: ({ first, second }) =>
    `Found multiple selectors with \`default: true\` in selectors.yml: ${first} and ${second}`,
  help: () => ['Keep `default: true` on one of them.'],
});

/** A criterion that selected nothing. */
export const unmatchedCriterion = diagnostic<{ criterion: string; near?: string }>('XF4069', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ criterion }) => `The selection criterion '${criterion}' does not match any enabled nodes`,
  help: ({ near }) => [near === undefined ? undefined : `Did you mean '${near}'?`],
});
