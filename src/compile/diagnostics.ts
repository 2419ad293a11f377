import { diagnostic } from '../core/index.ts';

export const unknownDependency = diagnostic<{ node: string; call: string }>('XF4101', {
  category: 'Compilation',
  message: ({ node, call }) =>
    `dbt was unable to infer all dependencies for the model "${node}".\nThis typically happens when ref() is placed within a conditional block: while parsing, ${call} was not reached.`,
  help: ({ call }) => [`to say that it is needed, put a comment before the model's code: -- depends_on: {{ ${call} }}`],
});

export const notConnected = diagnostic<{ node: string; command?: string }>('XF4102', {
  category: 'Compilation',
  message: ({ node, command }) =>
    command === undefined
      ? `connection never acquired for thread: the template of '${node}' asks the warehouse (--no-introspect)`
      : `The template of '${node}' asks the warehouse, which \`${command}\` does not do`,
  help: ({ command }) => [command === undefined ? 'run without --no-introspect' : undefined],
});
