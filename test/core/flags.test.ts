import { describe, expect, it } from 'vitest';
import {
  type CommandName,
  type FlagInput,
  flagTable,
  invocationArgs,
  jinjaFlags,
  resolveFlags,
  warningFate,
} from '../../src/core/index.ts';

/** JSON is YAML enough here. */
function resolve(input: Partial<FlagInput> = {}) {
  return resolveFlags({
    command: input.command ?? 'run',
    given: input.given ?? {},
    env: input.env ?? {},
    project: input.project,
    yaml: JSON.parse,
  });
}

function messages(input: Partial<FlagInput>): readonly string[] {
  return resolve(input).problems.map((problem) => problem.message);
}

describe('resolveFlags', () => {
  it('prefers command line to environment to project to default', () => {
    const project = { fail_fast: true };
    const env = { DBT_FAIL_FAST: '0' };
    expect(resolve().flags.failFast).toBe(false);
    expect(resolve({ project }).flags.failFast).toBe(true);
    expect(resolve({ project, env }).flags.failFast).toBe(false);
    const all = resolve({ project, env, given: { failFast: true } });
    expect(all.flags.failFast).toBe(true);
    expect(all.sources.get('failFast')).toBe('cli');
  });

  it('reads DBT_ENGINE_, DBT_ and XFORM_ in this order, and takes an empty variable for none', () => {
    const env = { DBT_ENGINE_TARGET: '', DBT_TARGET: 'b', XFORM_TARGET: 'c' };
    expect(resolve({ env }).flags.target).toBe('b');
    expect(resolve({ env: { ...env, DBT_ENGINE_TARGET: 'a' } }).flags.target).toBe('a');
    expect(resolve({ env: { XFORM_VARS: '{"a":1}' } }).flags.vars).toEqual({ a: 1 });
  });

  it.each([
    ['true', true],
    ['YES', true],
    ['on', true],
    ['t', true],
    ['1', true],
    ['False', false],
    ['no', false],
    ['OFF', false],
    ['n', false],
    ['0', false],
  ])('reads %s as a boolean', (text, value) => {
    expect(resolve({ env: { DBT_WRITE_JSON: text } }).flags.writeJson).toBe(value);
  });

  it.each<[Partial<FlagInput>, string]>([
    [{ env: { DBT_QUIET: 'perhaps' } }, "Invalid value for 'DBT_QUIET': 'perhaps' is not a valid boolean."],
    [{ given: { threads: 'x' } }, "Invalid value for '--threads': 'x' is not a valid integer."],
    [
      { given: { indirectSelection: 'foo' as 'eager' } },
      "Invalid value for '--indirect-selection': 'foo' is not one of 'eager', 'cautious', 'buildable', 'empty'.",
    ],
    [{ given: { vars: '{' } }, "Invalid value for '--vars': String '{' is not valid YAML"],
    [{ command: 'compile', given: { select: ['a'], inline: 'x' } }, 'inline: not allowed with argument select'],
    [{ given: { eventTimeStart: '2024-01-02', eventTimeEnd: '2024-01-01' } }, 'less than'],
    [{ given: { eventTimeEnd: '2024-01-01' } }, '`--event-time-start` was not'],
    [{ given: { eventTimeStart: '2024-13-01', eventTimeEnd: '2024-01-01' } }, "'2024-13-01' does not match"],
    [{ given: { sample: 'a while' } }, "neither a period like '3 days'"],
    [{ given: { warnErrorOptions: '{"warn":["NothingToDo"]}' } }, '`warn` needs'],
    [{ project: { fail_fats: true } }, "'fail_fats' under flags:"],
    [{ env: { DBT_ENGINE_TARGTE: 'x' } }, 'DBT_ENGINE_TARGTE sets nothing'],
    [{ env: { DBT_DEFER_TO_STATE: '1' } }, 'DBT_DEFER_TO_STATE was renamed to DBT_ENGINE_DEFER'],
  ])('reports %j', (input, text) => {
    expect(messages(input).join('\n')).toContain(text);
  });

  it('finds nothing wrong with good input', () => {
    expect(
      messages({
        env: { DBT_ENGINE_TARGET: 'x', DBT_ENGINE_DOWNLOAD_DIR: '/x', PATH: '/bin' },
        project: { use_colors: true, validate_macro_args: false, bigquery_use_batch_source_freshness: true },
        given: { sample: '3 days', eventTimeStart: '2024-01-01', eventTimeEnd: '2024-01-01T01:00:00' },
      }),
    ).toEqual([]);
  });

  it('turns old variables around where they said the opposite', () => {
    expect(resolve({ env: { DBT_NO_PRINT: 'true' } }).flags.print).toBe(false);
    expect(resolve({ env: { DBT_NO_PRINT: '0' } }).flags.print).toBe(true);
  });

  it('lets the log file follow the console until it is told otherwise', () => {
    expect(resolve().flags.logLevelFile).toBe('debug');
    expect(resolve({ given: { logLevel: 'warn' } }).flags.logLevelFile).toBe('warn');
    expect(resolve({ given: { logLevel: 'warn', logLevelFile: 'info' } }).flags.logLevelFile).toBe('info');
  });

  it('gives commands the options they have', () => {
    expect(resolve({ command: 'list' }).flags.output).toBe('selector');
    expect(resolve({ command: 'show' }).flags.output).toBe('text');
    expect(resolve({ command: 'source freshness' }).flags.output).toBeNull();
    expect(resolve({ command: 'run' }).flags.output).toBeNull();
    expect(resolve({ command: 'run', env: { DBT_RESOURCE_TYPES: 'model' } }).flags.resourceTypes).toEqual([]);
    expect(resolve({ command: 'test', env: { DBT_RESOURCE_TYPES: 'test Unit_Test' } }).flags.resourceTypes).toEqual([
      'test',
      'unit_test',
    ]);
  });

  it('keeps behaviour flags of dbt-core and of adapters', () => {
    const { behavior } = resolve({ project: { validate_macro_args: false, some_adapter_way: true } }).flags;
    expect(behavior.validate_macro_args).toBe(false);
    expect(behavior.some_adapter_way).toBe(true);
    expect(behavior.skip_nodes_if_on_run_start_fails).toBe(true);
  });

  it('has a default for every flag', () => {
    const { flags } = resolve();
    for (const row of flagTable) expect(flags[row.name], row.name).not.toBeUndefined();
  });
});

