import { diagnostic } from '../core/index.ts';

export const missingMaterialization = diagnostic<{
  node: string;
  materialized: string;
  adapter: string;
  near?: string;
}>('XF7001', {
  category: 'Compilation',
  message: ({ node, materialized, adapter }) =>
    `No materialization '${materialized}' was found for adapter ${adapter}! (${node})`,
  help: ({ near }) => [near === undefined ? undefined : `did you mean '${near}'?`],
});

export const noMainStatement = diagnostic<{ node: string; materialized: string }>('XF7002', {
  category: 'Compilation',
  message: ({ node, materialized }) =>
    `The materialization '${materialized}' of ${node} ran no statement named 'main', so nothing is known of its result`,
  help: () => ["a materialization must contain {% call statement('main') %} … {% endcall %}"],
});

export const badMaterializationResult = diagnostic<{ node: string; materialized: string }>('XF7003', {
  category: 'Compilation',
  message: ({ node, materialized }) => `The materialization '${materialized}' of ${node} did not return its relations`,
  help: () => ["end it with {{ return({'relations': [target_relation]}) }}"],
});

export const badTestResult = diagnostic<{ node: string; reason: string }>('XF7004', {
  category: 'Runtime',
  message: ({ node, reason }) =>
    `The query of test ${node} must give one row with failures, should_warn and should_error: ${reason}`,
});

export const badSeed = diagnostic<{ path: string; line: number; reason: string }>('XF7005', {
  category: 'Runtime',
  message: ({ path, line, reason }) => `Seed ${path}, line ${line}: ${reason}`,
});

export const badDelimiter = diagnostic<{ seed: string; delimiter: string }>('XF7010', {
  category: 'Compilation',
  message: ({ seed, delimiter }) => `The delimiter of seed '${seed}' must be one character, not '${delimiter}'`,
  help: () => ["set delimiter: ';' (or another character) in the seed's config, or leave it out for commas"],
});

export const cancelled = diagnostic<{ name: string }>('XF7006', {
  category: 'Runtime',
  message: ({ name }) => `the command was stopped, so ${name} sends nothing more to the warehouse`,
});

export const internalProblem = diagnostic<{ node: string; message: string }>('XF7007', {
  category: 'Internal',
  message: ({ node, message }) => `xform failed on ${node}, which is a bug in xform: ${message}`,
  help: () => ['report it with the stack, which the log file holds (logs/dbt.log)'],
});

export const unknownOperation = diagnostic<{ name: string; near?: string }>('XF7008', {
  category: 'Runtime',
  message: ({ name }) => `dbt could not find a macro with the name '${name}' in any package`,
  help: ({ near }) => [near === undefined ? undefined : `did you mean '${near}'?`],
});

export const badUnitTestInput = diagnostic<{ test: string; input: string; near?: string }>('XF7009', {
  category: 'Parsing',
  message: ({ test, input }) => `Unit test '${test}' gives rows for ${input}, which was not found`,
  help: ({ near }) => [
    near === undefined
      ? "inputs are written as ref('model'), source('source', 'table') or this"
      : `did you mean '${near}'?`,
  ],
});

export const noLoadedAt = diagnostic<{ source: string; adapter: string }>('XF7020', {
  category: 'Runtime',
  message: ({ source, adapter }) =>
    `Could not compute freshness for source ${source}: no 'loaded_at_field' provided and ${adapter} adapter does not support metadata-based freshness checks.`,
  help: () => ['give the source a loaded_at_field (a column or expression) or a loaded_at_query'],
});

export const notAMoment = diagnostic<{ field: string; relation: string; found: string }>('XF7021', {
  category: 'Runtime',
  message: ({ field, relation, found }) =>
    `Expected a timestamp value when querying field '${field}' of table ${relation} but received ${found}`,
  help: ({ field }) => [`cast it in the source's definition: loaded_at_field: "cast(${field} as timestamp)"`],
});

export const brokenQueryComment = diagnostic<{ comment: string }>('XF7022', {
  category: 'Runtime',
  message: ({ comment }) => `The query comment contains '*/', which would end it: ${comment}`,
  help: () => ['change query-comment: in dbt_project.yml, or the macro that it calls'],
});

export const unsupportedLanguage = diagnostic<{
  materialized: string;
  languages: readonly string[];
  language: string;
}>('XF7023', {
  category: 'Compilation',
  message: ({ materialized, languages, language }) =>
    `The materialization '${materialized}' only supports languages ${languages.join(', ')}; this node is written in ${language}`,
  help: () => ['choose another materialization, or add the language to supported_languages of its macro'],
});
