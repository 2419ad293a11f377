/**
 * The lines a run prints about single nodes: name, code, level and wording as dbt 1.12 has them, because people grep
 * them and tools read them. What is described is up to the caller, in dbt's words: `sql view model main.stg`,
 * `seed file main.raw`, `snapshot snaps.raw_snap`, `test not_null_id`, `unit_test model::name`, `batch 2024-01-01 of
 * main.mb`, `function main.f`, `freshness of src.raw`.
 */
import { isRefable } from '../artifacts/index.ts';
import type { EventLevel } from '../core/index.ts';
import { dottedLine, type EventDraft, type LinePlace, type NodeInfo } from './event-line.ts';

/** A node that has ended. */
export interface Ended extends LinePlace {
  readonly status: string;
  /** Seconds. */
  readonly seconds: number;
  /** The group of the node, where it has one. */
  readonly group?: Readonly<Record<string, unknown>>;
}

function draft(
  name: string,
  code: string,
  level: EventLevel,
  message: string,
  data: Readonly<Record<string, unknown>>,
  place?: { readonly node?: NodeInfo; readonly group?: Readonly<Record<string, unknown>> },
): EventDraft {
  return {
    name,
    code,
    level,
    message,
    data: {
      ...data,
      ...(place?.node === undefined ? {} : { node_info: place.node }),
      ...(place?.group === undefined ? {} : { group: place.group }),
    },
  };
}

/** `1 of 3 START sql view model main.a .... [RUN]` */
export function logStartLine(description: string, place: LinePlace): EventDraft {
  const { index, total } = place;
  const message = dottedLine(`START ${description}`, 'RUN', place);
  return draft('LogStartLine', 'Q011', 'info', message, { description, index, total }, place);
}

/** The end of a model. `status` is `error`, or the words of the result: `OK`, `SELECT 3`, `PARTIAL SUCCESS (1/2)`. */
export function logModelResult(description: string, ended: Ended): EventDraft {
  const failed = ended.status === 'error';
  const partial = ended.status.includes('PARTIAL SUCCESS');
  const info = failed ? 'ERROR creating' : partial ? 'PARTIALLY created' : 'OK created';
  const shown = failed || partial ? ended.status.toUpperCase() : ended.status;
  const message = dottedLine(`${info} ${description}`, shown, ended, ended.seconds);
  const data = { description, ...numbers(ended), status: ended.status };
  return draft('LogModelResult', 'Q012', failed ? 'error' : 'info', message, data, ended);
}

/** The end of a user-defined function. */
export function logFunctionResult(description: string, ended: Ended): EventDraft {
  const info = ended.status === 'error' ? 'ERROR creating' : ended.status === 'skipped' ? 'SKIP' : 'OK created';
  const message = dottedLine(`${info} ${description}`, ended.status.toUpperCase(), ended, ended.seconds);
  const data = { description, ...numbers(ended), status: ended.status };
  return draft('LogFunctionResult', 'Q047', ended.status === 'error' ? 'error' : 'info', message, data, ended);
}

/** The end of a seed; `resultMessage` is the word in the brackets, `INSERT 3`. */
export function logSeedResult(
  seed: { readonly schema: string; readonly relation: string; readonly resultMessage: string },
  ended: Ended,
): EventDraft {
  const failed = ended.status === 'error';
  const text = `${failed ? 'ERROR loading' : 'OK loaded'} seed file ${seed.schema}.${seed.relation}`;
  const message = dottedLine(text, failed ? 'ERROR' : seed.resultMessage, ended, ended.seconds);
  const { schema, relation } = seed;
  const data = { status: ended.status, result_message: seed.resultMessage, ...numbers(ended), schema, relation };
  return draft('LogSeedResult', 'Q016', failed ? 'error' : 'info', message, data, ended);
}

