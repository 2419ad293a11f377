import { DiagnosticError } from '../../src/core/index.ts';
import { attachmentClash } from './diagnostics.ts';
import { absolutePath, isMotherDuck } from './path.ts';

/** A database to attach, as an entry of `attach:` says it. */
export interface Attachment {
  readonly path: string;
  readonly type?: string;
  readonly alias?: string;
  readonly secret?: string;
  readonly read_only?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly is_ducklake?: boolean;
}

/** Types whose path is a file, not a connection string. */
const fileTypes = new Set(['duckdb', 'sqlite', 'sqlite_scanner']);

/** A text as a string literal of DuckDB. */
export const quoteText = (text: unknown): string => `'${String(text).replaceAll("'", "''")}'`;

/** A name that needs quotes gets them, unless the user gave them already. */
const quoteName = (name: string): string =>
  /^(?:[a-z_]\w*|".*")$/is.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** The ATTACH statement. Paths of files start from `base`. Throws where an option is given twice. */
export function attachSql(attachment: Attachment, base: string): string {
  const { alias, options = {} } = attachment;
  const type = attachment.type ?? options.type;
  const secret = attachment.secret ?? options.secret;
  const readOnly = attachment.read_only || options.read_only;
  const twice = (['type', 'secret', 'read_only'] as const).filter((key) => attachment[key] && key in options);
  if (twice.length > 0) throw new DiagnosticError(attachmentClash({ path: attachment.path, options: twice }));

  const isFile = type === undefined || fileTypes.has(String(type).toLowerCase());
  // What follows the `?` of a MotherDuck path belongs to the connection; ATTACH refuses it.
  const bare = isMotherDuck(attachment.path) ? attachment.path.split('?', 1)[0]! : attachment.path;
  const path = isFile ? absolutePath(bare, base) : bare;

  const clauses: string[] = [];
  if (type) clauses.push(`TYPE ${type}`);
  if (secret) clauses.push(`SECRET ${secret}`);
  if (readOnly) clauses.push('READ_ONLY');
  for (const [key, value] of Object.entries(options)) {
    if (key === 'type' || key === 'secret' || key === 'read_only') continue;
    if (value === true) clauses.push(key.toUpperCase());
    else if (value !== false && value !== null && value !== undefined)
      clauses.push(`${key.toUpperCase()} ${optionValue(value)}`);
  }
  const named = alias ? ` AS ${quoteName(alias)}` : '';
  return `ATTACH IF NOT EXISTS ${quoteText(path)}${named}${clauses.length > 0 ? ` (${clauses.join(', ')})` : ''}`;
}

/** Text is quoted unless the user did it already. */
function optionValue(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return /^\s*('.*'|".*")\s*$/s.test(value) ? value : quoteText(value);
}
