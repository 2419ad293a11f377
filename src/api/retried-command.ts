import { join, resolve } from 'node:path';
import { type BatchResults, type RunResults, readRunResults } from '../artifacts/index.ts';
import {
  belongsTo,
  type CommandName,
  DiagnosticError,
  type FlagName,
  flagTable,
  type GivenFlags,
  type Io,
  resolveFlags,
  snakeCase,
} from '../core/index.ts';
import { toPlain } from '../jinja/index.ts';
import { findProject, loadDotenv, loadYaml, readProjectFile } from '../project/index.ts';
import type { EarlierBatches } from '../run/index.ts';
import { nothingToRetry, unretryable } from './diagnostics.ts';

/** A command to carry out again, and what of it. */
export interface RetriedCommand {
  readonly command: CommandName;
  readonly given: GivenFlags;
  /** What failed, or was not reached, by unique id. */
  readonly only: ReadonlySet<string>;
  /** Microbatch models of which only some batches failed. */
  readonly earlier: EarlierBatches;
}

/** Commands that can be retried, under the names that run_results.json gives them. */
const RETRYABLE: ReadonlyMap<string, CommandName> = new Map([
  ['build', 'build'],
  ['clone', 'clone'],
  ['compile', 'compile'],
  ['generate', 'docs generate'],
  ['run', 'run'],
  ['run-operation', 'run-operation'],
  ['seed', 'seed'],
  ['snapshot', 'snapshot'],
  ['test', 'test'],
]);

const UNFINISHED: ReadonlySet<string> = new Set(['error', 'fail', 'skipped', 'runtime error', 'partial success']);

/** Flags that say where things are on this machine, and those of the earlier state: not taken from the earlier run. */
const OWN: ReadonlySet<FlagName> = new Set([
  'logPath',
  'profilesDir',
  'projectDir',
  'deferState',
  'targetPath',
  'warnError',
  'show',
]);

/** Reads what the last run did, and makes the command line that does the rest of it. Throws DiagnosticError. */
export function retriedCommand(given: GivenFlags, io: Io): RetriedCommand {
  const { env } = loadDotenv(io.cwd, io.env);
  const yaml = (text: string): unknown => toPlain(loadYaml(text, '').value ?? null);
  const { flags } = resolveFlags({ command: 'retry', given, env, yaml });
  const root = findProject(io.cwd, flags.projectDir);
  const target = flags.targetPath ?? String(readProjectFile(root).data.get('target-path') ?? 'target');
  const folder = flags.state ?? target;
  const results = read(resolve(root, folder), folder);
  const which = String(results.args.which ?? '');
  const command = RETRYABLE.get(which.split(' ').at(-1)!);
  if (!command) throw new DiagnosticError(unretryable({ command: which, known: [...RETRYABLE.values()] }));
  const isOperation = command === 'run-operation';
  const counted = results.results.filter(({ unique_id: id }) => isOperation || !id.startsWith('operation.'));
  const only = counted.filter(
    ({ status }) => UNFINISHED.has(status) || (flags.warnError === true && status === 'warn'),
  );
  const { metadata } = results;
  return {
    command,
    given: { ...earlierFlags(results.args, command, given), ...here(given) },
    only: new Set(only.map((result) => result.unique_id)),
    earlier: {
      startedAt: new Date(metadata.invocation_started_at ?? metadata.generated_at),
      results: new Map(
        counted.flatMap(({ unique_id, batch_results: batches }): [string, BatchResults][] =>
          // A model without one good batch is built from the start, so that a full refresh stays one.
          batches?.successful.length && batches.failed.length ? [[unique_id, batches]] : [],
        ),
      ),
    },
  };
}

function read(folder: string, shown: string): RunResults {
  try {
    return readRunResults(join(folder, 'run_results.json'));
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.diagnostics[0]?.code !== 'XF5010') throw error;
    throw new DiagnosticError(nothingToRetry({ path: shown }));
  }
}

/** The flags of the earlier run, from its record. */
function earlierFlags(args: RunResults['args'], command: CommandName, given: GivenFlags): GivenFlags {
  const flags: Partial<Record<FlagName, unknown>> = {};
  for (const row of flagTable) {
    if (!belongsTo(row, command) || OWN.has(row.name)) continue;
    const value = args[snakeCase(row.name)];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    flags[row.name] = row.kind === 'sample' && typeof value === 'object' ? JSON.stringify(value) : value;
  }
  if (typeof args.macro === 'string') flags.macro = args.macro;
  const { error, warn, silence } = (flags.warnErrorOptions ?? {}) as Record<string, readonly unknown[] | undefined>;
  const isPlain = !error?.length && !warn?.length && !silence?.length;
  if (isPlain || given.warnError !== undefined) delete flags.warnErrorOptions;
  return flags as GivenFlags;
}

/** What the user says now; `--state` only told where the earlier run is to be found. */
function here(given: GivenFlags): GivenFlags {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'state')) as GivenFlags;
}
