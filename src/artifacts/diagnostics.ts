import { diagnostic } from '../core/index.ts';

/** An artifact that is not there. */
export const missingArtifact = diagnostic<{ artifact: string; path: string }>('XF5010', {
  category: 'Runtime',
  message: ({ artifact, path }) => `Could not find ${artifact} at "${path}"`,
  help: ({ artifact }) => [
    `Name the folder that holds ${artifact} (--state path/to/target), or make it with a run first.`,
  ],
});

/** An artifact that cannot be read, or is no JSON. */
export const corruptArtifact = diagnostic<{ artifact: string; path: string; problem: string }>('XF5011', {
  category: 'Runtime',
  message: ({ artifact, path, problem }) => `Could not read ${artifact} at "${path}" as JSON: ${problem}`,
  help: () => ['The file is damaged or only half written. Make it anew with a run, or take it from another copy.'],
});

/** An artifact of a version that is not understood. */
export const incompatibleArtifact = diagnostic<{
  artifact: string;
  path: string;
  found: string;
  oldest: number;
  newest: number;
}>('XF5012', {
  category: 'Runtime',
  message: ({ artifact, path, found, oldest, newest }) =>
    `Expected ${artifact} at "${path}" to have a schema version from v${oldest} to v${newest}, but found ${found}`,
  help: () => ['Make it anew with this version, or with a version of dbt between 1.0 and 1.12.'],
});

/** An artifact that cannot be written. */
export const unwritableArtifact = diagnostic<{ path: string; problem: string }>('XF5013', {
  category: 'Runtime',
  message: ({ path, problem }) => `Could not write "${path}": ${problem}`,
  help: () => ['See that the folder may be written to and the disk is not full, or choose another with --target-path.'],
});
