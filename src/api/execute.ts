import { type CommandName, DiagnosticError, type Execute, emit, type Io } from '../core/index.ts';
import { JinjaError } from '../jinja/index.ts';
import { jinjaDiagnostic } from '../parse/index.ts';
import { commandCompleted, mainEncounteredError, plainDone } from '../run/index.ts';
import { clean } from './commands/clean.ts';
import { compile } from './commands/compile.ts';
import { debug } from './commands/debug.ts';
import { init } from './commands/init.ts';
import { list } from './commands/list.ts';
import { runOperation } from './commands/run-operation.ts';
import { show } from './commands/show.ts';
import { parseWorkspace, writeManifest } from './parse-workspace.ts';
import { runNodes } from './run-nodes.ts';
import { selectNodes } from './select-nodes.ts';
import { type Opening, open } from './workspace.ts';

/** Runs one command to its end, as the command line does. */
export const execute: Execute = async (command, given, io) => {
  const opening = await open(command, given, io);
  const { invocation, reporter, render } = opening;
  const started = performance.now();
  let exitCode: 0 | 1 | 2 = 2;
  try {
    exitCode = (await carryOut(command, opening, io)) ? 0 : 1;
  } catch (error) {
    const problems =
      error instanceof JinjaError
        ? [jinjaDiagnostic(error)]
        : error instanceof DiagnosticError
          ? error.diagnostics
          : undefined;
    if (!problems) throw error;
    emit(invocation, mainEncounteredError(render(problems)));
  } finally {
    emit(
      invocation,
      commandCompleted(`xform ${command}`, exitCode === 0, invocation.now(), (performance.now() - started) / 1000),
    );
    reporter.close();
  }
  return { exitCode };
};

/** Does what a command does. False where a node, a test or a check failed. */
async function carryOut(command: CommandName, opening: Opening, io: Io): Promise<boolean> {
  const { render, invocation } = opening;
  if (command === 'init') {
    await init(opening, io);
    return true;
  }
  if (command === 'debug') return debug(opening);
  const workspace = await opening.workspace();
  if (command === 'clean') return clean(workspace);
  const parsed = parseWorkspace(workspace, render);
  switch (command) {
    case 'parse':
      writeManifest(workspace, parsed.manifest);
      return true;
    case 'list':
      writeManifest(workspace, parsed.manifest);
      list(workspace, parsed);
      return true;
    case 'compile':
      await compile(workspace, parsed);
      emit(invocation, plainDone('compile'));
      return true;
    case 'show':
      await show(workspace, parsed);
      return true;
    case 'run-operation':
      return runOperation(workspace, parsed, render);
    default: {
      const { success } = await runNodes(workspace, parsed, selectNodes(workspace, parsed), render);
      return success;
    }
  }
}
