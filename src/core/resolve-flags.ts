import { behaviorDefaults } from './behavior.ts';
import type { CommandName } from './command.ts';
import type { Diagnostic } from './diagnostic.ts';
import {
  eventTimeWindow,
  exclusiveFlags,
  renamedVariable,
  unknownEngineVariable,
  unknownProjectFlag,
} from './diagnostics.ts';
import { belongsTo, type FlagRow, flagTable } from './flag-table.ts';
import type { FlagName, Flags, GivenFlags } from './flags.ts';
import { nearest } from './nearest.ts';
import { readFlag, type YamlReader } from './read-flag.ts';

/** Who set a flag. */
export type FlagSource = 'cli' | 'env' | 'project' | 'default';

/** Where flags come from. */
export interface FlagInput {
  readonly command: CommandName;
  /** What the command line, or a calling program, says. */
  readonly given: GivenFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The mapping `flags:` of dbt_project.yml. */
  readonly project?: Readonly<Record<string, unknown>>;
  readonly yaml: YamlReader;
}

/** Flags, who set each, and what was wrong with the input. Errors among the problems mean: do not go on. */
export interface ResolvedFlags {
  readonly flags: Flags;
  readonly sources: ReadonlyMap<FlagName, FlagSource>;
  readonly problems: readonly Diagnostic[];
}

/** Variables under DBT_ENGINE_ that are no options. */
const otherEngineVariables = [
  'INVOCATION_ENV',
  'RECORDED_FILE_PATH',
  'TEST_STATE_MODIFIED',
  'PACKAGE_HUB_URL',
  'DOWNLOAD_DIR',
  'PP_FILE_DIFF_TEST',
  'PP_TEST',
].map((name) => `DBT_ENGINE_${name}`);

/** A flag that follows another where only the other was set. */
const followers: readonly (readonly [FlagName, FlagName])[] = [
  ['useColors', 'useColorsFile'],
  ['logLevel', 'logLevelFile'],
  ['logFormat', 'logFormatFile'],
];

const exclusive: readonly (readonly [FlagName, FlagName])[] = [
  ['warnError', 'warnErrorOptions'],
  ['select', 'inline'],
  ['selector', 'inline'],
];

/** Settles every flag: command line over environment over project over default. */
export function resolveFlags(input: FlagInput): ResolvedFlags {
  const problems: Diagnostic[] = [];
  const sources = new Map<FlagName, FlagSource>();
  const values: Partial<Record<FlagName, unknown>> = {};

  for (const row of flagTable) {
    const mine = belongsTo(row, input.command);
    if (!mine) {
      if (!(row.name in values)) values[row.name] = initial(row);
      continue;
    }
    const found = find(row, input, problems);
    const reading = found && readFlag(row, found.value, found.option, input.yaml);
    if (reading?.problem !== undefined) problems.push(reading.problem);
    const settled = found !== undefined && reading?.problem === undefined;
    values[row.name] = settled ? reading?.value : row.default;
    sources.set(row.name, settled ? found.source : 'default');
  }
  for (const name of ['macro', 'projectName', 'subject'] as const) {
    values[name] = input.given[name] ?? null;
    sources.set(name, values[name] === null ? 'default' : 'cli');
  }

  const isSet = (name: FlagName): boolean => (sources.get(name) ?? 'default') !== 'default';
  for (const [lead, follower] of followers) {
    if (isSet(lead) && !isSet(follower)) values[follower] = values[lead];
  }
  for (const [flag, other] of exclusive) {
    if (isSet(flag) && isSet(other)) problems.push(exclusiveFlags({ flag: snakeCase(other), other: snakeCase(flag) }));
  }
  checkEventTimes(values, problems);
  checkEngineVariables(input.env, problems);

  const projectBehavior: Record<string, boolean> = {};
  readProjectKeys(input.project ?? {}, projectBehavior, problems);
  const flags = {
    invocationCommand: input.given.invocationCommand ?? `xform ${input.command}`,
    ...values,
    which: input.command,
    behavior: { ...behaviorDefaults, ...projectBehavior },
    projectBehavior,
  } as Flags;
  return { flags, sources, problems };
}

/** The `snake_case` name dbt gives a flag. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What a flag is on commands that do not have it; `output` has a meaning only where it is an option. */
function initial(row: FlagRow): unknown {
  return row.name === 'output' ? null : row.default;
}

interface Found {
  readonly value: unknown;
  readonly option: string;
  readonly source: FlagSource;
}

function find(row: FlagRow, input: FlagInput, problems: Diagnostic[]): Found | undefined {
  const given = input.given[row.name];
  if (given !== undefined) return { value: given, option: row.flags[0]!, source: 'cli' };
  const old = row.oldEnv;
  const oldValue = old && input.env[old.name];
  if (old && oldValue) {
    problems.push(renamedVariable({ old: old.name, new: row.env[0]! }));
    const value = old.inverted ? invert(oldValue) : oldValue;
    return { value, option: old.name, source: 'env' };
  }
  // An empty variable counts as unset, as it does for dbt.
  const variable = row.env.find((name) => input.env[name]);
  if (variable !== undefined) return { value: input.env[variable], option: variable, source: 'env' };
  if (!row.project) return undefined;
  const key = snakeCase(row.name);
  const value = input.project?.[key];
  return value === undefined || value === null ? undefined : { value, option: `flags.${key}`, source: 'project' };
}

function invert(word: string): string {
  return /^(1|true|t|yes|y|on)$/i.test(word.trim()) ? 'false' : 'true';
}

function checkEventTimes(values: Partial<Record<FlagName, unknown>>, problems: Diagnostic[]): void {
  const start = values.eventTimeStart as string | null | undefined;
  const end = values.eventTimeEnd as string | null | undefined;
  if (!start && !end) return;
  if (!start) problems.push(eventTimeWindow({ missing: '--event-time-start', given: '--event-time-end' }));
  else if (!end) problems.push(eventTimeWindow({ missing: '--event-time-end', given: '--event-time-start' }));
  else if (start >= end) problems.push(eventTimeWindow({ missing: null, given: null }));
}

function checkEngineVariables(env: FlagInput['env'], problems: Diagnostic[]): void {
  const strangers = Object.keys(env).filter((name) => name.startsWith('DBT_ENGINE_'));
  if (strangers.length === 0) return;
  const known = new Set([...flagTable.flatMap((row) => row.env), ...otherEngineVariables]);
  for (const row of flagTable) if (row.oldEnv) known.add(row.oldEnv.name.replace('DBT_', 'DBT_ENGINE_'));
  for (const variable of strangers) {
    if (!known.has(variable)) problems.push(unknownEngineVariable({ variable, meant: nearest(variable, known) }));
  }
}

/** Behaviour flags of dbt-core and of adapters live under `flags:` too; only what looks like a slip is reported. */
function readProjectKeys(
  project: Readonly<Record<string, unknown>>,
  behavior: Record<string, boolean>,
  problems: Diagnostic[],
): void {
  const settable = new Set(flagTable.filter((row) => row.project).map((row) => snakeCase(row.name)));
  for (const [key, value] of Object.entries(project)) {
    if (settable.has(key)) continue;
    if (!(key in behaviorDefaults)) {
      const meant = nearest(key, [...settable, ...Object.keys(behaviorDefaults)]);
      if (meant !== undefined) problems.push(unknownProjectFlag({ key, meant }));
    }
    if (typeof value === 'boolean') behavior[key] = value;
  }
}
