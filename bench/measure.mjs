// Runs a command and tells what it cost: seconds of processor time (user and system, of the whole process tree) and of the clock.
import { spawnSync } from 'node:child_process';

/** The shell's `times` counts all descendants that were waited for, which Node's own figures leave out. */
const script = '"$@" >/dev/null 2>"$XFORM_BENCH_ERRORS"; code=$?; times; exit $code';

const seconds = (text) => {
  const [, minutes, rest] = /^(\d+)m([\d.,]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(rest.replace(',', '.'));
};

/** Whether processor time can be told here; on Windows only the clock can. */
export const tellsCpu = process.platform !== 'win32';

/** Runs it once. A command that fails ends the benchmark with what it wrote. */
export function measure(command, { cwd, env, errors }) {
  const [file, ...args] = tellsCpu ? ['/bin/sh', '-c', script, 'sh', ...command] : command;
  const start = process.hrtime.bigint();
  const done = spawnSync(file, args, {
    cwd,
    env: { ...process.env, ...env, XFORM_BENCH_ERRORS: errors },
    encoding: 'utf8',
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`\`${command.join(' ')}\` ended with exit code ${done.status} in ${cwd}`);
  if (!tellsCpu) return { cpu: wall, wall };
  // Two lines: the shell itself, then its children; each user and system time.
  const [user, system] = done.stdout.trim().split('\n').at(-1).trim().split(/\s+/).map(seconds);
  return { cpu: user + system, wall };
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
