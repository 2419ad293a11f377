/** The lines around a run, in the order they are printed: version, adapter, what was found, concurrency, results, totals. */
import type { EventLevel } from '../core/index.ts';
import { clockTime, countOf, type EventDraft, type NodeInfo, plural } from './event-line.ts';

function draft(
  name: string,
  code: string,
  level: EventLevel,
  message: string,
  data: Readonly<Record<string, unknown>> = {},
): EventDraft {
  return { name, code, level, message, data };
}

/** First line of every command. */
export function mainReportVersion(xform: string, dbt: string): EventDraft {
  const message = `Running with xform=${xform} (dbt=${dbt})`;
  return draft('MainReportVersion', 'A001', 'info', message, { version: `=${dbt}`, log_version: 3 });
}

/** The arguments, for the log. */
export function mainReportArgs(args: Readonly<Record<string, unknown>>): EventDraft {
  const texts = Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const message = `running xform with arguments ${JSON.stringify(texts)}`;
  return draft('MainReportArgs', 'A002', 'debug', message, { args: texts });
}

/** The warehouse of this command. */
export function adapterRegistered(name: string, version: string): EventDraft {
  const data = { adapter_name: name, adapter_version: `=${version}` };
  return draft('AdapterRegistered', 'E034', 'info', `Registered adapter: ${name}=${version}`, data);
}

/** Why everything is parsed anew. */
export function unableToPartialParse(reason: string): EventDraft {
  const message = `Unable to do partial parsing because ${reason}`;
  return draft('UnableToPartialParse', 'I024', 'info', message, { reason });
}

/** Configuration of dbt_project.yml that no resource falls under. */
export function unusedResourceConfigPath(paths: readonly string[]): EventDraft {
  const list = paths.map((path) => `- ${path}`).join('\n');
  const message = warning(
    'Configuration paths exist in your dbt_project.yml file which do not apply to any resources.\n' +
      `There are ${paths.length} unused configuration paths:\n${list}`,
  );
  return draft('UnusedResourceConfigPath', 'I051', 'warn', message, { unused_config_paths: paths });
}

/**
 * What the project holds. Pairs of resource type and number, in this order: types of the manifest's nodes as they come,
 * then source, exposure, metric, macro, group, semantic_model, saved_query, unit_test.
 */
export function foundStats(counts: Iterable<readonly [string, number]>): EventDraft {
  const line = [...counts]
    .filter(([, count]) => count > 0)
    .map(([type, count]) => countOf(count, type))
    .join(', ');
  return draft('FoundStats', 'W006', 'info', `Found ${line}`, { stat_line: line });
}

/** An empty line, or one without a meaning of its own. */
export function formatting(message = ''): EventDraft {
  return draft('Formatting', 'Z017', 'info', message, { msg: message });
}

/** How many nodes run at once. */
export function concurrencyLine(threads: number, target: string, nodes: number): EventDraft {
  const message = `Concurrency: ${threads} threads (target='${target}')`;
  return draft('ConcurrencyLine', 'Q027', 'info', message, {
    num_threads: threads,
    target_name: target,
    node_count: nodes,
  });
}

/** A selection without a single match. */
export function noNodesForSelectionCriteria(criterion: string): EventDraft {
  const message = warning(`The selection criterion '${criterion}' does not match any enabled nodes`);
  return draft('NoNodesForSelectionCriteria', 'M030', 'warn', message, { spec_raw: criterion });
}

/** The selector of selectors.yml that stands in where nothing is said. */
export function defaultSelector(name: string): EventDraft {
  return draft('DefaultSelector', 'Q023', 'info', `Using default selector ${name}`, { name });
}

/** `ls` with nothing to list. */
export function noNodesSelected(): EventDraft {
  return draft('NoNodesSelected', 'Q038', 'warn', warning('No nodes selected!'));
}

/** A run with nothing to run. */
export function nothingToDo(): EventDraft {
  const message = warning('Nothing to do. Try checking your model configs and model specification args');
  return draft('NothingToDo', 'Q035', 'warn', message);
}

/**
 * The kinds of the nodes that were run. `kinds` holds one entry a node: the resource type, `<materialization> model`
 * for models, `project hook` for hooks.
 */
export function finishedRunningStats(kinds: Iterable<string>, seconds: number): EventDraft {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const line = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => countOf(count, kind))
    .join(', ');
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds - minutes * 60).toFixed(2);
  const execution = ` in ${Math.floor(minutes / 60)} hours ${minutes % 60} minutes and ${rest} seconds`;
  const message = `Finished running ${line}${execution} (${seconds.toFixed(2)}s).`;
  return draft('FinishedRunningStats', 'E047', 'info', message, {
    stat_line: line,
    execution,
    execution_time: seconds,
  });
}

