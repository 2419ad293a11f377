import type { PyDict, Value } from '../jinja/index.ts';

/** Sections of dbt_project.yml that configure resources. */
export type ConfigSection =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'sources'
  | 'data_tests'
  | 'unit_tests'
  | 'exposures'
  | 'metrics'
  | 'semantic-models'
  | 'saved-queries'
  | 'functions'
  | 'analyses';

export const configSections: readonly ConfigSection[] = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'data_tests',
  'unit_tests',
  'metrics',
  'semantic-models',
  'saved-queries',
  'exposures',
  'functions',
  'analyses',
];

/** `query-comment:` of dbt_project.yml. */
export interface QueryComment {
  /** The template; null for dbt's own comment, '' for none. */
  readonly comment: string | null;
  /** Whether it stands after the query; null where the adapter decides. */
  readonly append: boolean | null;
  /** BigQuery: as labels of the job. */
  readonly jobLabel: boolean;
}

/** One entry of `dispatch:`: where the macros of a namespace are looked for. */
export interface DispatchRule {
  readonly macroNamespace: string;
  readonly searchOrder: readonly string[];
}

/** `quoting:`, only what is set. */
export type Quoting = Readonly<
  Partial<Record<'database' | 'schema' | 'identifier' | 'column' | 'snowflake_ignore_case', boolean>>
>;

/** A dbt_project.yml with everything dbt fills in. Paths are as written, relative to `root`. */
export interface Project {
  readonly name: string;
  readonly version: string | null;
  /** Name of the profile; undefined where the file names none. */
  readonly profile: string | undefined;
  /** Absolute path. */
  readonly root: string;
  readonly modelPaths: readonly string[];
  readonly seedPaths: readonly string[];
  readonly testPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly docsPaths: readonly string[];
  readonly assetPaths: readonly string[];
  readonly functionPaths: readonly string[];
  readonly targetPath: string;
  readonly logPath: string;
  readonly packagesInstallPath: string;
  readonly cleanTargets: readonly string[];
  readonly quoting: Quoting;
  readonly queryComment: QueryComment;
  readonly requireDbtVersion: readonly string[];
  readonly dispatch: readonly DispatchRule[];
  /** Templates, not rendered. */
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly restrictAccess: boolean;
  readonly flags: PyDict;
  /** `vars:` of dbt_project.yml or of vars.yml, not rendered. */
  readonly vars: PyDict;
  /** Rendered, except for hooks. */
  readonly configs: Readonly<Record<ConfigSection, PyDict>>;
  /** The same sections as they stand in the file, for comparing with an earlier state. */
  readonly unrenderedConfigs: Readonly<Record<ConfigSection, PyDict>>;
  /** `dbt-cloud:`, for those who read it. */
  readonly dbtCloud: Value;
}
