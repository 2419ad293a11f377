import { diagnostic } from '../core/index.ts';

export const unknownAdapter = diagnostic<{
  type: string;
  known: readonly string[];
  parseOnly: readonly string[];
  near?: string;
}>('XF1201', {
  category: 'Runtime',
  message: ({ type }) => `Could not find adapter type ${type}!`,
  help: ({ known, parseOnly, near }) => [
    near === undefined ? undefined : `did you mean '${near}'?`,
    `xform has: ${known.join(', ')}; without a connection (parse, ls, check, lineage, impact, docs generate): ${parseOnly.join(', ')}`,
    'or run with --local to use an embedded DuckDB file in the project',
  ],
});

export const projectExists = diagnostic<{ path: string }>('XF1202', {
  category: 'Runtime',
  message: ({ path }) => `${path} is there already and is not empty`,
  help: () => ['choose another name, or another folder'],
});

export const badProjectName = diagnostic<{ name: string }>('XF1203', {
  category: 'Runtime',
  message: ({ name }) =>
    `'${name}' is no name for a project: use letters, digits and underscores, and begin with a letter`,
});

export const noMatch = diagnostic<{ what: string }>('XF1204', {
  category: 'Runtime',
  message: ({ what }) => `${what} selects no node that can be shown`,
});

export const cleansSources = diagnostic<{ folders: readonly string[] }>('XF1213', {
  category: 'Runtime',
  message: ({ folders }) => `dbt will not clean the following source paths: ${folders.join(', ')}`,
  help: () => ['take them out of clean-targets in dbt_project.yml'],
});

export const cleansOutside = diagnostic<{ folders: readonly string[] }>('XF1214', {
  category: 'Runtime',
  message: ({ folders }) => `dbt will not clean the following directories outside the project: ${folders.join(', ')}`,
  help: () => ['take them out of clean-targets in dbt_project.yml, or say --no-clean-project-files-only'],
});

export const nothingToShow = diagnostic<object>('XF1212', {
  category: 'Runtime',
  message: () => 'Either --select or --inline must be passed to show',
  help: () => ['xform show --select my_model, or xform show --inline "select 1"'],
});

export const noDocs = diagnostic<{ folder: string }>('XF1205', {
  category: 'Runtime',
  message: ({ folder }) => `There is no index.html in ${folder} to serve`,
  help: () => ['make it first: xform docs generate'],
});

export const portTaken = diagnostic<{ host: string; port: number; reason: string }>('XF1206', {
  category: 'Runtime',
  message: ({ host, port, reason }) => `Could not serve on ${host}:${port}: ${reason}`,
  help: () => ['choose another port with --port, or 0 for any that is free'],
});

export const noState = diagnostic<object>('XF1207', {
  category: 'Runtime',
  message: () => '--state or --defer-state are required for deferral, but neither was provided',
  help: () => ['name the folder with the manifest.json to take over: --state path/to/artifacts'],
});

export const noStateManifest = diagnostic<{ path: string }>('XF1208', {
  category: 'Runtime',
  message: ({ path }) => `Could not find manifest in --state path: "${path}"`,
  help: () => ['the folder must hold the manifest.json of an earlier run'],
});

export const nothingToRetry = diagnostic<{ path: string }>('XF1209', {
  category: 'Runtime',
  message: ({ path }) => `Could not find previous run in '${path}' target directory`,
  help: () => ['run something first, or name the folder of its run_results.json with --state'],
});

export const unretryable = diagnostic<{ command: string; known: readonly string[] }>('XF1210', {
  category: 'Runtime',
  message: ({ command }) => `The previous command '${command}' cannot be retried`,
  help: ({ known }) => [`these can: ${known.join(', ')}`],
});

export const noSubject = diagnostic<object>('XF1212', {
  category: 'Usage',
  message: () => 'Name what the lineage is asked of',
  help: () => ['xform lineage MODEL for all of its columns, xform lineage MODEL.COLUMN for one'],
});

export const unknownSubject = diagnostic<{ name: string; of?: string; near?: string; known?: readonly string[] }>(
  'XF1213',
  {
    category: 'Runtime',
    message: ({ name, of }) =>
      of === undefined
        ? `There is no model, seed, snapshot or source table '${name}'`
        : `'${of}' has no column '${name}'`,
    help: ({ near, known }) => [
      near === undefined ? undefined : `Did you mean '${near}'?`,
      near === undefined && known ? `Its columns are ${known.join(', ')}.` : undefined,
    ],
  },
);

export const unknownKind = diagnostic<{ kind: string; kinds: readonly string[]; near?: string }>('XF1214', {
  category: 'Usage',
  message: ({ kind }) => `'${kind}' is no kind of edge`,
  help: ({ near, kinds }) => [
    near === undefined ? undefined : `Did you mean '${near}'?`,
    `The kinds are ${kinds.join(', ')}.`,
  ],
});

/** A comparison without anything to compare with. */
export const noBase = diagnostic<Record<never, never>>('XF1215', {
  category: 'Usage',
  message: () => 'There is nothing to compare with',
  help: () => ['Name a revision of git with --base, or a folder with the artifacts of an earlier run with --state.'],
});

/** A revision that git does not have, or cannot give. */
export const noRevision = diagnostic<{ revision: string; reason: string }>('XF1216', {
  category: 'Usage',
  message: ({ revision, reason }) => `The project at '${revision}' cannot be had from git: ${reason}`,
});

/** A column that only the properties file knows. */
export const describedNowhere = diagnostic<{ node: string; name: string; near?: string }>('XF8001', {
  category: 'Compilation',
  severity: 'warning',
  message: ({ node, name }) => `The column '${name}' is described, but '${node}' has none of that name`,
  help: ({ near }) => [near === undefined ? undefined : `Did you mean '${near}'?`],
});

/** Columns of a model that nothing in the project reads. */
export const unusedColumns = diagnostic<{ node: string; columns: readonly string[] }>('XF8003', {
  category: 'Compilation',
  severity: 'hint',
  message: ({ node, columns }) =>
    `Nothing that stands on '${node}' reads ${columns.length === 1 ? `its column ${columns[0]}` : `its columns ${columns.join(', ')}`}`,
});

/** Columns of a query that are not those of its enforced contract. */
export const brokenContract = diagnostic<{ node: string; missing: readonly string[]; extra: readonly string[] }>(
  'XF8002',
  {
    category: 'Compilation',
    message: ({ node }) => `The columns of '${node}' are not those of its contract`,
    help: ({ missing, extra }) => [
      missing.length ? `In the contract and not in the query: ${missing.join(', ')}.` : undefined,
      extra.length ? `In the query and not in the contract: ${extra.join(', ')}.` : undefined,
    ],
  },
);
