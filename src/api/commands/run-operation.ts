import { runResult } from '../../artifacts/index.ts';
import { findMacro, findPackageMacro, type MacroIndex, macroNames } from '../../builtins/index.ts';
import type { Workbench } from '../../compile/index.ts';
import { DiagnosticError, emit, nearest } from '../../core/index.ts';
import { callSteps, drive, fromPlain, type Value } from '../../jinja/index.ts';
import { diagnosticsOf, type Parsed } from '../../parse/index.ts';
import { Connection, formatting, runningOperationCaughtError, unknownOperation } from '../../run/index.ts';
import { workbench } from '../make-workbench.ts';
import { masterScope } from '../master-scope.ts';
import { writeManifest } from '../parse-workspace.ts';
import { sessionPool } from '../session-pool.ts';
import type { Opening, Workspace } from '../workspace.ts';
import { writeRunResults } from '../write-run-results.ts';

/** The full name of a macro that only a package has: without the package it is not found. */
function inPackage({ packages }: MacroIndex, name: string): string | undefined {
  const owner = [...packages].find(([, macros]) => macros.has(name))?.[0];
  return owner && `${owner}.${name}`;
}

/** `run-operation`: calls a macro with `--args`, or runs `--sql`, and commits. */
export async function runOperation(workspace: Workspace, parsed: Parsed, render: Opening['render']): Promise<boolean> {
  const bench = workbench(workspace, parsed, []);
  const started = performance.now();
  writeManifest(workspace, parsed.manifest);
  const success = await perform(workspace, bench, render);
  const unique_id = macroId(bench.macros, workspace.flags.macro);
  if (unique_id !== undefined) {
    const seconds = (performance.now() - started) / 1000;
    const status = success ? 'success' : 'error';
    const result = { unique_id, status, execution_time: seconds, failures: success ? 0 : 1, compiled: false } as const;
    writeRunResults(workspace, [runResult(result)], seconds);
  }
  return success;
}

/** The unique id of `name` or `package.name`, as dbt searches for it. */
function macroId(macros: MacroIndex, text: string | null): string | undefined {
  const [first = '', second] = (text ?? '').split('.', 2);
  const macro = second === undefined ? findMacro(macros, macros.root, first) : findPackageMacro(macros, first, second);
  return macro?.uniqueId;
}

/** Runs the macro or the SQL. False where it failed; the user has been told. */
async function perform(workspace: Workspace, bench: Workbench, render: Opening['render']): Promise<boolean> {
  const { flags, invocation } = workspace;
  const pool = sessionPool(workspace);
  const connection = new Connection(invocation, 'macro', () => pool.take('macro'));
  try {
    const { scope } = masterScope(bench, connection);
    if (flags.sql !== null) {
      const run = scope.macros.rootMacro('run_query');
      await drive(callSteps(run, [flags.sql], null, scope));
    } else {
      const [pkg, name] = (flags.macro ?? '').includes('.')
        ? (flags.macro!.split('.', 2) as [string, string])
        : [undefined, flags.macro ?? ''];
      const namespace = pkg === undefined ? undefined : scope.macros.lookup(pkg);
      const macro =
        pkg === undefined
          ? scope.macros.lookup(name)
          : (namespace as { getAttr(n: string): Value | undefined } | undefined)?.getAttr(name);
      if (macro === undefined)
        throw new DiagnosticError(
          unknownOperation({
            name: flags.macro ?? '',
            near: inPackage(bench.macros, name) ?? nearest(name, macroNames(bench.macros)),
          }),
        );
      const kwargs = new Map(
        Object.entries(flags.args).map(([key, value]): [string, Value] => [key, fromPlain(value)]),
      );
      await drive(callSteps(macro, [], kwargs, scope));
    }
    await connection.commit();
    return true;
  } catch (error) {
    const problems = diagnosticsOf(error);
    if (problems.some((problem) => problem.code === unknownOperation.code)) throw error;
    emit(invocation, formatting());
    emit(invocation, runningOperationCaughtError(render(problems)));
    return false;
  } finally {
    await connection.rollback();
    await pool.close();
  }
}
