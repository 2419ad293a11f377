#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { dbtVersion, type Io, xformVersion } from '../core/index.ts';

const argv = process.argv.slice(2);

if (argv.some((word) => word === '--version' || word === '-v' || word === '-V')) {
  // Wrappers of dbt look for `installed:` and a version.
  process.stdout.write(
    `xform ${xformVersion()}\n\nCore:\n  - installed: ${dbtVersion} (the dbt this xform stands in for)\n`,
  );
} else {
  await main();
}

async function main(): Promise<void> {
  tuneEngine(Number.parseInt(process.versions.node, 10));

  // `xform ls | head` closes the pipe early; that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

  let signal: AbortSignal | undefined;
  const cwd = process.cwd();
  const io: Io = {
    cwd,
    env: process.env,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    isTTY: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    signal: () => (signal ??= interruption()),
    ask: process.stdin.isTTY ? ask : undefined,
  };
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(resolve(cwd, file), 'utf8');
    } catch {
      return undefined;
    }
  };
  const { runCli } = await import('./run-cli.ts');
  process.exitCode = await runCli(argv, io, () => import('../api/index.ts'), read);
}

/** Sets V8 up for a command. Each setting is made only where it is known to exist: V8 complains on stderr of others. */
function tuneEngine(node: number): void {
  // A command runs for seconds, a server for days: code has to be hotter than V8 thinks before optimising it pays.
  if (node === 20) setFlagsFromString('--interrupt-budget=500000');
  // What a node of a run leaves behind is seldom needed again: V8 would let it grow to a multiple of what is in use.
  if (node <= 24) setFlagsFromString('--heap-growing-percent=30');
  // Each compilation of the SQL parser's functions that runs beside others takes memory of its own, tens of megabytes in all.
  if (node <= 24) setFlagsFromString('--wasm-num-compilation-tasks=1');
}

/** Aborted by the first SIGINT or SIGTERM, so that running queries can be cancelled; the second ends the process at once. */
function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(name, () => {
      if (interrupt.signal.aborted) process.exit(code);
      interrupt.abort();
    });
  }
  return interrupt.signal;
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
