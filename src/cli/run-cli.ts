// In: the words of a command line. Out: a command with its flags for the api, and an exit code.
import { DiagnosticError, type Execute, type Io, isSystemError, systemProblem } from '../core/index.ts';
import { internalError, renderDiagnostics, wantsColors } from '../report/index.ts';
import { commands } from './commands/index.ts';
import { parseArguments } from './program.ts';
import { UsageError, usageText } from './usage-error.ts';

/** Where `execute` comes from: loaded only when there is a command to carry out. */
export type LoadApi = () => Promise<{ readonly execute: Execute }>;

/** Carries out one command line and returns the exit code. */
export async function runCli(
  argv: readonly string[],
  io: Io,
  load: LoadApi,
  read: (file: string) => string | undefined,
): Promise<number> {
  let command = 'xform';
  let debug = argv.includes('--debug') || argv.includes('-d');
  try {
    const parsed = parseArguments(argv, commands);
    if (parsed.help !== undefined) {
      io.stdout(parsed.help);
      // A bare `xform` is a question, not a success; dbt answers it the same way.
      return argv.length === 0 ? 2 : 0;
    }
    command = `xform ${parsed.command}`;
    debug = parsed.given.debug === true;
    const { execute } = await load();
    return (await execute(parsed.command, parsed.given, io)).exitCode;
  } catch (error) {
    if (error instanceof UsageError) io.stderr(usageText(error.command, error.message));
    else if (error instanceof DiagnosticError) tellDiagnostics(error, command, io, read);
    else if (isSystemError(error)) tellDiagnostics(new DiagnosticError(systemProblem(error)!), command, io, read);
    else {
      const { text, stack } = internalError(error);
      const more = debug ? stack : 'Run the command again with --debug to see where it happened.';
      io.stderr(`${text}\n${more}\n`);
    }
    return 2;
  }
}

function tellDiagnostics(error: DiagnosticError, command: string, io: Io, read: (file: string) => string | undefined) {
  const usage = error.diagnostics.find(({ category, severity }) => category === 'Usage' && severity === 'error');
  if (usage !== undefined) {
    io.stderr(usageText(command, [`${usage.message} [${usage.code}]`, ...usage.help].join('\n')));
    return;
  }
  const colors = wantsColors({ useColors: true, explicit: false, isTTY: io.isTTY, env: io.env });
  const text = renderDiagnostics(error.diagnostics, { read, colors, width: io.columns });
  io.stdout(`Encountered an error:\n${text}\n`);
}
