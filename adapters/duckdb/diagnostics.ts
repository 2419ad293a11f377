import { diagnostic } from '../../src/core/index.ts';

/** What DuckDB said of a statement, and where in it. */
export interface StatementFailure {
  /** DuckDB's word for the kind of error, such as `Binder` or `Conversion`. */
  readonly kind: string;
  /** The error as DuckDB prints it, its `LINE n:` part included. */
  readonly error: string;
  /** The error without the place in the statement. */
  readonly summary: string;
  /** The sentence alone, without kind and place. */
  readonly sentence: string;
  /** 0-based offset in the statement text that was executed. */
  readonly position?: number;
  /** 1-based line of that offset. */
  readonly line?: number;
  /** 1-based column of that offset. */
  readonly column?: number;
  /** Names DuckDB found instead. */
  readonly candidates?: readonly string[];
}

const said = (failure: StatementFailure): string => failure.error;

/** The text is no SQL that DuckDB can read. */
export const syntaxError = diagnostic<StatementFailure>('XF6001', { category: 'Runtime', message: said });
/** A table, column, function or type is not there, or is used in a way it cannot be. */
export const nameError = diagnostic<StatementFailure>('XF6002', { category: 'Runtime', message: said });
/** A value cannot be what it should be: casts, overflow, bad input. */
export const valueError = diagnostic<StatementFailure>('XF6003', { category: 'Runtime', message: said });
/** A constraint of a table does not hold. */
export const constraintError = diagnostic<StatementFailure>('XF6004', { category: 'Runtime', message: said });
/** Two transactions want to change the same thing, or the transaction is not usable any more. */
export const transactionError = diagnostic<StatementFailure>('XF6005', {
  category: 'Runtime',
  message: said,
  help: ({ sentence }) => [
    /conflict/i.test(sentence)
      ? 'Another connection changed the same object at the same time: run again, or set `threads: 1` if two nodes write the same object.'
      : undefined,
  ],
});
/** The statement was stopped by us. */
export const cancelled = diagnostic<StatementFailure>('XF6006', { category: 'Runtime', message: said });
/** An extension is needed that is not installed and could not be fetched. */
export const extensionError = diagnostic<StatementFailure & { readonly extension?: string }>('XF6007', {
  category: 'Runtime',
  message: said,
  help: ({ extension }) => [
    `List the extension under \`extensions:\` of the profile${extension ? ` (\`- ${extension}\`)` : ''} and run once where DuckDB's extension repository can be reached.`,
    extension
      ? `Or install it from a file of your own: \`INSTALL '<path>/${extension}.duckdb_extension'\`.`
      : undefined,
  ],
});
/** What DuckDB says where a disk is full; of a commit it says it as a matter of the transaction. */
export const outOfRoom = /no space left|could not write/i;

/** Files, network or memory did not do what the statement needed. */
export const resourceError = diagnostic<StatementFailure>('XF6008', {
  category: 'Runtime',
  message: said,
  help: ({ sentence }) => [
    outOfRoom.test(sentence)
      ? 'Make room on the disk of the database, then run `xform retry`; what was built before stays as it was.'
      : undefined,
  ],
});
/** Anything else DuckDB reports, its own bugs included. */
export const engineError = diagnostic<StatementFailure>('XF6009', { category: 'Runtime', message: said });

/** The database file is held by another process. */
export const locked = diagnostic<{ path: string; holder?: string; pid?: number }>('XF6010', {
  category: 'Runtime',
  message: ({ path, holder, pid }) =>
    `the database file ${path} is locked by another process${pid ? ` (PID ${pid}${holder ? `, ${holder}` : ''})` : ''}`,
  help: ({ pid }) => [
    pid
      ? `Close the program that holds it (process ${pid}: a notebook, a DuckDB shell, a database browser or another run), then try again.`
      : 'Close the program that holds it (a notebook, a DuckDB shell, a database browser or another run), then try again.',
    'To wait for it instead, set `retries: {connect_attempts: 5}` in the profile.',
  ],
});

/** The file is there but is no DuckDB database, or a damaged one. */
export const notADatabase = diagnostic<{ path: string; error: string }>('XF6011', {
  category: 'Runtime',
  message: ({ path, error }) => `${path} is not a DuckDB database that can be opened\n${error}`,
  help: ({ path, error }) =>
    /newer|version/i.test(error)
      ? [
          'The file was written by another version of DuckDB: export it there with `EXPORT DATABASE` and import it here.',
        ]
      : [`Check \`path:\` in the profile. If the file can be rebuilt, delete ${path} and run again.`],
});

/** The folder the database file should lie in is not there. */
export const missingDirectory = diagnostic<{ path: string; directory: string }>('XF6012', {
  category: 'Runtime',
  message: ({ path, directory }) => `cannot create the database file ${path}: the folder ${directory} does not exist`,
  help: ({ directory }) => [`Create it with \`mkdir -p ${directory}\`, or change \`path:\` in the profile.`],
});

/** The database cannot be opened, for a reason that has no code of its own. */
export const cannotOpen = diagnostic<{ path: string; error: string }>('XF6013', {
  category: 'Runtime',
  message: ({ path, error }) => `cannot open the DuckDB database ${path}\n${error}`,
  help: () => ['Check `path:` and `config_options:` in the profile.'],
});

