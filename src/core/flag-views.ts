import { belongsTo, flagTable } from './flag-table.ts';
import type { FlagName, Flags } from './flags.ts';
import { snakeCase } from './resolve-flags.ts';

/** Paths and names that are known only after the project was found; they replace the `null` of a flag. */
export type SettledFlags = Partial<Pick<Flags, 'projectDir' | 'profilesDir' | 'logPath' | 'targetPath'>>;

const jinjaNames: readonly FlagName[] = [
  'cacheSelectedOnly',
  'debug',
  'empty',
  'failFast',
  'fullRefresh',
  'hintsEnabled',
  'indirectSelection',
  'introspect',
  'invocationCommand',
  'logCacheEvents',
  'logFormat',
  'logPath',
  'maximumSeedSizeMib',
  'partialParse',
  'printerWidth',
  'profilesDir',
  'quiet',
  'sendAnonymousUsageStats',
  'staticParser',
  'storeFailures',
  'targetPath',
  'useColors',
  'useExperimentalParser',
  'versionCheck',
  'warnError',
  'warnErrorOptions',
  'writeJson',
];

/** A command as dbt records it: of `docs generate` only the last word. */
const dbtCommand = (which: Flags['which']): string => which.split(' ').at(-1)!;

/** What Jinja sees as `flags`: dbt's names in capitals, and nothing else. */
export function jinjaFlags(flags: Flags, settled: SettledFlags = {}): Readonly<Record<string, unknown>> {
  const all = { ...flags, ...settled };
  const shown: Record<string, unknown> = { NO_PRINT: null };
  for (const name of jinjaNames) shown[snakeCase(name).toUpperCase()] = all[name];
  shown.WHICH = dbtCommand(all.which);
  shown.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS = flags.behavior.require_sql_header_in_test_configs;
  return shown;
}

/** Flags that dbt leaves out of the record while they are false. */
const onlyWhenTrue: readonly FlagName[] = [
  'debug',
  'fullRefresh',
  'failFast',
  'warnError',
  'singleThreaded',
  'logCacheEvents',
  'storeFailures',
  'useExperimentalParser',
];

/** Options of xform that dbt does not know, and so its readers of the record do not either. */
const notDbts: readonly FlagName[] = ['local', 'showFailures', 'dryRun'];

/** The record of an invocation's flags: Jinja's `invocation_args_dict` and `args` in run_results.json. */
export function invocationArgs(flags: Flags, settled: SettledFlags = {}): Readonly<Record<string, unknown>> {
  const all = { ...flags, ...settled };
  const args: Record<string, unknown> = {
    which: dbtCommand(all.which),
    invocation_command: all.invocationCommand,
    introspect: all.introspect,
    empty: all.empty,
    strict_mode: false,
  };
  for (const row of flagTable) {
    if (!belongsTo(row, flags.which) || (notDbts.includes(row.name) && !all[row.name])) continue;
    const value = all[row.name];
    if (value === null || (value === false && onlyWhenTrue.includes(row.name))) continue;
    args[snakeCase(row.name)] = value;
  }
  if (all.macro !== null) args.macro = all.macro;
  if (all.projectName !== null) args.project_name = all.projectName;
  for (const [name, value] of Object.entries(flags.behavior)) {
    // dbt keeps this one flag out of the record.
    if (name !== 'require_event_names_in_deprecations') args[name] = value;
  }
  return args;
}
