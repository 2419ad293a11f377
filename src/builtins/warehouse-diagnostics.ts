import { diagnostic } from '../core/index.ts';

/** A name that differs from what was searched by case or quotes only. */
export const approximateMatch = diagnostic<{ wanted: string; found: string }>('XF2120', {
  category: 'Compilation',
  message: ({ wanted, found }) =>
    `searched for the relation ${wanted}, and found ${found}, which differs from it only by case or quotes`,
  help: ({ found }) => [
    `drop ${found}, or rename it to the name that is searched for, or quote both alike (\`quoting:\` in dbt_project.yml)`,
  ],
});

/** A call that makes no sense for the value it is made on. */
export const wrongUse = diagnostic<{ what: string; problem: string }>('XF2121', {
  category: 'Runtime',
  message: ({ what, problem }) => `${what} ${problem}`,
});

/** The warehouse would cut the name, or refuse it. */
export const nameTooLong = diagnostic<{ name: string; most: number }>('XF2122', {
  category: 'Runtime',
  message: ({ name, most }) => `Relation name '${name}' is longer than ${most} characters`,
  help: () => ['Shorten the name of the file, or set a shorter `alias` in its config.'],
});

/** A function in Python does not say which Python, or where it begins. */
export const functionLacks = diagnostic<{ name: string; key: 'runtime_version' | 'entry_point' }>('XF2123', {
  category: 'Runtime',
  message: ({ key }) => `${key === 'entry_point' ? 'An' : 'A'} \`${key}\` is required for python functions`,
  help: ({ name, key }) => [
    `functions: - name: ${name} config: ${key}: ${key === 'entry_point' ? 'the name of the Python function' : "'3.11'"}`,
  ],
});
