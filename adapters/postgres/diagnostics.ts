import { diagnostic } from '../../src/core/index.ts';

/** What Postgres said of a statement, and where in it. */
export interface StatementFailure {
  /** The error as psql prints it, with its `LINE n:` part, details and hints. */
  readonly error: string;
  /** The error without its `LINE n:` part, for where the place is shown in another way. */
  readonly summary: string;
  /** The sentence alone. */
  readonly sentence: string;
  /** SQLSTATE, such as `42P01`. */
  readonly sqlState?: string;
  /** 0-based offset in the statement text that was executed. */
  readonly position?: number;
  /** 1-based line of that offset. */
  readonly line?: number;
  /** 1-based column of that offset. */
  readonly column?: number;
}

const category = 'Database';
const said = (failure: StatementFailure): string => failure.error;

/** Two runs that build the same relations at once meet in Postgres's own tables. */
const rivalHelp = ({ sqlState, sentence }: StatementFailure): string[] =>
  sqlState === '42P07' ||
  sqlState === '42P06' ||
  (sqlState === '23505' && /"pg_\w+"/.test(sentence)) ||
  /tuple concurrently (?:updated|deleted)/.test(sentence)
    ? ['If another run was building the same relations at this moment, let it end, then run `xform retry`.']
    : [];

/** The text is no SQL that Postgres can read. */
export const syntaxError = diagnostic<StatementFailure>('XF6100', { category, message: said });
/** A table, column, function or type is not there, or is used in a way it cannot be. */
export const nameError = diagnostic<StatementFailure>('XF6101', {
  category,
  message: said,
  help: (failure) => [
    failure.sqlState === '42P01'
      ? 'Check the name and its schema; a relation of this project is named with ref() or source(), so that it is built first.'
      : undefined,
    ...rivalHelp(failure),
  ],
});
/** A value cannot be what it should be: casts, overflow, division by zero. */
export const valueError = diagnostic<StatementFailure>('XF6102', { category, message: said });
/** A constraint of a table does not hold. */
export const constraintError = diagnostic<StatementFailure>('XF6103', { category, message: said, help: rivalHelp });
/** Two transactions stood in each other's way, or the transaction is not usable any more. */
export const transactionError = diagnostic<StatementFailure>('XF6104', {
  category,
  message: said,
  help: ({ sqlState }) => [
    sqlState === '40P01' || sqlState === '40001' || sqlState === '55P03'
      ? 'Another session held what this statement needed: run again, and see in `pg_locks` who it was if it happens often.'
      : undefined,
  ],
});
/** The statement was stopped, by us, by an administrator or by a time limit. */
export const cancelled = diagnostic<StatementFailure>('XF6105', {
  category,
  message: said,
  help: ({ sentence }) => [
    /statement timeout/.test(sentence)
      ? 'Raise `statement_timeout` of the role or of the database, or make the query cheaper.'
      : undefined,
  ],
});
/** The role may not do that. */
export const permissionError = diagnostic<StatementFailure & { readonly role: string }>('XF6106', {
  category,
  message: said,
  help: ({ role }) => [
    `The role \`${role}\` lacks the right: let its owner GRANT it, or name another \`role\` in the profile.`,
  ],
});
/** Disk, memory, locks or files gave out. */
export const resourceError = diagnostic<StatementFailure>('XF6107', { category, message: said });
/** Anything else that Postgres reports. */
export const engineError = diagnostic<StatementFailure>('XF6109', { category, message: said, help: rivalHelp });

/** The connection broke while it was in use. */
export const connectionLost = diagnostic<{ address: string; error: string }>('XF6108', {
  category,
  message: ({ address, error }) => `the connection to ${address} was lost\n${error}`,
  help: () => [
    "See the server's log for why it closed the connection (restart, out of memory, an administrator), then run `xform retry`.",
  ],
});

