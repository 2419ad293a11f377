import type { CommandName } from './command.ts';
import type { FlagName } from './flags.ts';

/**
 * How the text of a flag is read. `boolean`: true, yes, on, 1 … `list`: words, separated by blanks. `yaml`: a mapping.
 * `time`: a date or a date with time. `sample`: `3 days` or a mapping with start and end.
 */
export type FlagKind = 'boolean' | 'string' | 'int' | 'list' | 'yaml' | 'path' | 'time' | 'sample';

/** Everything known about one flag. */
export interface FlagRow {
  readonly name: FlagName;
  readonly kind: FlagKind;
  /** Spellings on the command line; a short one stands behind the long one it abbreviates. */
  readonly flags: readonly string[];
  /** Spellings that mean false. */
  readonly no: readonly string[];
  /** Environment variables, the preferred one first. */
  readonly env: readonly string[];
  /** An older variable, stronger than `env` as in dbt; `inverted` where it says the opposite. */
  readonly oldEnv?: { readonly name: string; readonly inverted?: true };
  readonly choices?: readonly string[];
  readonly default: unknown;
  readonly commands: readonly CommandName[] | 'all';
  /** Whether `flags:` in dbt_project.yml may set it. */
  readonly project: boolean;
  readonly hidden: boolean;
  readonly help: string;
}

type Extra = Partial<Omit<FlagRow, 'name' | 'kind' | 'flags' | 'help' | 'env' | 'no'>> & {
  /** `dbt`: DBT_ENGINE_X, DBT_X and XFORM_X; `own`: XFORM_X, where dbt reads no variable. */
  readonly env?: 'dbt' | 'own';
  readonly no?: boolean;
};

const noDefault: Readonly<Record<FlagKind, unknown>> = {
  boolean: false,
  string: null,
  int: null,
  list: [],
  yaml: {},
  path: null,
  time: null,
  sample: null,
};

function row(name: FlagName, kind: FlagKind, flags: string, help: string, extra: Extra = {}): FlagRow {
  const spellings = flags.split(' ');
  const word = spellings[0]!.slice(2);
  const variable = word.toUpperCase().replaceAll('-', '_');
  const { env, no, ...rest } = extra;
  const dbt = env === 'dbt' ? [`DBT_ENGINE_${variable}`, `DBT_${variable}`] : [];
  return {
    name,
    kind,
    flags: spellings,
    no: no === true ? [`--no-${word}`] : [],
    env: env === undefined ? [] : [...dbt, `XFORM_${variable}`],
    default: noDefault[kind],
    commands: 'all',
    project: false,
    hidden: false,
    help,
    ...rest,
  };
}

const selecting: readonly CommandName[] = [
  'build',
  'check',
  'clone',
  'compile',
  'docs generate',
  'list',
  'run',
  'seed',
  'show',
  'snapshot',
  'source freshness',
  'sources pull',
  'test',
];
const threaded: readonly CommandName[] = [
  ...selecting.filter((name) => name !== 'list'),
  'parse',
  'retry',
  'run-operation',
];
const targeted: readonly CommandName[] = [...threaded, 'list', 'clean', 'docs serve'];
const typed: readonly CommandName[] = ['build', 'clone', 'list', 'test'];
/** `otel`: OpenTelemetry log records, as dbt reads them from a parser of its own. */
const formats = ['text', 'debug', 'json', 'otel', 'default'];
const levels = ['debug', 'info', 'warn', 'error', 'none', 'off'];
const resourceTypes = [
  'metric',
  'semantic_model',
  'saved_query',
  'source',
  'analysis',
  'function',
  'model',
  'test',
  'unit_test',
  'exposure',
  'snapshot',
  'seed',
  'default',
];

