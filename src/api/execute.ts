import type { Manifest } from '../artifacts/index.ts';
import {
  type CommandName,
  DiagnosticError,
  type Execute,
  emit,
  type GivenFlags,
  type Invocation,
  type Io,
} from '../core/index.ts';
import { diagnosticsOf } from '../parse/index.ts';
import { commandCompleted, mainEncounteredError, note, plainDone, resourceReport } from '../run/index.ts';
import { check } from './commands/check.ts';
import { clean } from './commands/clean.ts';
import { clone } from './commands/clone.ts';
import { compile } from './commands/compile.ts';
import { debug } from './commands/debug.ts';
import { deps } from './commands/deps.ts';
import { docsGenerate } from './commands/docs-generate.ts';
import { docsServe } from './commands/docs-serve.ts';
import { impact } from './commands/impact.ts';
import { init } from './commands/init.ts';
import { lineage } from './commands/lineage.ts';
import { list } from './commands/list.ts';
import { runOperation } from './commands/run-operation.ts';
import { show } from './commands/show.ts';
import { sourceFreshness } from './commands/source-freshness.ts';
import { sourcesPull } from './commands/sources-pull.ts';
import { dryRun } from './dry-run.ts';
import { parseWorkspace, writeManifest } from './parse-workspace.ts';
import { type RetriedCommand, retriedCommand } from './retried-command.ts';
import { runNodes } from './run-nodes.ts';
import { selectNodes } from './select-nodes.ts';
import { type Opening, open, type Workspace } from './workspace.ts';

/** Runs one command to its end, as the command line does. */
export const execute: Execute = async (command, given, io) => {
  const again = command === 'retry' ? retried(given, io) : undefined;
  const opening = await open(again?.command ?? command, again?.given ?? given, io);
  const { invocation, reporter, render, flags } = opening;
  const started = performance.now();
  let exitCode: 0 | 1 | 2 = 2;
  try {
    if (again?.problem) throw again.problem;
    exitCode = (await carryOut(again?.command ?? command, opening, io, again)) ? 0 : 1;
  } catch (error) {
    const problems = diagnosticsOf(error);
    emit(invocation, mainEncounteredError(render(problems)));
  } finally {
    emit(
      invocation,
      commandCompleted(`xform ${command}`, exitCode === 0, invocation.now(), (performance.now() - started) / 1000),
    );
    emit(
      invocation,
      resourceReport(command, exitCode === 0, (performance.now() - started) / 1000, flags.showResourceReport),
    );
    reporter.close();
  }
  return { exitCode };
};

/** A command to do again, or why that cannot be; the reason is told when there is a reporter to tell it. */
type Again = Partial<RetriedCommand> & { readonly problem?: DiagnosticError };

function retried(given: GivenFlags, io: Io): Again {
  try {
    return retriedCommand(given, io);
  } catch (error) {
    if (error instanceof DiagnosticError) return { problem: error };
    throw error;
  }
}

/** Says which nodes to retry are not in the project any more, as they are left out. */
function tellGone(invocation: Invocation, { nodes, unit_tests }: Manifest, again: Again | undefined): void {
  const gone = [...(again?.only ?? [])].filter((id) => !nodes[id] && !unit_tests[id] && !id.startsWith('operation.'));
  if (gone.length)
    emit(invocation, note(`[WARNING]: No longer in the project, so not retried: ${gone.join(', ')}`, 'warn'));
}

/** Does what a command does. False where a node, a test or a check failed. */
async function carryOut(command: CommandName, opening: Opening, io: Io, again?: Again): Promise<boolean> {
  if (command === 'init') {
    await init(opening, io);
    return true;
  }
  if (command === 'debug') return debug(opening);
  if (command === 'deps') {
    await deps(opening);
    return true;
  }
  const workspace = await opening.workspace();
  try {
    return await carryOutIn(workspace, command, opening, again);
  } finally {
    workspace.cache?.save();
  }
}

async function carryOutIn(
  workspace: Workspace,
  command: CommandName,
  opening: Opening,
  again?: Again,
): Promise<boolean> {
  const { render, invocation } = opening;
  if (command === 'clean') {
    clean(workspace);
    return true;
  }
  if (command === 'docs serve') return docsServe(workspace);
  const parsed = parseWorkspace(workspace, render);
  tellGone(invocation, parsed.manifest, again);
  switch (command) {
    case 'parse':
      writeManifest(workspace, parsed.manifest);
      return true;
    case 'list':
      writeManifest(workspace, parsed.manifest);
      list(workspace, parsed);
      return true;
    case 'compile':
      await compile(workspace, parsed, again?.only);
      emit(invocation, plainDone('compile'));
      return true;
    case 'check':
      return check(workspace, parsed, render);
    case 'lineage':
      await lineage(workspace, parsed);
      return true;
    case 'impact':
      await impact(workspace, parsed);
      return true;
    case 'clone':
      return clone(workspace, parsed, render, again?.only);
    case 'docs generate':
      return docsGenerate(workspace, parsed);
    case 'sources pull':
      return sourcesPull(workspace, parsed);
    case 'source freshness':
      return sourceFreshness(workspace, parsed, render);
    case 'show':
      writeManifest(workspace, parsed.manifest);
      await show(workspace, parsed);
      return true;
    case 'run-operation':
      if (again?.only?.size === 0) return true;
      writeManifest(workspace, parsed.manifest);
      return runOperation(workspace, parsed, render);
    default: {
      const selected = again?.only ?? selectNodes(workspace, parsed);
      if (workspace.flags.dryRun) return dryRun(workspace, parsed, selected, render);
      const { success } = await runNodes(workspace, parsed, selected, render, again?.earlier);
      return success;
    }
  }
}