/** How a run ended. */
export interface RunEnd {
  readonly errors: number;
  readonly warnings: number;
  readonly partialSuccesses: number;
  readonly interrupted?: boolean;
}

/** The sentence above the list of failures. */
export function endOfRunSummary(end: RunEnd): EventDraft {
  const errors = plural(end.errors, 'error');
  const warnings = plural(end.warnings, 'warning');
  const partial = plural(end.partialSuccesses, 'partial success', 'partial successes');
  let message = 'Completed successfully';
  if (end.interrupted) message = 'Exited because of keyboard interrupt';
  else if (end.errors > 0) message = `Completed with ${errors}, ${partial}, and ${warnings}:`;
  else if (end.partialSuccesses > 0) message = `Completed with ${partial} and ${warnings}`;
  else if (end.warnings > 0) message = `Completed with ${warnings}:`;
  return draft('EndOfRunSummary', 'Z030', 'info', message, {
    num_errors: end.errors,
    num_warnings: end.warnings,
    num_partial_success: end.partialSuccesses,
    keyboard_interrupt: end.interrupted ?? false,
  });
}

/** A node in the list of failures. */
export interface ResultNode {
  readonly resourceType: string;
  readonly name: string;
  readonly path: string;
  readonly node?: NodeInfo;
}

/** Headline of a failure. */
export function runResultFailure(of: ResultNode): EventDraft {
  return draft('RunResultFailure', 'Z022', 'error', error(headline(of)), headlineData(of));
}

/** Headline of a warning. */
export function runResultWarning(of: ResultNode): EventDraft {
  return draft('RunResultWarning', 'Z021', 'warn', warning(headline(of)), headlineData(of));
}

/** What went wrong. Nodes that were skipped tell it on level debug. */
export function runResultError(message: string, node?: NodeInfo, level: EventLevel = 'error'): EventDraft {
  return draft('RunResultError', 'Z024', level, `  ${message}`, { msg: message, ...infoOf(node) });
}

/** What a warning warns of: `Got 1 result, configured to warn if != 0`. */
export function runResultWarningMessage(message: string, node?: NodeInfo): EventDraft {
  return draft('RunResultWarningMessage', 'Z046', 'warn', warning(message), { msg: message, ...infoOf(node) });
}

/** A failure that nothing was said about. */
export function runResultErrorNoMessage(status: string, node?: NodeInfo): EventDraft {
  return draft('RunResultErrorNoMessage', 'Z025', 'error', `  Status: ${status}`, { status, ...infoOf(node) });
}

/** The message of a data test that found rows; `condition` is `fail` or `warn` with the configured expression. */
export function gotResults(failures: number, condition: 'fail' | 'warn', expression: string): string {
  return `Got ${plural(failures, 'result')}, configured to ${condition} if ${expression}`;
}

/** Where to read the SQL that failed. */
export function sqlCompiledPath(path: string, node?: NodeInfo): EventDraft {
  return draft('SQLCompiledPath', 'Z026', 'info', `  compiled code at ${path}`, { path, ...infoOf(node) });
}

/** Where the failing rows were stored. */
export function checkNodeTestFailure(relation: string, node?: NodeInfo): EventDraft {
  const query = `select * from ${relation}`;
  const border = '-'.repeat(query.length);
  const message = `  See test failures:\n  ${border}\n  ${query}\n  ${border}`;
  return draft('CheckNodeTestFailure', 'Z027', 'info', message, { relation_name: relation, ...infoOf(node) });
}

/** Failing rows of a test (--show-failures), as a finished table. */
export function testFailureRows(table: string, node?: NodeInfo): EventDraft {
  const message = table
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  // The rows begin on a line of their own, so that the time in front of an event does not push the first aside.
  return draft('TestFailureRows', 'X001', 'error', `\n${message}`, { table, ...infoOf(node) });
}

/** Results by kind. */
export interface RunStats {
  readonly pass: number;
  readonly warn: number;
  readonly error: number;
  readonly skip: number;
  readonly noop: number;
  readonly reused: number;
  readonly total: number;
}

/** The last line of a run. */
export function statsLine(stats: RunStats): EventDraft {
  const message =
    `Done. PASS=${stats.pass} WARN=${stats.warn} ERROR=${stats.error} SKIP=${stats.skip} ` +
    `NO-OP=${stats.noop} REUSED=${stats.reused} TOTAL=${stats.total}`;
  return draft('StatsLine', 'Z023', 'info', message, { stats });
}

