// Runs a command and tells what it cost: seconds of processor time (user and system, of the whole process tree) and of the
// clock, and the most memory it held at once.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** The shell's `times` counts all descendants that were waited for, which Node's own figures leave out. */
const script = '"$@" >/dev/null & echo $!; wait $!; code=$?; times; exit $code';

const seconds = (text) => {
  const [, minutes, rest] = /^(\d+)m([\d.,]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(rest.replace(',', '.'));
};

/** Whether processor time can be told here; on Windows only the clock can. */
export const tellsCpu = process.platform !== 'win32';

/** The most memory a process has held so far, in megabytes, where the system tells it of others (Linux). */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Runs it once. A command that fails is an error; what it wrote to stderr is in `errors`. */
export async function measure(command, { cwd, env, errors }) {
  const [file, ...args] = tellsCpu ? ['/bin/sh', '-c', script, 'sh', ...command] : command;
  const log = openSync(errors, 'w');
  const start = process.hrtime.bigint();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', tellsCpu ? 'pipe' : 'ignore', log],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  // The figure only grows: looking now and then misses no more than the last moment.
  let memory;
  const watch = setInterval(() => {
    memory = peakOf(said.split('\n')[0]) ?? memory;
  }, 20);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)).finally(() => {
    clearInterval(watch);
    closeSync(log);
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`\`${command.join(' ')}\` ended with exit code ${status} in ${cwd}`);
  if (!tellsCpu) return { cpu: wall, wall };
  // Two lines at the end: the shell itself, then its children; each user and system time.
  const [user, system] = said.trim().split('\n').at(-1).trim().split(/\s+/).map(seconds);
  return { cpu: user + system, wall, memory };
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