/** The same file is already open in this process with other options. */
export const configurationClash = diagnostic<{ path: string; error: string }>('XF6014', {
  category: 'Runtime',
  message: ({ path }) => `${path} is already open in this process with other \`config_options\``,
  help: () => ['Use the same `config_options:` in both profiles, or close the first connection.'],
});

/** The npm package of the driver, or its binary for this platform, cannot be loaded. */
export const driverMissing = diagnostic<{ error: string; platform: string }>('XF6015', {
  category: 'Runtime',
  message: ({ error, platform }) => `DuckDB's driver cannot be loaded on ${platform}\n${error}`,
  help: () => [
    'Run `npm install @duckdb/node-api`, without `--omit=optional`: the engine is an optional package per platform.',
  ],
});

/** An option of the profile has a value of the wrong kind. */
export const wrongOption = diagnostic<{ option: string; expected: string; found: string }>('XF6020', {
  category: 'Runtime',
  message: ({ option, expected, found }) =>
    `Credentials in profile: \`${option}\` must be ${expected}, but is ${found}`,
  help: ({ option }) => [`Change \`${option}\` of the output in profiles.yml.`],
});

/** `database` names another catalog than the one `path` makes. */
export const databaseDiffersFromPath = diagnostic<{
  database: string;
  expected: string;
  path: string;
  aliases: readonly string[];
}>('XF6021', {
  category: 'Runtime',
  message: ({ database, expected, path }) =>
    `the profile says \`database: ${database}\`, but DuckDB calls the database at \`path: ${path}\` "${expected}"`,
  help: ({ expected, aliases }) => [
    `Leave \`database\` out, or set it to \`${expected}\`.`,
    aliases.length > 0
      ? `It may also name an attached database: ${aliases.join(', ')}.`
      : 'It may also name the `alias` of an entry of `attach`.',
  ],
});

/** An option of dbt-duckdb that needs Python. */
export const unsupportedOption = diagnostic<{ option: string; detail: string; instead: string }>('XF6022', {
  category: 'Runtime',
  message: ({ option, detail }) => `\`${option}\` in the profile is not supported: ${detail}`,
  help: ({ instead }) => [instead],
});

/** An option that nobody reads but that looks like one somebody does. */
export const unknownOption = diagnostic<{ option: string; suggestion: string }>('XF6023', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ option }) => `the profile has an option \`${option}\`, which nothing reads`,
  help: ({ suggestion }) => [`Did you mean \`${suggestion}\`?`],
});

/** The same option of an attachment is given twice. */
export const attachmentClash = diagnostic<{ path: string; options: readonly string[] }>('XF6024', {
  category: 'Runtime',
  message: ({ path, options }) =>
    `the attachment ${path} sets ${options.join(', ')} both directly and under \`options\``,
  help: () => ['Keep one of the two.'],
});

/** Preparing the database, as the profile asks, failed. */
export const setupFailed = diagnostic<{ step: string; name: string; error: string }>('XF6025', {
  category: 'Runtime',
  message: ({ step, name, error }) => `${step} \`${name}\` of the profile failed\n${error}`,
  help: ({ step, name }) =>
    step === 'extension'
      ? [
          `Check that DuckDB's extension repository can be reached, or install \`${name}\` on this machine first: \`duckdb -c "INSTALL ${name}"\`.`,
        ]
      : [`Check \`${name}\` in the profile.`],
});

/** A cell of bulk-loaded rows cannot become the type of its column. */
export const badCell = diagnostic<{ relation: string; row: number; column: string; value: string; dataType: string }>(
  'XF6030',
  {
    category: 'Runtime',
    message: ({ relation, row, column, value, dataType }) =>
      `row ${row} of ${relation}: column ${column} is ${dataType}, but the cell says ${JSON.stringify(value)}`,
    help: ({ column }) => [`Correct the cell, or set another type for it: \`column_types: {${column}: varchar}\`.`],
  },
);

/** A location template of a source names something that the source does not have. */
export const unknownPlaceholder = diagnostic<{
  source: string;
  template: string;
  name: string;
  known: readonly string[];
}>('XF6031', {
  category: 'Runtime',
  message: ({ source, template, name }) =>
    `the external_location of source ${source} (${template}) uses {${name}}, which it does not have`,
  help: ({ known }) => [`It can use ${known.join(', ')}.`],
});

/** A source asks to be loaded by a Python plugin. */
export const pluginSource = diagnostic<{ source: string; plugin: string }>('XF6032', {
  category: 'Runtime',
  message: ({ source, plugin }) => `source ${source} is to be loaded by the plugin ${plugin}, which is Python code`,
  help: () => [
    'Let DuckDB read it: set `external_location` of the source to a file, a URL or a `read_…(…)` call, or `attach` the database.',
  ],
});

/** `formatter` of a source is none of the known ones. */
export const unknownFormatter = diagnostic<{ source: string; formatter: string }>('XF6033', {
  category: 'Runtime',
  message: ({ source, formatter }) => `source ${source} has formatter ${formatter}, which is not known`,
  help: () => ['Use `newstyle` ({name}), `oldstyle` (%(name)s) or `template` ($name).'],
});