/** Nobody listens at that address. */
export const refused = diagnostic<{ address: string }>('XF6110', {
  category,
  message: ({ address }) => `no Postgres server answers at ${address}: the connection was refused`,
  help: () => [
    'Start the server, or correct `host` and `port` in the profile.',
    'If it runs in a container, its port must be published; if it runs elsewhere, it must listen on that address (`listen_addresses`).',
  ],
});
/** The host's name is not known. */
export const unknownHost = diagnostic<{ host: string }>('XF6111', {
  category,
  message: ({ host }) => `the host name ${host} cannot be resolved`,
  help: () => ['Correct `host` in the profile, or check the network (a VPN may be needed).'],
});
/** No answer in time. */
export const timedOut = diagnostic<{ address: string; seconds: number }>('XF6112', {
  category,
  message: ({ address, seconds }) => `${address} did not answer within ${seconds} seconds`,
  help: () => [
    'Check `host` and `port` in the profile, and that no firewall drops the connection.',
    'A slow server gets more time with `connect_timeout`.',
  ],
});
/** Password, user or pg_hba.conf say no. */
export const notAdmitted = diagnostic<{ address: string; user: string; error: string }>('XF6113', {
  category,
  message: ({ address, user, error }) => `${address} does not admit the user ${user}\n${error}`,
  help: ({ error }) => [
    /pg_hba\.conf/.test(error)
      ? "The server's pg_hba.conf has no line for this user, database and address; an administrator must add one. If it says `no encryption`, set `sslmode: require`."
      : 'Check `user` and `password` in the profile.',
  ],
});
/** There is no such database. */
export const noDatabase = diagnostic<{ address: string; database: string }>('XF6114', {
  category,
  message: ({ address, database }) => `there is no database ${database} at ${address}`,
  help: ({ database }) => [`Correct \`dbname\` in the profile, or create it: \`create database "${database}"\`.`],
});
/** The server takes no more connections. */
export const tooManyConnections = diagnostic<{ address: string; error: string }>('XF6115', {
  category,
  message: ({ address, error }) => `${address} takes no more connections\n${error}`,
  help: () => ['Lower `threads` in the profile (each takes a connection), or raise `max_connections` of the server.'],
});
/** TLS is wanted and the server has none. */
export const noTls = diagnostic<{ address: string; sslmode: string }>('XF6116', {
  category,
  message: ({ address, sslmode }) => `${address} does not offer TLS, but the profile says \`sslmode: ${sslmode}\``,
  help: () => [
    'Turn on `ssl` on the server. `sslmode: prefer` would connect without encryption: only for a network you trust.',
  ],
});
/** The server's certificate does not convince. */
export const untrusted = diagnostic<{ address: string; sslmode: string; error: string }>('XF6117', {
  category,
  message: ({ address, sslmode, error }) =>
    `the certificate of ${address} is not accepted (\`sslmode: ${sslmode}\`): ${error}`,
  help: ({ error }) => [
    /altname|does not match|Host:/i.test(error)
      ? 'Connect by the name that the certificate bears, or use `sslmode: verify-ca`, which does not look at the name.'
      : 'Set `sslrootcert` in the profile to the certificate of the authority that signed it.',
  ],
});
/** `set role` failed. */
export const roleRefused = diagnostic<{ role: string; user: string; error: string }>('XF6118', {
  category,
  message: ({ role, user, error }) => `the user ${user} cannot become the role ${role}\n${error}`,
  help: ({ role, user }) => [`Correct \`role\` in the profile, or \`grant ${role} to ${user}\`.`],
});
/** The connection cannot be made, for a reason that has no code of its own. */
export const cannotConnect = diagnostic<{ address: string; error: string }>('XF6119', {
  category,
  message: ({ address, error }) => `cannot connect to ${address}\n${error}`,
  help: () => ['Check `host`, `port`, `user`, `dbname` and `sslmode` in the profile.'],
});

/** An option of the profile has a value of the wrong kind. */
export const wrongOption = diagnostic<{ option: string; expected: string; found: string }>('XF6120', {
  category: 'Runtime',
  message: ({ option, expected, found }) =>
    `Credentials in profile: \`${option}\` must be ${expected}, but is ${found}`,
  help: ({ option }) => [`Change \`${option}\` of the output in profiles.yml.`],
});
/** An option that must be there is not. */
export const missingOption = diagnostic<{ option: string }>('XF6121', {
  category: 'Runtime',
  message: ({ option }) => `Credentials in profile: '${option}' is a required property`,
  help: ({ option }) => [`Add \`${option}:\` to the output in profiles.yml.`],
});
/** An option that nobody reads but that looks like one somebody does. */
export const unknownOption = diagnostic<{ option: string; suggestion: string }>('XF6122', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ option }) => `the profile has an option \`${option}\`, which nothing reads`,
  help: ({ suggestion }) => [`Did you mean \`${suggestion}\`?`],
});
/** A certificate or key that the profile names cannot be read. */
export const unreadableFile = diagnostic<{ option: string; path: string; error: string }>('XF6123', {
  category,
  message: ({ option, path, error }) => `\`${option}\` of the profile names ${path}, which cannot be read: ${error}`,
  help: ({ option }) => [`Correct \`${option}\`; relative paths start from the project folder.`],
});
/** verify-ca and verify-full need something to check against. */
export const noRootCertificate = diagnostic<{ sslmode: string; path: string }>('XF6124', {
  category,
  message: ({ sslmode, path }) =>
    `\`sslmode: ${sslmode}\` checks the server's certificate, but there is no root certificate: ${path} does not exist`,
  help: () => [
    'Set `sslrootcert` to the file of your certificate authority, or to `system` for those the system trusts.',
  ],
});
/** The npm package of the driver cannot be loaded. */
export const driverMissing = diagnostic<{ error: string }>('XF6125', {
  category: 'Runtime',
  message: ({ error }) => `the driver of Postgres cannot be loaded\n${error}`,
  help: () => ['Run `npm install pg pg-copy-streams`.'],
});

/** A cell of bulk-loaded rows cannot become the type of its column. */
export const badCell = diagnostic<{ relation: string; row: number; column?: string; error: string }>('XF6130', {
  category,
  message: ({ relation, row, column, error }) =>
    `row ${row} of ${relation}${column ? `, column ${column}` : ''}: ${error}`,
  help: ({ column }) =>
    column ? [`Correct the cell, or set another type for it: \`column_types: {${column}: text}\`.`] : [],
});
/** An entry of the `indexes` config is none. */
export const badIndex = diagnostic<{ found: string; problem: string }>('XF6131', {
  category: 'Compilation',
  message: ({ found, problem }) => `Could not parse the index config ${found}: ${problem}`,
  help: () => ['An index is written as `{columns: [a, b], unique: true, type: btree}`; only `columns` is needed.'],
});
/** Another database than the one the connection is for. */
export const otherDatabase = diagnostic<{ database: string; expected: string }>('XF6132', {
  category: 'Runtime',
  message: ({ database, expected }) =>
    `Cross-db references not allowed in postgres (${database} vs ${expected}): one connection sees one database`,
  help: ({ expected }) => [
    `Leave \`database\` out or set it to \`${expected}\`; data of another database comes in through a foreign data wrapper.`,
  ],
});
