import { arch, platform, release } from 'node:os';
import { DiagnosticError, dbtVersion, emit, xformVersion } from '../../core/index.ts';
import { debugCmdOut, debugCmdResult } from '../../run/index.ts';
import { sessionPool } from '../session-pool.ts';
import type { Opening, Workspace } from '../workspace.ts';

const SKIPPING = 'Skipping steps before connection verification';

/** `debug`: says what was found, and whether the warehouse answers. */
export async function debug(opening: Opening): Promise<boolean> {
  const { invocation, flags, render } = opening;
  const say = (text: string): void => emit(invocation, debugCmdOut(text));
  const fail = (text: string): void => emit(invocation, debugCmdResult(`1 check failed:\n${text}`));
  say(`xform version: ${xformVersion()} (dbt ${dbtVersion})`);
  say(`node version: ${process.version}`);
  say(`node path: ${process.execPath}`);
  say(`os info: ${platform()}-${release()}-${arch()}`);
  let workspace: Workspace;
  try {
    workspace = await opening.workspace();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const { broken } = opening;
    if (flags.connection) say(SKIPPING);
    else {
      say('Configuration:');
      say(`  ${broken} file [ERROR invalid]`);
      if (broken === 'profiles.yml') say('  dbt_project.yml file [OK found and valid]');
    }
    say('Connection test skipped since no profile was found');
    const what = broken === 'profiles.yml' ? 'Profile' : 'Project';
    fail(`${what} loading failed for the following reason:\n${render(error.diagnostics)}`);
    return false;
  }
  const { project, profile, adapter, credentials } = workspace;
  say(`Using dbt_project.yml file at ${project.root}/dbt_project.yml`);
  say(
    profile.file
      ? `Using profiles.yml file at ${profile.file}`
      : 'Using the embedded DuckDB: no profiles.yml is needed',
  );
  say(`adapter type: ${adapter.type}`);
  say(`adapter version: ${adapter.version}`);
  if (flags.configDir) return true;
  if (flags.connection) say(SKIPPING);
  else {
    say('Configuration:');
    say(`  profiles.yml file ${profile.file ? '[OK found and valid]' : '[OK not needed]'}`);
    say('  dbt_project.yml file [OK found and valid]');
  }
  say('Connection:');
  for (const [name, value] of credentials.shown) say(`  ${name}: ${value}`);
  const pool = sessionPool(workspace);
  try {
    const session = await pool.take('debug');
    await session.execute('select 1 as id');
    emit(invocation, debugCmdResult('  Connection test: [OK connection ok]\n'));
    emit(invocation, debugCmdResult('All checks passed!'));
    return true;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    emit(invocation, debugCmdResult('  Connection test: [ERROR]\n'));
    fail(render(error.diagnostics));
    return false;
  } finally {
    await pool.close();
  }
}