/** The end of a snapshot; `description` is `snapshot schema.name`, `config` its configuration. */
export function logSnapshotResult(
  snapshot: {
    readonly description: string;
    readonly resultMessage: string;
    readonly config?: Readonly<Record<string, string>>;
  },
  ended: Ended,
): EventDraft {
  const failed = ended.status === 'error';
  const text = `${failed ? 'ERROR snapshotting' : 'OK snapshotted'} ${snapshot.description}`;
  const message = dottedLine(text, failed ? 'ERROR' : snapshot.resultMessage, ended, ended.seconds);
  const data = {
    description: snapshot.description,
    status: ended.status,
    result_message: snapshot.resultMessage,
    ...numbers(ended),
    cfg: snapshot.config ?? {},
  };
  return draft('LogSnapshotResult', 'Q015', failed ? 'error' : 'info', message, data, ended);
}

const testLevels: Readonly<Record<string, EventLevel>> = { pass: 'info', warn: 'warn', fail: 'error', error: 'error' };

/** The end of a data test or unit test: `PASS name`, `FAIL 2 name`. */
export function logTestResult(name: string, failures: number | null, ended: Ended): EventDraft {
  const word =
    ended.status === 'pass' || ended.status === 'error'
      ? ended.status.toUpperCase()
      : `${ended.status.toUpperCase()} ${failures ?? 0}`;
  const message = dottedLine(`${word} ${name}`, word, ended, ended.seconds);
  const { index, total, seconds } = ended;
  const data = {
    name,
    status: ended.status,
    index,
    num_models: total,
    execution_time: seconds,
    num_failures: failures ?? 0,
  };
  return draft('LogTestResult', 'Q007', testLevels[ended.status] ?? 'info', message, data, ended);
}

const freshnessWords: Readonly<Record<string, readonly [string, EventLevel]>> = {
  'runtime error': ['ERROR', 'error'],
  error: ['ERROR STALE', 'error'],
  warn: ['WARN', 'warn'],
  pass: ['PASS', 'info'],
};

/** The end of a freshness check. */
export function logFreshnessResult(
  source: { readonly source: string; readonly table: string },
  ended: Ended,
): EventDraft {
  const [word, level] = freshnessWords[ended.status] ?? ['PASS', 'info' as const];
  const message = dottedLine(`${word} freshness of ${source.source}.${source.table}`, word, ended, ended.seconds);
  const data = { status: ended.status, ...numbers(ended), source_name: source.source, table_name: source.table };
  return draft('LogFreshnessResult', 'Q018', level, message, data, ended);
}

/** The start of a batch of a microbatch model; index and total count batches. */
export function logStartBatch(description: string, place: LinePlace): EventDraft {
  const message = `Batch ${dottedLine(`START ${description}`, 'RUN', place)}`;
  const data = { description, batch_index: place.index, total_batches: place.total };
  return draft('LogStartBatch', 'Q045', 'info', message, data, place);
}

/** The end of a batch of a microbatch model. */
export function logBatchResult(description: string, ended: Ended): EventDraft {
  const { status } = ended;
  const info = status === 'error' ? 'ERROR creating' : status === 'skipped' ? 'SKIP' : 'OK created';
  const shown = status === 'error' || status === 'skipped' ? status.toUpperCase() : status;
  const message = `Batch ${dottedLine(`${info} ${description}`, shown, ended, ended.seconds)}`;
  const data = {
    description,
    status,
    batch_index: ended.index,
    total_batches: ended.total,
    execution_time: ended.seconds,
  };
  return draft('LogBatchResult', 'Q046', status === 'error' ? 'error' : 'info', message, data, ended);
}

/** The start of an overload of a function; index and total count overloads. */
export function logStartOverload(description: string, place: LinePlace): EventDraft {
  const message = `Overload ${dottedLine(`START ${description}`, 'RUN', place)}`;
  const data = { description, overload_index: place.index, total_overloads: place.total };
  return draft('LogStartOverload', 'Q048', 'info', message, data, place);
}

/** The end of an overload of a function. */
export function logOverloadResult(description: string, ended: Ended): EventDraft {
  const { status } = ended;
  const info = status === 'error' ? 'ERROR creating' : 'OK created';
  const message = `Overload ${dottedLine(`${info} ${description}`, status.toUpperCase(), ended, ended.seconds)}`;
  const data = {
    description,
    status,
    overload_index: ended.index,
    total_overloads: ended.total,
    execution_time: ended.seconds,
  };
  return draft('LogOverloadResult', 'Q049', status === 'error' ? 'error' : 'info', message, data, ended);
}

