import { diagnostic } from '../core/index.ts';

const list = (names: readonly string[], most = 8): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

export const missingEnvVar = diagnostic<{ name: string }>('XF1101', {
  category: 'Parsing',
  message: ({ name }) => `Env var required but not provided: '${name}'`,
  help: ({ name }) => [
    `set it: export ${name}=…, or put ${name}=… into a file .env beside dbt_project.yml`,
    `or give a default: env_var('${name}', 'default')`,
  ],
});

export const secretEnvVar = diagnostic<{ name: string }>('XF1102', {
  category: 'Parsing',
  message: ({ name }) =>
    `Secret env vars are allowed only in profiles.yml and packages.yml. Found '${name}' referenced elsewhere`,
  help: () => ['read the secret in profiles.yml, or use a variable whose name does not start with DBT_ENV_SECRET'],
});

export const missingVar = diagnostic<{ name: string; asker: string; known: readonly string[]; near?: string }>(
  'XF1103',
  {
    category: 'Compilation',
    message: ({ name, asker }) =>
      `Required var '${name}' not found in config:\nVars supplied to ${asker} do not include it`,
    help: ({ name, known, near }) => [
      near === undefined ? undefined : `did you mean '${near}'?`,
      `give it a value: --vars '{${name}: …}', vars: in dbt_project.yml, or a default: var('${name}', …)`,
      known.length ? `vars there are: ${list(known)}` : 'no vars are defined',
    ],
  },
);

export const raised = diagnostic<{ message: string; category: string }>('XF2101', {
  category: 'Compilation',
  message: ({ message }) => message,
});

/** A switch that `adapter.behavior` does not have. */
export const unknownBehavior = diagnostic<{ name: string; near?: string }>('XF2109', {
  category: 'Compilation',
  message: ({ name }) => `The flag ${name} has not been registered.`,
  help: ({ near }) => [near === undefined ? undefined : `did you mean '${near}'?`],
});

export const badArgument = diagnostic<{ what: string; got: string; want: string }>('XF2102', {
  category: 'Compilation',
  message: ({ what, got, want }) => `${what} takes ${want}, got ${got}`,
});

export const unknownMacro = diagnostic<{ name: string; attempts: readonly string[]; near?: string }>('XF2103', {
  category: 'Compilation',
  message: ({ name, attempts }) =>
    `In dispatch: No macro named '${name}' found within namespace: ${attempts.length ? `\nSearched for: ${attempts.join(', ')}` : ''}`,
  help: ({ near }) => [near === undefined ? undefined : `did you mean '${near}'?`],
});

export const missingConfig = diagnostic<{ node: string; name: string }>('XF2105', {
  category: 'Compilation',
  message: ({ node, name }) => `Model '${node}' does not define a required config parameter '${name}'.`,
  help: ({ name }) => [`set it: {{ config(${name}=…) }}`],
});

export const conflictingKeys = diagnostic<{ key: string; other: string }>('XF2107', {
  category: 'Compilation',
  message: ({ key, other }) => `Invalid config, has conflicting keys '${key}' and '${other}'`,
  help: ({ key, other }) => [`put all into '${other}': '${key}' is another spelling of it`],
});

export const adapterMacroGone = diagnostic<{ name: string }>('XF2108', {
  category: 'Compilation',
  message: () => 'The "adapter_macro" macro has been deprecated: there is adapter.dispatch in its place',
  help: ({ name }) => [
    `write adapter.dispatch('${name.split('.').at(-1)}'${name.includes('.') ? `, '${name.split('.')[0]}'` : ''})(…)`,
  ],
});

export const loadedTwice = diagnostic<{ name: string }>('XF2106', {
  category: 'Compilation',
  message: ({ name }) => `The 'statement' result named '${name}' has already been loaded into a variable`,
  help: () => ['load it once, and keep it: {% set result = load_result(…) %}'],
});