/** The last line of `compile` and of `source freshness`. */
export function plainDone(command: 'compile' | 'source freshness'): EventDraft {
  return command === 'compile'
    ? draft('CompileComplete', 'Q002', 'info', 'Done.')
    : draft('FreshnessCheckComplete', 'Q003', 'info', 'Done.');
}

/** What ended the command. `text` is a rendered diagnostic whose first line is `<Category> Error`. */
export function mainEncounteredError(text: string): EventDraft {
  return draft('MainEncounteredError', 'Z002', 'error', error(`Encountered an error:\n${text}`), { exc: text });
}

/** What ended an operation. */
export function runningOperationCaughtError(text: string): EventDraft {
  const message = error(`Encountered an error while running operation: ${text}`);
  return draft('RunningOperationCaughtError', 'Q001', 'error', message, { exc: text });
}

/** Ctrl-C. */
export function mainKeyboardInterrupt(): EventDraft {
  return draft('MainKeyboardInterrupt', 'Z001', 'info', 'ctrl-c');
}

/** A file of target/ was written. */
export function artifactWritten(type: string, path: string): EventDraft {
  const data = { artifact_type: type, artifact_path: path };
  return draft('ArtifactWritten', 'P001', 'debug', `Wrote artifact ${type} to ${path}`, data);
}

/** The end of the command, for the log. */
export function commandCompleted(command: string, success: boolean, at: Date, seconds: number): EventDraft {
  const word = success ? 'succeeded' : 'failed';
  const message = `Command \`${command}\` ${word} at ${clockTime(at)} after ${seconds.toFixed(2)} seconds`;
  const data = { command, success, completed_at: at.toISOString(), elapsed: seconds };
  return draft('CommandCompleted', 'Q039', 'debug', message, data);
}

/** What a command took of the machine: for the log, or for the console where it is asked for. */
export function resourceReport(command: string, success: boolean, seconds: number, visible: boolean): EventDraft {
  const { userCPUTime, systemCPUTime, maxRSS, fsRead, fsWrite } = process.resourceUsage();
  const data = {
    command_name: command,
    command_success: success,
    command_wall_clock_time: seconds,
    process_user_time: userCPUTime / 1e6,
    process_kernel_time: systemCPUTime / 1e6,
    process_mem_max_rss: String(maxRSS),
    process_in_blocks: String(fsRead),
    process_out_blocks: String(fsWrite),
  };
  return draft('ResourceReport', 'Z051', visible ? 'info' : 'debug', `Resource report: ${JSON.stringify(data)}`, data);
}

/** The folder that the state is read from is the one that is written to. */
export function warnStateTargetEqual(path: string): EventDraft {
  const message = warning(
    `The state and target directories are the same: '${path}'. Every run writes over the state it is compared with.`,
  );
  return draft('WarnStateTargetEqual', 'I072', 'warn', message, { shared_path: path });
}

/** `docs generate` asks the warehouse. */
export function buildingCatalog(): EventDraft {
  return draft('BuildingCatalog', 'E044', 'info', 'Building catalog');
}

/** `docs generate` is done. */
export function catalogWritten(path: string): EventDraft {
  return draft('CatalogWritten', 'E042', 'info', `Catalog written to ${path}`, { path });
}

/** A part of the catalog could not be read. */
export function catalogGenerationError(problem: string): EventDraft {
  const message = warning(`Encountered an error while generating catalog: ${problem}`);
  return draft('CatalogGenerationError', 'E040', 'warn', message, { exc: problem });
}

/** How many parts of the catalog could not be read. */
export function writeCatalogFailure(failures: number): EventDraft {
  const message = `xform encountered ${plural(failures, 'failure')} while writing the catalog`;
  return draft('WriteCatalogFailure', 'E041', 'error', message, { num_exceptions: failures });
}

/** A message under the mark of a warning. */
export function warning(message: string): string {
  return `[WARNING]: ${message}`;
}

/** A message under the mark of an error. */
export function error(message: string): string {
  return `[ERROR]: ${message}`;
}

function headline(of: ResultNode): string {
  return `in ${of.resourceType} ${of.name} (${of.path})`;
}

function headlineData(of: ResultNode): Readonly<Record<string, unknown>> {
  return { resource_type: of.resourceType, node_name: of.name, path: of.path, ...infoOf(of.node) };
}

function infoOf(node: NodeInfo | undefined): Readonly<Record<string, unknown>> {
  return node === undefined ? {} : { node_info: node };
}
