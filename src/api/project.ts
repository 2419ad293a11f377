import type { Manifest } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import type { CommandName, Diagnostic, EventSink, GivenFlags, Io } from '../core/index.ts';
import { diagnosticsOf, type Parsed } from '../parse/index.ts';
import type { NodeResult } from '../run/index.ts';
import { analyse as analyseNodes } from './analyse.ts';
import { compile as compileNodes } from './commands/compile.ts';
import { list as listNodes } from './commands/list.ts';
import { parseWorkspace, writeManifest } from './parse-workspace.ts';
import { runNodes } from './run-nodes.ts';
import { selectNodes } from './select-nodes.ts';
import { type Opening, open, type Workspace } from './workspace.ts';

/** How a program calls xform: flags under their names in camel case, and the world around. */
export interface Settings extends GivenFlags {
  /** Folder to stand in; the process's own by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Told of every event as it happens, under dbt's names. */
  readonly onEvent?: EventSink;
}

/** What came of a call. Problems of the project are told here, not thrown. */
export interface Outcome<Value> {
  readonly success: boolean;
  readonly problems: readonly Diagnostic[];
  readonly value?: Value;
}

const silent = (): void => {};

/** Carries out one command in this process. Several may run side by side: nothing is shared between them. */
async function call<Value>(
  command: CommandName,
  settings: Settings,
  work: (
    workspace: Workspace,
    parsed: Parsed,
    render: Opening['render'],
  ) => Promise<{ value: Value; success: boolean }>,
): Promise<Outcome<Value>> {
  const { cwd = process.cwd(), env = process.env, signal = new AbortController().signal, onEvent, ...given } = settings;
  const io: Io = { cwd, env, stdout: silent, stderr: silent, isTTY: false, columns: 80, signal: () => signal };
  let opening: Opening | undefined;
  try {
    opening = await open(command, { logLevelFile: 'none', ...given }, io, onEvent ? [onEvent] : []);
    const workspace = await opening.workspace();
    const parsed = parseWorkspace(workspace, opening.render);
    const outcome = { ...(await work(workspace, parsed, opening.render)), problems: parsed.problems };
    workspace.cache?.save();
    return outcome;
  } catch (error) {
    return { success: false, problems: diagnosticsOf(error) };
  } finally {
    opening?.reporter.close();
  }
}

/** Parses a project into dbt's manifest. */
export function parse(settings: Settings = {}): Promise<Outcome<Manifest>> {
  return call('parse', settings, async (workspace, parsed) => {
    writeManifest(workspace, parsed.manifest);
    return { value: parsed.manifest, success: true };
  });
}

/** The selected nodes as `ls` prints them. */
export function list(settings: Settings = {}): Promise<Outcome<readonly string[]>> {
  return call('list', settings, async (workspace, parsed) => ({ value: listNodes(workspace, parsed), success: true }));
}

/** The SQL of the selected nodes, by unique id. */
export function compile(settings: Settings = {}): Promise<Outcome<ReadonlyMap<string, string>>> {
  return call('compile', settings, async (workspace, parsed) => {
    const { outcomes } = await compileNodes(workspace, parsed);
    const sql = outcomes.flatMap(({ compiled }): [string, string][] =>
      compiled ? [[compiled.node.unique_id, compiled.sql]] : [],
    );
    return { value: new Map(sql), success: true };
  });
}

/** What is known of the columns of the selected nodes and of all that they stand on, without a warehouse. */
export function analyse(settings: Settings = {}): Promise<Outcome<ReadonlyMap<string, AnalysedNode>>> {
  return call('check', settings, async (workspace, parsed) => {
    const analysed = await analyseNodes(workspace, parsed, selectNodes(workspace, parsed));
    return { value: analysed, success: true };
  });
}

function runner(command: 'build' | 'run' | 'test') {
  return (settings: Settings = {}): Promise<Outcome<readonly NodeResult[]>> =>
    call(command, settings, async (workspace, parsed, render) => {
      const { results, success } = await runNodes(workspace, parsed, selectNodes(workspace, parsed), render);
      return { value: results, success };
    });
}

/** Builds the selected seeds, models and snapshots, and tests them. */
export const build = runner('build');
/** Builds the selected models. */
export const run = runner('run');
/** Runs the selected tests. */
export const test = runner('test');
