import type { Identifier } from './syntax.ts';

/** The dialects that are understood, by the name of the adapter type. */
export const dialects = [
  'duckdb',
  'postgres',
  'snowflake',
  'bigquery',
  'redshift',
  'databricks',
  'spark',
  'trino',
] as const;
export type DialectName = (typeof dialects)[number];

/** What sets one dialect apart from another when names are looked up. */
export interface Dialect {
  readonly name: DialectName;
  /** Whether an expression may use the alias of an earlier one in the same select list. */
  readonly lateralAliases: boolean;
  /** Whether WHERE may use aliases of the select list. */
  readonly aliasesInWhere: boolean;
  /** Whether an alias of the select list decides, in GROUP BY and the like, between several columns of its name. */
  readonly aliasesDecide: boolean;
  /** Whether `a.b` may be field b of a column a. */
  readonly fields: boolean;
  /** Whether columns of USING come before all others in `*`. */
  readonly usingFirst: boolean;
  /** Whether quoted names tell large letters from small ones. */
  readonly exact: boolean;
}

/** What most dialects have in common. */
const COMMON: Omit<Dialect, 'name'> = {
  lateralAliases: false,
  aliasesInWhere: false,
  aliasesDecide: false,
  fields: true,
  usingFirst: true,
  exact: false,
};

/** What each has of its own. */
const TRAITS: Readonly<Record<DialectName, Partial<Dialect>>> = {
  duckdb: { lateralAliases: true, aliasesInWhere: true, usingFirst: false },
  postgres: { fields: false, exact: true },
  redshift: { lateralAliases: true, aliasesInWhere: true },
  snowflake: { lateralAliases: true, aliasesInWhere: true, fields: false, exact: true },
  bigquery: { aliasesDecide: true },
  databricks: { lateralAliases: true },
  spark: { lateralAliases: true },
  trino: {},
};

export const dialectOf = (name: DialectName): Dialect => ({ ...COMMON, ...TRAITS[name], name });

/** True where a text is the name of a dialect. */
export const isDialect = (name: string): name is DialectName => (dialects as readonly string[]).includes(name);

/** How names are compared. Where several differ only in the size of letters, `isExactly` decides between them. */
export const fold = (name: string): string => name.toLowerCase();

/** The name as the warehouse stores it. */
export function storedName({ name, quoted }: Identifier, dialect: Dialect): string {
  if (quoted) return name;
  if (dialect.name === 'snowflake') return name.toUpperCase();
  if (dialect.name === 'postgres' || dialect.name === 'redshift') return name.toLowerCase();
  return name;
}

/** Names that stand for a value or a part of a date without being columns. */
const WORDS = new Set(
  `year years month months day days hour hours minute minutes second seconds week weeks quarter quarters decade century
  millennium epoch dow doy isodow isoyear isoweek millisecond milliseconds microsecond microseconds nanosecond nanoseconds
  dayofweek dayofyear dayofmonth weekday weekiso yearofweek timezone timezone_hour timezone_minute
  yy yyyy mm dd hh mi ss ms us ns q qq wk ww dw dy yrs mon mons hr hrs min mins sec secs julian era
  current_date current_time current_timestamp localtime localtimestamp current_user session_user user current_role
  current_catalog current_schema current_database sysdate systimestamp getdate
  rowid ctid oid tableoid xmin xmax cmin cmax filename file_row_number rowsetid
  _partitiontime _partitiondate _table_suffix _file_name _metadata metadata$filename metadata$file_row_number
  level rownum default row value all any true false null
  max_by min_by both leading trailing text json date time timestamp integer int bigint string float double boolean`.split(
    /\s+/,
  ),
);

/** True where a name may be something else than a column: a part of a date, a pseudo column, a function without brackets. */
export const isWord = (name: string): boolean =>
  WORDS.has(fold(name)) || /^[$#@]/.test(name) || /^metadata\$/i.test(name);
