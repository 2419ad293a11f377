import { diagnostic } from './diagnostic.ts';

/** Text that a flag cannot be read from. `option` is what the user wrote: an option, a variable or a project key. */
export const invalidFlagValue = diagnostic<{ option: string; reason: string }>('XF1901', {
  category: 'Usage',
  message: ({ option, reason }) => `Invalid value for '${option}': ${reason}`,
});

/** Two flags that exclude each other. */
export const exclusiveFlags = diagnostic<{ flag: string; other: string }>('XF1902', {
  category: 'Usage',
  message: ({ flag, other }) => `${flag}: not allowed with argument ${other}`,
  help: ({ flag, other }) => [`leave out ${flag} or ${other}`],
});

/** One end of the event-time window without the other, or the ends in the wrong order. */
export const eventTimeWindow = diagnostic<{ missing: string | null; given: string | null }>('XF1903', {
  category: 'Usage',
  message: ({ missing, given }) =>
    missing === null
      ? 'Value for `--event-time-start` must be less than `--event-time-end`'
      : `The flag \`${given}\` was specified, but \`${missing}\` was not`,
  help: ({ missing }) => [missing === null ? 'swap the two values' : `add ${missing}`],
});

/** A key of `flags:` that is close to a flag but is none. */
export const unknownProjectFlag = diagnostic<{ key: string; meant: string }>('XF1904', {
  category: 'Project',
  severity: 'warning',
  message: ({ key }) => `'${key}' under flags: in dbt_project.yml is not a flag`,
  help: ({ meant }) => [`did you mean '${meant}'?`],
});

/** An environment variable that dbt has renamed. */
export const renamedVariable = diagnostic<{ old: string; new: string }>('XF1905', {
  category: 'Usage',
  severity: 'warning',
  message: (data) => `The environment variable ${data.old} was renamed to ${data.new}`,
  help: (data) => [`set ${data.new} instead`],
});

/** A variable in the namespace reserved for the engine that nothing reads. */
export const unknownEngineVariable = diagnostic<{ variable: string; meant?: string }>('XF1906', {
  category: 'Usage',
  severity: 'warning',
  message: ({ variable }) =>
    `The environment variable ${variable} sets nothing, and the prefix DBT_ENGINE_ is reserved for options`,
  help: ({ meant }) => [
    meant === undefined ? 'use another prefix for variables of your own' : `did you mean ${meant}?`,
  ],
});

/** What an error of the operating system asks for. */
const remedies: readonly (readonly [codes: RegExp, remedy: string])[] = [
  [/^E(ACCES|PERM|ROFS)$/, 'See that you may read and write there, or work on a copy that is yours.'],
  [/^E(NOSPC|DQUOT|FBIG)$/, 'Make room on the disk (`xform clean` deletes what can be made anew), then try again.'],
  [/^E[MN]FILE$/, 'Too many files are open: raise the limit (`ulimit -n 4096`), then try again.'],
  [
    /^E(LOOP|NOTDIR|ISDIR|EXIST|NAMETOOLONG)$/,
    'Something else is in its place, or leads back to itself: look at the path.',
  ],
  [/^E(NOENT|BUSY|NOTEMPTY)$/, 'Another program may be at work in the folder: let it end, then try again.'],
];

/** The operating system refuses something that has no diagnostic of its own. */
export const systemRefusal = diagnostic<{ code: string; error: string }>('XF1907', {
  category: 'Runtime',
  message: ({ error }) => `The system refuses: ${error}`,
  help: ({ code }) => [remedies.find(([codes]) => codes.test(code))?.[1]],
});
