import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The command line that is tested: the bundle of this repository, or the one XFORM_CLI names. */
const main = process.env.XFORM_CLI ?? path.join(root, 'dist', 'cli', 'main.js');

/** Builds the bundle where there is none yet. */
export async function prepareCli(): Promise<void> {
  if (existsSync(main)) return;
  const { code, output } = await node([path.join(root, 'scripts', 'build.mjs'), '--cli-only'], root, process.env);
  if (code !== 0) throw new Error(`the command line cannot be built:\n${output}`);
}

/** What a command came to. Output is stdout, then stderr. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** What a process may not do. */
export interface Restraint {
  /** It is another user than the superuser, who may do everything. */
  readonly as?: { readonly uid: number; readonly gid: number };
  /** No file may become longer than so many blocks of 512 bytes: to the process it is as if the disk were full. */
  readonly blocks?: number;
}

function node(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  { as, blocks }: Restraint = {},
): Promise<Ended> {
  return new Promise((done, failed) => {
    const [command, ...words] =
      blocks === undefined
        ? [process.execPath, ...args]
        : ['/bin/sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', process.execPath, ...args];
    const child = spawn(command, words, { cwd, env, ...as, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', failed);
    child.on('close', (code) => done({ code, output: stdout + stderr }));
  });
}

/** A folder in which several projects can lie, with a home of its own so that nothing of the user's is read. */
export class Desk {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'xform-errors-'));
  readonly home = path.join(this.folder, 'home');

  /** Runs the command line as a user would, in a folder. */
  run(
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>> = {},
    restraint: Restraint = {},
  ): Promise<Ended> {
    const { PATH = '' } = process.env;
    // Tests that are about the analysis call `check`, or ask for it.
    const quick = { XFORM_STATIC_ANALYSIS: 'off' };
    const own = {
      ...quick,
      HOME: this.home,
      XDG_CACHE_HOME: path.join(this.home, '.cache'),
      PATH,
      TZ: 'UTC',
      NO_COLOR: '1',
    };
    return node([main, ...args], cwd, { ...own, ...env }, restraint);
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Keeps a DuckDB file open in another process until the returned function is called. */
export async function hold(file: string): Promise<() => Promise<void>> {
  const code = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
    const held = await DuckDBInstance.create(process.argv[1]);
    console.log('held');
    process.stdin.on('end', () => held.closeSync()).resume();
  });`;
  const child = spawn(process.execPath, ['-e', code, file], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((ready) => child.stdout.once('data', ready));
  return async () => {
    const gone = new Promise((closed) => child.once('close', closed));
    child.stdin.end();
    await gone;
  };
}

/** Text without what differs from run to run and from machine to machine. */
export function normalized(text: string, project: string, desk: Desk): string {
  return (
    text
      .replaceAll(project, '<project>')
      .replaceAll(desk.home, '<home>')
      .replaceAll(desk.folder, '<tmp>')
      .replaceAll(process.execPath, '<node>')
      .replace(/^\d\d:\d\d:\d\d {2}/gm, '')
      .replace(/in \d+ hours? \d+ minutes? and \d+\.\d\d seconds \(\d+\.\d\ds\)/g, 'in <time>')
      .replace(/ in \d+\.\d\ds\]/g, ' in <time>]')
      .replace(/xform=\S+/g, 'xform=<version>')
      .replace(/\b(linux|osx|windows)_(amd64|arm64)\w*/g, '<platform>')
      // Most are xform's own, and there are always more of them.
      .replace(/^(Found .*?)\d+ macros/gm, '$1<count> macros')
      .replace(/\b(PID|process) \d+/g, '$1 <pid>')
  );
}