/** Every option, as data: the command line, the environment and the help texts are all made from it. */
export const flagTable: readonly FlagRow[] = [
  row('select', 'list', '--select -s --models --model -m', 'Nodes to include', {
    commands: selecting.filter((name) => name !== 'list'),
  }),
  row('select', 'list', '--select -s', 'Nodes to include', { commands: ['list'] }),
  row('models', 'list', '--models --model -m', 'Models to include', { commands: ['list'] }),
  row('exclude', 'list', '--exclude', 'Nodes to leave out', { commands: selecting }),
  row('selector', 'string', '--selector', 'Name of a selector in selectors.yml', { commands: selecting }),
  row('indirectSelection', 'string', '--indirect-selection', 'Which tests come along with the selected nodes', {
    env: 'dbt',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    default: 'eager',
    project: true,
  }),
  row('resourceTypes', 'list', '--resource-types --resource-type', 'Only resources of these types', {
    env: 'dbt',
    choices: [...resourceTypes, 'all'],
    commands: typed,
  }),
  row(
    'excludeResourceTypes',
    'list',
    '--exclude-resource-types --exclude-resource-type',
    'No resources of these types',
    {
      env: 'dbt',
      choices: resourceTypes,
      commands: typed,
    },
  ),

  row('projectDir', 'path', '--project-dir', 'Folder of dbt_project.yml (default: here, then upwards)', { env: 'dbt' }),
  row('profilesDir', 'path', '--profiles-dir', 'Folder of profiles.yml (default: here, then ~/.dbt)', { env: 'dbt' }),
  row('profile', 'string', '--profile', 'Profile to use instead of the one in dbt_project.yml', { env: 'dbt' }),
  row('target', 'string', '--target -t', 'Target of the profile', { env: 'dbt' }),
  row('local', 'boolean', '--local', 'Run on the embedded DuckDB, whatever the profile says', { env: 'own', no: true }),
  row('packagesInstallPath', 'path', '--packages-install-path', 'Folder of installed packages', { hidden: true }),
  row('invocationId', 'string', '--invocation-id', 'Id of the invocation, where a caller has one', { hidden: true }),
  row('targetPath', 'path', '--target-path', 'Folder for compiled SQL and artifacts', {
    env: 'dbt',
    commands: targeted,
  }),
  row('threads', 'int', '--threads', 'Nodes worked on at the same time', { env: 'own', commands: threaded }),
  row('vars', 'yaml', '--vars', 'Variables, as a YAML mapping; they win over the project', { env: 'own' }),

  row('state', 'path', '--state', 'Folder with the artifacts of an earlier run', {
    env: 'dbt',
    oldEnv: { name: 'DBT_ARTIFACT_STATE_PATH' },
  }),
  row('defer', 'boolean', '--defer', 'Read what is not selected from the state', {
    env: 'dbt',
    no: true,
    oldEnv: { name: 'DBT_DEFER_TO_STATE' },
  }),
  row('deferState', 'path', '--defer-state', 'Another state folder for --defer only', { env: 'dbt' }),
  row('favorState', 'boolean', '--favor-state', 'With --defer: prefer the state even where the relation exists', {
    env: 'dbt',
    no: true,
    oldEnv: { name: 'DBT_FAVOR_STATE_MODE' },
  }),

  row('fullRefresh', 'boolean', '--full-refresh -f', 'Rebuild incremental models and seeds from nothing', {
    env: 'dbt',
    commands: ['build', 'clone', 'compile', 'retry', 'run', 'seed', 'show'],
  }),
  row('failFast', 'boolean', '--fail-fast -x', 'Stop at the first failure', { env: 'dbt', no: true, project: true }),
  row('empty', 'boolean', '--empty', 'Build from no input rows, to try the SQL', {
    env: 'dbt',
    no: true,
    commands: ['build', 'compile', 'run', 'seed', 'snapshot'],
  }),
  row('sample', 'sample', '--sample', "Build from the input of a time window, e.g. '3 days'", {
    env: 'dbt',
    commands: ['build', 'run'],
  }),
  row('eventTimeStart', 'time', '--event-time-start', 'First moment microbatch models work on', {
    env: 'dbt',
    commands: ['build', 'run'],
  }),
  row('eventTimeEnd', 'time', '--event-time-end', 'Moment before which microbatch models stop', {
    env: 'dbt',
    commands: ['build', 'run'],
  }),
  row('storeFailures', 'boolean', '--store-failures', 'Keep the failing rows of tests in the warehouse', {
    env: 'dbt',
    commands: ['build', 'test'],
  }),
  row('showFailures', 'int', '--show-failures', 'Print up to N failing rows of every failed test', {
    env: 'own',
    default: 0,
    commands: ['build', 'test', 'retry'],
  }),
  row('show', 'boolean', '--show', 'Print a sample of the loaded seeds', { commands: ['build', 'seed'] }),
  row('dryRun', 'boolean', '--dry-run', 'Print the steps and their SQL, do nothing', {
    commands: ['build', 'run', 'seed', 'snapshot', 'test'],
  }),
  row('exportSavedQueries', 'boolean', '--export-saved-queries', 'Materialize the exports of saved queries', {
    env: 'dbt',
    no: true,
    hidden: true,
    commands: ['build'],
  }),
  row('includeSavedQuery', 'boolean', '--include-saved-query', 'Older name of --export-saved-queries', {
    env: 'dbt',
    no: true,
    hidden: true,
    commands: ['build'],
  }),

  row('output', 'string', '--output -o', 'How to print each node', {
    choices: ['json', 'name', 'path', 'selector'],
    default: 'selector',
    commands: ['list'],
  }),
  row('outputKeys', 'list', '--output-keys', 'With --output json: the properties to print', { commands: ['list'] }),
  row('output', 'string', '--output -o', 'Print text or JSON', {
    choices: ['json', 'text'],
    default: 'text',
    commands: ['compile', 'show'],
  }),
  row('output', 'path', '--output -o', 'File for the freshness report', { commands: ['source freshness'] }),
  row('output', 'string', '--format', 'How to print what was found', {
    choices: ['text', 'json', 'github', 'sarif'],
    default: 'text',
    commands: ['check'],
  }),
  row('output', 'string', '--format', 'How to print the lineage', {
    choices: ['tree', 'json', 'mermaid', 'openlineage'],
    default: 'tree',
    commands: ['lineage'],
  }),
  row('output', 'string', '--format', 'How to print the impact', {
    choices: ['text', 'json', 'markdown'],
    default: 'text',
    commands: ['impact'],
  }),
  row('base', 'string', '--base', 'A revision of git to compare with', { commands: ['impact'] }),
  row('inheritDocs', 'boolean', '--inherit-docs', 'Let descriptions and tags of columns follow their copies', {
    env: 'own',
    commands: ['docs generate'],
    project: true,
  }),
  row('up', 'boolean', '--up', 'Only what it comes from', { commands: ['lineage'] }),
  row('down', 'boolean', '--down', 'Only what comes from it', { commands: ['lineage'] }),
  row('depth', 'int', '--depth', 'How many steps to go', { commands: ['lineage'] }),
  row('kind', 'list', '--kind', 'Kinds of edge: copy, derive, aggregate, filter, join, group, order, window', {
    commands: ['lineage'],
  }),
  row('inline', 'string', '--inline', 'SQL to use instead of a node', { commands: ['compile', 'show'] }),
  row('inlineDirect', 'string', '--inline-direct', 'SQL to send as it is', { hidden: true, commands: ['show'] }),
  row('limit', 'int', '--limit', 'Rows to print; -1 for all', { default: 5, commands: ['show'] }),
  row('introspect', 'boolean', '--introspect', 'Let templates ask the warehouse', {
    env: 'dbt',
    no: true,
    default: true,
    commands: ['compile', 'show'],
  }),
  row(
    'staticAnalysis',
    'string',
    '--static-analysis',
    'How much to make of mistakes that are found before a query is sent',
    {
      env: 'dbt',
      choices: ['off', 'baseline', 'strict'],
      commands: ['build', 'run', 'snapshot'],
      project: true,
    },
  ),
  row('injectEphemeralCtes', 'boolean', '--inject-ephemeral-ctes', 'Put ephemeral models into the SQL', {
    no: true,
    default: true,
    hidden: true,
    commands: ['compile'],
  }),
  row('args', 'yaml', '--args', 'Arguments of the macro, as a YAML mapping', { commands: ['run-operation'] }),
  row('sql', 'string', '--sql', 'SQL with Jinja to run instead of a macro', { commands: ['run-operation'] }),
  row('skipProfileSetup', 'boolean', '--skip-profile-setup -s', 'Ask nothing about the warehouse', {
    commands: ['init'],
  }),
  row('skipDebug', 'boolean', '--skip-debug', 'Do not try the connection afterwards', { commands: ['init'] }),
  row('connection', 'boolean', '--connection', 'Try only the connection', { commands: ['debug'] }),
  row('configDir', 'boolean', '--config-dir', 'Say where profiles.yml is looked for, and stop', {
    commands: ['debug'],
  }),
  row('cleanProjectFilesOnly', 'boolean', '--clean-project-files-only', 'Refuse to delete outside the project', {
    env: 'dbt',
    no: true,
    default: true,
    commands: ['clean'],
  }),
  row('addPackage', 'string', '--add-package', 'Add package@version to the packages file', { commands: ['deps'] }),
  row('source', 'string', '--source', 'Where --add-package finds the package', {
    choices: ['hub', 'git', 'local'],
    default: 'hub',
    commands: ['deps'],
  }),
  row('lock', 'boolean', '--lock', 'Write package-lock.yml, install nothing', { commands: ['deps'] }),
  row('upgrade', 'boolean', '--upgrade', 'Take the newest versions allowed', { commands: ['deps'] }),
  row('compile', 'boolean', '--compile', 'Compile first', { no: true, default: true, commands: ['docs generate'] }),
  row('emptyCatalog', 'boolean', '--empty-catalog', 'Do not ask the warehouse', { commands: ['docs generate'] }),
  row('static', 'boolean', '--static', 'Also write everything into one HTML file', { commands: ['docs generate'] }),
  row('browser', 'boolean', '--browser', 'Open the page in a browser', {
    no: true,
    default: true,
    commands: ['docs serve'],
  }),
  row('host', 'string', '--host', 'Address to serve on', {
    env: 'dbt',
    default: '127.0.0.1',
    commands: ['docs serve'],
  }),
  row('port', 'int', '--port', 'Port to serve on', { default: 8080, commands: ['docs serve'] }),

  row('debug', 'boolean', '--debug -d', 'Say everything that happens', { env: 'dbt', no: true, project: true }),
  row('quiet', 'boolean', '--quiet -q', 'Say nothing but errors and what was asked for', { env: 'dbt', no: true }),
  row('print', 'boolean', '--print', 'Print what templates print()', {
    env: 'dbt',
    no: true,
    default: true,
    oldEnv: { name: 'DBT_NO_PRINT', inverted: true },
  }),
  row('useColors', 'boolean', '--use-colors', 'Colours on the console', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('useColorsFile', 'boolean', '--use-colors-file', 'Colours in the log file', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('printerWidth', 'int', '--printer-width', 'Width of the dotted lines', {
    env: 'dbt',
    default: 80,
    project: true,
  }),
  row('logFormat', 'string', '--log-format', 'Format of the console', {
    env: 'dbt',
    choices: formats,
    default: 'default',
    project: true,
  }),
  row('logFormatFile', 'string', '--log-format-file', 'Format of the log file', {
    env: 'dbt',
    choices: formats,
    default: 'debug',
    project: true,
  }),
  row('logLevel', 'string', '--log-level', 'Lowest level on the console', {
    env: 'dbt',
    choices: levels,
    default: 'info',
    project: true,
  }),
  row('logLevelFile', 'string', '--log-level-file', 'Lowest level in the log file', {
    env: 'dbt',
    choices: levels,
    default: 'debug',
    project: true,
  }),
  row('logPath', 'path', '--log-path', 'Folder of the log file', { env: 'dbt' }),
  row('logFileMaxBytes', 'int', '--log-file-max-bytes', 'Size at which the log file is rolled over; 0 for never', {
    env: 'dbt',
    default: 10 * 1024 * 1024,
    hidden: true,
  }),
  row('logCacheEvents', 'boolean', '--log-cache-events', 'Log every change of the relation cache', {
    env: 'dbt',
    no: true,
  }),
  row('warnError', 'boolean', '--warn-error', 'Treat every warning as an error', {
    env: 'dbt',
    default: null,
    project: true,
  }),
  row('warnErrorOptions', 'yaml', '--warn-error-options', "Choose: '{error: all, warn: […], silence: […]}'", {
    env: 'dbt',
    default: { error: [], warn: [], silence: [] },
    project: true,
  }),
  row('showAllDeprecations', 'boolean', '--show-all-deprecations', 'Report each deprecation every time', { no: true }),
  row('hintsEnabled', 'boolean', '--hints-enabled', 'Now and then a hint', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('partialParse', 'boolean', '--partial-parse', 'Read only files that changed', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('populateCache', 'boolean', '--populate-cache', 'List the relations of the warehouse at the start', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('cacheSelectedOnly', 'boolean', '--cache-selected-only', 'List only schemas of selected nodes', {
    env: 'dbt',
    no: true,
    project: true,
  }),
  row('maximumSeedSizeMib', 'int', '--maximum-seed-size-mib', 'Larger seeds are compared by path; 0 for no limit', {
    env: 'dbt',
    default: 1,
    project: true,
  }),
  row('versionCheck', 'boolean', '--version-check', 'Respect require-dbt-version', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('writeJson', 'boolean', '--write-json', 'Write manifest.json and run_results.json', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
  }),
  row('recordTimingInfo', 'path', '--record-timing-info -r', 'Write a profile of xform itself to this file'),

  // Accepted so that existing command lines keep working; dbt's own parsers, telemetry and services have no part here.
  row('staticParser', 'boolean', '--static-parser', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    default: true,
    project: true,
    hidden: true,
  }),
  row('useExperimentalParser', 'boolean', '--use-experimental-parser', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    project: true,
    hidden: true,
  }),
  row('useV2Parser', 'boolean', '--use-v2-parser', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    project: true,
    hidden: true,
  }),
  row('v2Parser', 'string', '--v2-parser', 'Accepted for dbt, without effect', {
    env: 'dbt',
    default: 'dbt-core-experimental-parser parse',
    project: true,
    hidden: true,
  }),
  row('useFastTestEdges', 'boolean', '--use-fast-test-edges', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    hidden: true,
  }),
  row('partialParseFileDiff', 'boolean', '--partial-parse-file-diff', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    default: true,
    hidden: true,
  }),
  row('partialParseFilePath', 'path', '--partial-parse-file-path', 'Accepted for dbt, without effect', {
    env: 'dbt',
    hidden: true,
  }),
  row('sqlparse', 'yaml', '--sqlparse', 'Accepted for dbt, without effect', {
    env: 'dbt',
    default: { MAX_GROUPING_DEPTH: null, MAX_GROUPING_TOKENS: null },
    hidden: true,
  }),
  row('macroDebugging', 'boolean', '--macro-debugging', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    hidden: true,
  }),
  row('singleThreaded', 'boolean', '--single-threaded', 'Run one node at a time', {
    env: 'dbt',
    no: true,
    hidden: true,
  }),
  row('showResourceReport', 'boolean', '--show-resource-report', 'Say how much time and memory it took', {
    env: 'dbt',
    no: true,
    hidden: true,
  }),
  row('snowflakeProjectsOtel', 'boolean', '--snowflake-projects-otel', 'Accepted for dbt, without effect', {
    env: 'dbt',
    no: true,
    project: true,
    hidden: true,
  }),
  row('sendAnonymousUsageStats', 'boolean', '--send-anonymous-usage-stats', 'Accepted for dbt: xform sends nothing', {
    env: 'dbt',
    no: true,
    project: true,
    hidden: true,
  }),
  row(
    'uploadToArtifactsIngestApi',
    'boolean',
    '--upload-to-artifacts-ingest-api',
    'Accepted for dbt: xform uploads nothing',
    {
      env: 'dbt',
      no: true,
      hidden: true,
    },
  ),
];

/** Whether an option belongs to a command. */
export function belongsTo(row: FlagRow, command: CommandName): boolean {
  return row.commands === 'all' || row.commands.includes(command);
}
