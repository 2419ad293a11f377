import { diagnostic } from '../core/index.ts';

const reasonsOf = (breaking: readonly string[]): string => breaking.map((line) => `\n  - ${line}`).join('');

/** A model under an enforced contract changed in a way that breaks those who rely on it. A versioned model must not. */
export const brokenContract = diagnostic<{ model: string; breaking: readonly string[] }>('XF5020', {
  category: 'Breaking change to contract',
  message: ({ model, breaking }) =>
    `While comparing to previous project state, a breaking change to the enforced contract of '${model}' was detected.${reasonsOf(breaking)}`,
  help: () => ['make an additive change instead, or leave this version as it was and add a new version of the model'],
});

/** The same for a model without versions, which may do so. */
export const unversionedBreak = diagnostic<{ model: string; path: string; breaking: readonly string[] }>('XF5021', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ model, path, breaking }) =>
    `Breaking change to contracted, unversioned model ${model} (${path})\nWhile comparing to previous project state, dbt detected a breaking change to an unversioned model.${reasonsOf(breaking)}`,
  help: () => ['versions let those who rely on the model move at their own pace: add `versions:` to its properties'],
});

/** What can be said of a seed that is too big for its content to be hashed. */
export type BigSeed = 'grown' | 'same path' | 'moved';

const SAID: Readonly<Record<BigSeed, string>> = {
  grown: 'it was smaller before, so it has changed',
  'same path': 'whether it has changed cannot be told: it counts as unchanged',
  moved: 'it lay elsewhere before, so it counts as changed',
};

/** A seed above the size limit, of which only the path can be compared. */
export const bigSeed = diagnostic<{ seed: string; how: BigSeed }>('XF5022', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ seed, how }) => `Found a seed (${seed}) above the maximum size of seeds: ${SAID[how]}`,
  help: () => ['seeds up to --maximum-seed-size-mib are compared by their content; 0 means all'],
});