/** A node that has nothing to do: an exposure in a build. */
export function logNodeNoOpResult(description: string, ended: Omit<Ended, 'status'>): EventDraft {
  const message = dottedLine(`NO-OP ${description}`, 'NO-OP', ended, ended.seconds);
  const data = { description, ...numbers(ended), status: 'no-op' };
  return draft('LogNodeNoOpResult', 'Q019', 'info', message, data, ended);
}

/** A node left out because one before it failed: `SKIP relation main.b`, `SKIP test unique_b`. */
export function skippingDetails(
  skipped: { readonly resourceType: string; readonly schema: string; readonly name: string },
  place: LinePlace,
): EventDraft {
  const text = isRefable(skipped.resourceType)
    ? `SKIP relation ${skipped.schema}.${skipped.name}`
    : `SKIP ${skipped.resourceType} ${skipped.name}`;
  const data = {
    resource_type: skipped.resourceType,
    schema: skipped.schema,
    node_name: skipped.name,
    index: place.index,
    total: place.total,
  };
  return draft('SkippingDetails', 'Q034', 'info', dottedLine(text, 'SKIP', place), data, place);
}

/** A node left out because an ephemeral model it inlines could not be compiled. */
export function logSkipBecauseError(
  skipped: { readonly schema: string; readonly relation: string; readonly status: string },
  place: LinePlace,
): EventDraft {
  const text = `SKIP relation ${skipped.schema}.${skipped.relation} due to ephemeral model status '${skipped.status}'`;
  const data = { ...skipped, index: place.index, total: place.total };
  return draft('LogSkipBecauseError', 'Z034', 'error', dottedLine(text, 'ERROR SKIP', place), data);
}

/** A query stopped on the user's wish. */
export function logCancelLine(connection: string, width?: number): EventDraft {
  const message = dottedLine(`CANCEL query ${connection}`, 'CANCEL', { index: null, total: null, width });
  return draft('LogCancelLine', 'Q022', 'error', message, { conn_name: connection });
}

/** The start of a hook of the project; `statement` is `package.on-run-start.0`. */
export function logHookStartLine(statement: string, place: LinePlace): EventDraft {
  const message = dottedLine(`START hook: ${statement}`, 'RUN', place, undefined, { truncate: true });
  return draft(
    'LogHookStartLine',
    'Q032',
    'info',
    message,
    { statement, index: place.index, total: place.total },
    place,
  );
}

/** The end of a hook of the project; `status` is success, skipped or error. */
export function logHookEndLine(statement: string, ended: Ended): EventDraft {
  const word = ended.status === 'success' ? 'OK' : ended.status === 'skipped' ? 'SKIP' : 'ERROR';
  const message = dottedLine(`${word} hook: ${statement}`, word, ended, ended.seconds, { truncate: true });
  const data = { statement, status: ended.status, ...numbers(ended) };
  return draft('LogHookEndLine', 'Q033', 'info', message, data, ended);
}

/** A node is picked up. */
export function nodeStart(node: NodeInfo): EventDraft {
  return draft('NodeStart', 'Q024', 'debug', `Began running node ${node.unique_id}`, {}, { node });
}

/** A node is compiled. */
export function nodeCompiling(node: NodeInfo): EventDraft {
  return draft('NodeCompiling', 'Q030', 'debug', `Began compiling node ${node.unique_id}`, {}, { node });
}

/** A node is executed. */
export function nodeExecuting(node: NodeInfo): EventDraft {
  return draft('NodeExecuting', 'Q031', 'debug', `Began executing node ${node.unique_id}`, {}, { node });
}

/** A node is done with, whatever came of it. `result` is its entry of run_results.json. */
export function nodeFinished(node: NodeInfo, result: Readonly<Record<string, unknown>> = {}): EventDraft {
  const message = `Finished running node ${node.unique_id}`;
  return draft('NodeFinished', 'Q025', 'debug', message, { run_result: result }, { node });
}

function numbers(ended: Omit<Ended, 'status'>): Readonly<Record<string, unknown>> {
  return { index: ended.index, total: ended.total, execution_time: ended.seconds };
}
