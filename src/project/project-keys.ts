/** The shapes a value of dbt_project.yml can have to have. */
export type Shape = 'text' | 'texts' | 'texts or text' | 'mapping' | 'boolean' | 'version' | 'anything';

/** Every key that dbt_project.yml may have. */
export const projectKeys: Readonly<Record<string, Shape>> = {
  name: 'text',
  version: 'version',
  'config-version': 'anything',
  profile: 'text',
  'source-paths': 'texts',
  'model-paths': 'texts',
  'data-paths': 'texts',
  'seed-paths': 'texts',
  'test-paths': 'texts',
  'analysis-paths': 'texts',
  'macro-paths': 'texts',
  'snapshot-paths': 'texts',
  'docs-paths': 'texts',
  'asset-paths': 'texts',
  'function-paths': 'texts',
  'osi-paths': 'texts',
  'target-path': 'text',
  'log-path': 'text',
  'packages-install-path': 'text',
  'clean-targets': 'texts',
  quoting: 'mapping',
  'query-comment': 'anything',
  'require-dbt-version': 'texts or text',
  dispatch: 'anything',
  'on-run-start': 'texts or text',
  'on-run-end': 'texts or text',
  'restrict-access': 'boolean',
  'dbt-cloud': 'mapping',
  packages: 'anything',
  flags: 'mapping',
  vars: 'mapping',
  models: 'mapping',
  seeds: 'mapping',
  snapshots: 'mapping',
  sources: 'mapping',
  tests: 'mapping',
  data_tests: 'mapping',
  unit_tests: 'mapping',
  exposures: 'mapping',
  metrics: 'mapping',
  'semantic-models': 'mapping',
  'saved-queries': 'mapping',
  functions: 'mapping',
  analyses: 'mapping',
};

/** Names with a meaning in templates, which a project may not have. */
export const reservedNames: ReadonlySet<string> = new Set(
  `_sql_results adapter api column config context database env env_var exceptions execute flags fromjson fromyaml graph
  invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return run_started_at
  schema source sql sql_now store_result store_raw_result target this tojson toyaml try_or_compiler_error var write`.split(
    /\s+/,
  ),
);
