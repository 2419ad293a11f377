/** What commands were asked to print, what templates say, and what is sent to the warehouse. */
import type { EventLevel } from '../core/index.ts';
import type { EventDraft, NodeInfo } from './event-line.ts';
import { warning } from './session-events.ts';

function draft(
  name: string,
  code: string,
  level: EventLevel,
  message: string,
  data: Readonly<Record<string, unknown>> = {},
): EventDraft {
  return { name, code, level, message, data };
}

/** Bare text: `print()` in a template, a line of `ls`. */
export function printEvent(text: string): EventDraft {
  return draft('PrintEvent', 'Z052', 'info', text, { msg: text });
}

/** A line of `ls`; dbt prints them as bare text. */
export const listCmdOut = printEvent;

/** How a node is shown. */
export interface Shown {
  readonly name: string;
  readonly uniqueId: string;
  readonly inline: boolean;
  readonly format: 'text' | 'json';
  /** With --quiet, no headline. */
  readonly quiet: boolean;
}

/**
 * Rows of `show`. `preview` is a table, or JSON text, indented by two, where the format is json. The JSON is put in as
 * text: parsing it here would round 64-bit integers.
 */
export function showNode(preview: string, shown: Shown): EventDraft {
  const json = (): string => {
    const node = shown.inline ? '' : `  "node": ${jsonIn(shown.name)},\n`;
    return `{\n${node}  "show": ${preview.trimEnd().replaceAll('\n', '\n  ')}\n}`;
  };
  const head = shown.inline ? 'Previewing inline node:' : `Previewing node '${shown.name}':`;
  const text = shown.quiet ? preview : `${head}\n${preview}`;
  const message = shown.format === 'json' ? json() : text;
  return draft('ShowNode', 'Q041', 'info', message, { preview, ...dataOf(shown) });
}

/** SQL of `compile`. */
export function compiledNode(compiled: string, shown: Shown): EventDraft {
  const head = shown.inline ? 'Compiled inline node is:' : `Compiled node '${shown.name}' is:`;
  const text = shown.quiet ? compiled : `${head}\n${compiled}`;
  const json = (): string => jsonIn(shown.inline ? { compiled } : { node: shown.name, compiled });
  const message = shown.format === 'json' ? json() : text;
  return draft('CompiledNode', 'Q042', 'info', message, { compiled, ...dataOf(shown) });
}

/** A line of `debug`. */
export function debugCmdOut(message: string): EventDraft {
  return draft('DebugCmdOut', 'Z047', 'info', message, { msg: message });
}

/** A verdict of `debug`. */
export function debugCmdResult(message: string): EventDraft {
  return draft('DebugCmdResult', 'Z048', 'info', message, { msg: message });
}

/** `log(…, info=true)` in a template. */
export function jinjaLogInfo(message: string, node?: NodeInfo): EventDraft {
  return draft('JinjaLogInfo', 'I062', 'info', message, { msg: message, ...infoOf(node) });
}

/** `log(…)` in a template. */
export function jinjaLogDebug(message: string, node?: NodeInfo): EventDraft {
  return draft('JinjaLogDebug', 'I063', 'debug', message, { msg: message, ...infoOf(node) });
}

/** `exceptions.warn(…)` in a template. */
export function jinjaLogWarning(message: string, node?: NodeInfo): EventDraft {
  return draft('JinjaLogWarning', 'I061', 'warn', warning(message), { msg: message, ...infoOf(node) });
}

/** A switch of `adapter.behavior` is asked for and off. */
export function behaviorChange(message: string, flag: string): EventDraft {
  return draft('BehaviorChangeEvent', 'D000', 'warn', warning(message), { flag_name: flag, description: message });
}

/** A remark that fits no other event. */
export function note(message: string, level: EventLevel = 'info'): EventDraft {
  return draft('Note', 'Z050', level, message, { msg: message });
}

/** A mistake in SQL that was found before it was sent. */
export function staticAnalysisFinding(message: string, level: 'warn' | 'error', code: string): EventDraft {
  return draft('StaticAnalysisFinding', 'Z052', level, message, { msg: message, code });
}

/** A statement on its way to the warehouse. */
export function sqlQuery(connection: string, sql: string, node?: NodeInfo): EventDraft {
  return draft('SQLQuery', 'E016', 'debug', `On ${connection}: ${sql}`, {
    conn_name: connection,
    sql,
    ...infoOf(node),
  });
}

/** The warehouse's answer. */
export function sqlQueryStatus(status: string, seconds: number, queryId = '', node?: NodeInfo): EventDraft {
  const message = `SQL status: ${status} in ${seconds.toFixed(3)} seconds`;
  const data = { status, elapsed: seconds, query_id: queryId, ...infoOf(node) };
  return draft('SQLQueryStatus', 'E017', 'debug', message, data);
}

/** A step of a dry run; `lines` stand under its headline. */
export function plannedStep(
  headline: string,
  lines: string,
  step: {
    readonly id: string;
    readonly intent: string;
    readonly after: readonly string[];
    readonly sql: string | null;
  },
): EventDraft {
  const text = lines.trimEnd().replace(/^(?=.)/gm, '    ');
  return draft('PlannedStep', 'X002', 'info', `${headline}\n${text}`, { unique_id: step.id, ...step });
}

/** Headline of `seed --show`. */
export function seedHeader(schema: string, alias: string): EventDraft {
  const header = `Random sample of table: ${schema}.${alias}`;
  return draft('SeedHeader', 'Q004', 'info', header, { header });
}

/** The lines of `clean`. */
export function checkCleanPath(path: string): EventDraft {
  return draft('CheckCleanPath', 'Z012', 'info', `Checking ${path}/*`, { path });
}

/** A folder was emptied by `clean`. */
export function confirmCleanPath(path: string): EventDraft {
  return draft('ConfirmCleanPath', 'Z013', 'info', `Cleaned ${path}/*`, { path });
}

/** `clean` is done. */
export function finishedCleanPaths(): EventDraft {
  return draft('FinishedCleanPaths', 'Z015', 'info', 'Finished cleaning all paths.');
}

/** Where `parse` wrote its timings. */
export function parsePerfInfoPath(path: string): EventDraft {
  return draft('ParsePerfInfoPath', 'I010', 'info', `Performance info: ${path}`, { path });
}

/** Python's `json.dumps(…, indent=2)` escapes all but ASCII, and tools compare texts. */
function jsonIn(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function dataOf(shown: Shown): Readonly<Record<string, unknown>> {
  return {
    node_name: shown.name,
    is_inline: shown.inline,
    output_format: shown.format,
    unique_id: shown.uniqueId,
    quiet: shown.quiet,
  };
}

function infoOf(node: NodeInfo | undefined): Readonly<Record<string, unknown>> {
  return node === undefined ? {} : { node_info: node };
}