describe('the views of flags', () => {
  // What dbt-core 1.12.6 itself writes for a bare `dbt run`.
  const dbtRun =
    'allow_jinja_file_extensions cache_selected_only defer empty enable_grouped_warn_error_parser_logs exclude ' +
    'favor_state hints_enabled indirect_selection introspect invocation_command ' +
    'latest_version_pointer_enabled_by_default log_file_max_bytes log_format log_format_file log_level ' +
    'log_level_file log_path macro_debugging maximum_seed_size_mib partial_parse partial_parse_file_diff ' +
    'populate_cache print printer_width profiles_dir project_dir quiet require_all_warnings_handled_by_warn_error ' +
    'require_batched_execution_for_custom_microbatch_strategy require_corrected_analysis_fqns ' +
    'require_explicit_package_overrides_for_builtin_materializations require_generic_test_arguments_property ' +
    'require_nested_cumulative_type_params require_ref_searches_node_package_before_root ' +
    'require_resource_names_without_spaces require_source_and_semantic_model_names_without_spaces ' +
    'require_sql_header_in_test_configs require_unique_project_resource_names ' +
    'require_valid_schema_from_generate_schema_name require_yaml_configuration_for_mf_time_spines select ' +
    'send_anonymous_usage_stats show_all_deprecations show_resource_report skip_nodes_if_on_run_start_fails ' +
    'snowflake_projects_otel source_freshness_run_project_hooks sqlparse ' +
    'state_modified_compare_more_unrendered_values state_modified_compare_vars static_parser strict_mode ' +
    'support_custom_ref_kwargs upload_to_artifacts_ingest_api use_catalogs_v2 use_colors use_colors_file ' +
    'use_fast_test_edges use_v2_parser v2_parser validate_macro_args vars version_check warn_error_options which ' +
    'write_json';
  const settled = { projectDir: '/p', profilesDir: '/p', logPath: '/p/logs' };

  it('records an invocation under the keys dbt has', () => {
    const args = invocationArgs(resolve().flags, settled);
    expect(Object.keys(args).sort()).toEqual(dbtRun.split(' ').sort());
    expect(args).toMatchObject({ which: 'run', select: [], project_dir: '/p', vars: {} });
  });

  it('records what was asked for', () => {
    const { flags } = resolve({ command: 'build', given: { fullRefresh: true, select: ['a'], threads: 4 } });
    expect(invocationArgs(flags)).toMatchObject({ full_refresh: true, select: ['a'], threads: 4, which: 'build' });
    expect(invocationArgs(resolve({ command: 'test' }).flags)).not.toHaveProperty('store_failures');
  });

  it('shows Jinja the flags of dbt in capitals', () => {
    const flags = jinjaFlags(resolve({ given: { fullRefresh: true } }).flags, settled);
    expect(flags).toMatchObject({
      FULL_REFRESH: true,
      WHICH: 'run',
      STORE_FAILURES: false,
      INDIRECT_SELECTION: 'eager',
      PROFILES_DIR: '/p',
      NO_PRINT: null,
    });
    expect(flags).not.toHaveProperty('SELECT');
  });
});

describe('warningFate', () => {
  const nothing = { name: 'NothingToDo', code: 'Q035' };
  const old = { name: 'TestsConfigDeprecation', code: 'D012' };
  const fate = (given: FlagInput['given'], event: { name: string; code: string }, command: CommandName = 'run') =>
    warningFate(resolve({ command, given }).flags, event);

  it('warns by default and fails on demand', () => {
    expect(fate({}, nothing)).toBe('warn');
    expect(fate({ warnError: true }, nothing)).toBe('error');
    expect(fate({ warnErrorOptions: '{"error":["NothingToDo"]}' }, nothing)).toBe('error');
    expect(fate({ warnErrorOptions: '{"include":"all","exclude":["NothingToDo"]}' }, nothing)).toBe('warn');
    expect(fate({ warnErrorOptions: '{"error":"all","silence":["NothingToDo"]}' }, nothing)).toBe('silence');
  });

  it('puts names over the group of deprecations, and that over all', () => {
    expect(fate({ warnErrorOptions: '{"error":["Deprecations"]}' }, nothing)).toBe('warn');
    expect(fate({ warnErrorOptions: '{"error":["Deprecations"]}' }, old)).toBe('error');
    expect(fate({ warnErrorOptions: '{"error":"all","warn":["Deprecations"]}' }, old)).toBe('warn');
    expect(
      fate(
        { warnErrorOptions: '{"error":["TestsConfigDeprecation"],"warn":["Deprecations"],"silence":["Deprecations"]}' },
        old,
      ),
    ).toBe('error');
  });
});
