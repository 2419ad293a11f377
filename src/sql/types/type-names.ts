import type { DataType, TypeNames } from './data-type.ts';

/** A table of names from rows of `catalog name: other names`. */
function synonyms(rows: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const row of rows.trim().split('\n')) {
    const [canonical, others = ''] = row.split(':').map((part) => part.trim());
    for (const name of [canonical!.toLowerCase(), ...others.split(',').map((other) => other.trim())])
      if (name) names.set(name, canonical!);
  }
  return names;
}

const DUCKDB = synonyms(`
  VARCHAR: text, string, char, bpchar, nvarchar, character varying, character
  BOOLEAN: bool, logical
  TINYINT: int1
  SMALLINT: int2, short, int16
  INTEGER: int, int4, signed, int32
  BIGINT: int8, long, int64, oid
  HUGEINT: int128
  UTINYINT: uint8
  USMALLINT: uint16
  UINTEGER: uint32
  UBIGINT: uint64
  UHUGEINT: uint128
  FLOAT: float4, real
  DOUBLE: float8, double precision
  DECIMAL: numeric, dec
  DATE:
  TIME: time without time zone
  TIME WITH TIME ZONE: timetz
  TIMESTAMP: datetime, timestamp without time zone, timestamp_us
  TIMESTAMP WITH TIME ZONE: timestamptz
  TIMESTAMP_S:
  TIMESTAMP_MS:
  TIMESTAMP_NS:
  TIME_NS:
  INTERVAL:
  BLOB: bytea, binary, varbinary
  BIT: bitstring
  UUID: guid
  JSON:
`);

/** Names of types in DuckDB, which keeps numbers of decimals only. */
export const duckdbNames: TypeNames = {
  canonical(name, numbers) {
    const canonical = DUCKDB.get(name);
    if (canonical === undefined) return undefined;
    if (canonical !== 'DECIMAL') return { name: canonical };
    const [width = 18, scale = numbers.length ? 0 : 3] = numbers;
    return { name: canonical, numbers: [width, scale] };
  },
};

const POSTGRES = synonyms(`
  text:
  character varying: varchar
  character: char
  name:
  boolean: bool
  smallint: int2
  integer: int, int4
  bigint: int8
  real: float4
  double precision: float8, float
  numeric: decimal, dec
  money:
  date:
  time without time zone: time
  time with time zone: timetz
  timestamp without time zone: timestamp
  timestamp with time zone: timestamptz
  interval:
  bytea:
  json:
  jsonb:
  uuid:
  oid:
  regclass:
  inet:
  cidr:
  xml:
`);

/** Names of types in Postgres. */
export const postgresNames: TypeNames = {
  canonical(name, numbers) {
    // `float(24)` and less is a real.
    if (name === 'float' && numbers.length) return { name: numbers[0]! < 25 ? 'real' : 'double precision' };
    const canonical = POSTGRES.get(name);
    if (canonical === undefined) return undefined;
    if (canonical === 'character' && !numbers.length) return { name: canonical, numbers: [1] };
    if (canonical === 'numeric' && numbers.length === 1) return { name: canonical, numbers: [numbers[0]!, 0] };
    return numbers.length ? { name: canonical, numbers } : { name: canonical };
  },
};

/** Names of types in any other dialect: what is written is kept, in capitals. */
export const plainNames: TypeNames = {
  canonical: (name, numbers): DataType => ({
    name: name.toUpperCase(),
    ...(numbers.length ? { numbers } : {}),
  }),
};

/** All names of types that are known of a dialect, in small letters. */
export const duckdbTypeNames: ReadonlySet<string> = new Set(DUCKDB.keys());
export const postgresTypeNames: ReadonlySet<string> = new Set(POSTGRES.keys());
