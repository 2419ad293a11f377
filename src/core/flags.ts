import type { BehaviorFlags } from './behavior.ts';
import type { CommandName } from './command.ts';

/** `error`, `warn` and `silence` hold event names; `'all'` stands for every one of them. */
export interface WarnErrorOptions {
  readonly error: 'all' | readonly string[];
  readonly warn: readonly string[];
  readonly silence: readonly string[];
}

export type LogFormat = 'text' | 'debug' | 'json' | 'otel' | 'default';
/** `off` is another word for `none`. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'none' | 'off';
/** How much is made of mistakes that are found before a query is sent. */
export type StaticAnalysisLevel = 'off' | 'baseline' | 'strict';
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';
type Mapping = Readonly<Record<string, unknown>>;

/**
 * Every option of the command line, resolved. Names are dbt's, in camel case. Options of other commands than the one
 * that runs hold their defaults. `null` means "not set": whoever needs a path or a name then looks for it.
 */
export interface Flags {
  /** The command that runs. */
  readonly which: CommandName;
  /** What the user typed, as one line. */
  readonly invocationCommand: string;
  /** Behaviour flags, under dbt's snake_case names. */
  readonly behavior: BehaviorFlags;
  /** Those that the project itself sets, of dbt-core and of adapters. */
  readonly projectBehavior: Readonly<Record<string, boolean>>;

  // project, profile and target
  readonly projectDir: string | null;
  readonly profilesDir: string | null;
  readonly profile: string | null;
  readonly target: string | null;
  readonly targetPath: string | null;
  readonly packagesInstallPath: string | null;
  /** Given by a program that calls xform as a part of its own invocation. */
  readonly invocationId: string | null;
  readonly threads: number | null;
  readonly vars: Mapping;
  readonly versionCheck: boolean;
  /** Use the embedded DuckDB instead of the profile's warehouse. */
  readonly local: boolean;

  // selection
  readonly select: readonly string[];
  /** `ls --models`: like `select`, but of models only. */
  readonly models: readonly string[];
  readonly exclude: readonly string[];
  readonly selector: string | null;
  readonly indirectSelection: IndirectSelection;
  readonly resourceTypes: readonly string[];
  readonly excludeResourceTypes: readonly string[];

  // state
  readonly state: string | null;
  readonly defer: boolean;
  readonly deferState: string | null;
  readonly favorState: boolean;

  // what a run does
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly empty: boolean;
  /** Text as given: `3 days`, or `{start: …, end: …}`. */
  readonly sample: string | null;
  /** `YYYY-MM-DDTHH:MM:SS`, UTC. */
  readonly eventTimeStart: string | null;
  /** `YYYY-MM-DDTHH:MM:SS`, UTC. */
  readonly eventTimeEnd: string | null;
  readonly storeFailures: boolean;
  /** Failing rows to print for each failed test; 0 for none. */
  readonly showFailures: number;
  readonly show: boolean;
  /** Say what a run would do, and do nothing. */
  readonly dryRun: boolean;
  readonly exportSavedQueries: boolean;
  readonly includeSavedQuery: boolean;
  readonly singleThreaded: boolean;

  // parsing, compiling, cache
  readonly partialParse: boolean;
  readonly partialParseFileDiff: boolean;
  readonly partialParseFilePath: string | null;
  readonly staticParser: boolean;
  readonly useExperimentalParser: boolean;
  readonly useV2Parser: boolean;
  readonly v2Parser: string;
  readonly useFastTestEdges: boolean;
  /** A revision of git. */
  readonly base: string | null;
  /** Whether descriptions and tags of columns follow their copies. */
  readonly inheritDocs: boolean;
  readonly introspect: boolean;
  /** Overrides what nodes say of themselves; null where it does not. */
  readonly staticAnalysis: StaticAnalysisLevel | null;
  readonly injectEphemeralCtes: boolean;
  readonly sqlparse: Mapping;
  readonly populateCache: boolean;
  readonly cacheSelectedOnly: boolean;
  readonly macroDebugging: boolean;
  readonly maximumSeedSizeMib: number;

  // warnings
  readonly warnError: boolean | null;
  readonly warnErrorOptions: WarnErrorOptions;
  readonly showAllDeprecations: boolean;
  readonly hintsEnabled: boolean;

  // output
  readonly debug: boolean;
  readonly quiet: boolean;
  readonly print: boolean;
  readonly printerWidth: number;
  readonly useColors: boolean;
  readonly useColorsFile: boolean;
  readonly logFormat: LogFormat;
  readonly logFormatFile: LogFormat;
  readonly logLevel: LogLevel;
  readonly logLevelFile: LogLevel;
  readonly logPath: string | null;
  readonly logFileMaxBytes: number;
  readonly logCacheEvents: boolean;
  readonly writeJson: boolean;
  readonly recordTimingInfo: string | null;
  readonly showResourceReport: boolean;
  readonly snowflakeProjectsOtel: boolean;
  readonly sendAnonymousUsageStats: boolean;
  readonly uploadToArtifactsIngestApi: boolean;

  // single commands
  /** `ls`: selector, name, path, json. `compile`, `show`: text, json. `check`, `lineage`: a format. `source freshness`: a file. */
  readonly output: string | null;
  readonly outputKeys: readonly string[];
  /** `lineage`: the model, source or column that is asked about. */
  readonly subject: string | null;
  /** `lineage`: which way to go; both where neither is said. */
  readonly up: boolean;
  readonly down: boolean;
  readonly depth: number | null;
  readonly kind: readonly string[];
  readonly limit: number;
  readonly inline: string | null;
  readonly inlineDirect: string | null;
  /** `run-operation`: the macro's name. */
  readonly macro: string | null;
  readonly args: Mapping;
  readonly sql: string | null;
  /** `init`: the new project's name. */
  readonly projectName: string | null;
  readonly skipProfileSetup: boolean;
  readonly skipDebug: boolean;
  readonly connection: boolean;
  readonly configDir: boolean;
  readonly cleanProjectFilesOnly: boolean;
  readonly addPackage: string | null;
  readonly lock: boolean;
  readonly upgrade: boolean;
  readonly source: string;
  readonly browser: boolean;
  readonly host: string;
  readonly port: number;
  readonly compile: boolean;
  readonly emptyCatalog: boolean;
  readonly static: boolean;
}

/** The name of one flag. */
export type FlagName = keyof Flags;

/** Flags as a caller gives them: finished values, or the text typed on the command line. */
export type GivenFlags = { readonly [Name in FlagName]?: Flags[Name] | string | readonly string[] | undefined };
