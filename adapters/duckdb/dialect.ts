import { type Dialect, typeSpelling } from '../../src/adapter/index.ts';
import type { Column } from '../../src/core/index.ts';

/** DuckDB's spellings of the same type; the first of a row is the one its catalog shows. */
const synonyms: readonly (readonly string[])[] = [
  ['varchar', 'text', 'string', 'char', 'bpchar', 'nvarchar', 'character varying', 'character'],
  ['integer', 'int', 'int4', 'signed', 'int32'],
  ['bigint', 'int8', 'long', 'int64', 'oid'],
  ['smallint', 'int2', 'short', 'int16'],
  ['tinyint', 'int1'],
  ['utinyint', 'uint8'],
  ['usmallint', 'uint16'],
  ['uinteger', 'uint32'],
  ['ubigint', 'uint64'],
  ['hugeint', 'int128'],
  ['uhugeint', 'uint128'],
  ['double', 'float8', 'double precision'],
  ['float', 'float4', 'real'],
  ['boolean', 'bool', 'logical'],
  ['timestamp', 'datetime', 'timestamp without time zone', 'timestamp_us'],
  ['timestamp with time zone', 'timestamptz'],
  ['time', 'time without time zone'],
  ['time with time zone', 'timetz'],
  ['blob', 'bytea', 'binary', 'varbinary'],
  ['bit', 'bitstring'],
  ['uuid', 'guid'],
  ['decimal(18,3)', 'decimal', 'numeric', 'dec'],
];
/** The catalog's spelling of a type, lower case: `NUMERIC(10, 2)` and `decimal(10,2)` are one. */
const canonicalType = typeSpelling(synonyms, (name, inner, known) => {
  // DuckDB drops the length of a string type.
  if (known === 'varchar') return known;
  if (/^(decimal|numeric|dec)$/.test(name)) return `decimal(${inner.includes(',') ? inner : `${inner},0`})`;
  return `${name}(${inner})`;
});

/** The fields of `STRUCT(a INTEGER, "b c" DECIMAL(10, 2))`; commas within brackets or quotes part nothing. */
function structFields(dataType: string): readonly Column[] | undefined {
  const inside = /^struct\((.*)\)$/is.exec(dataType)?.[1];
  if (inside === undefined) return undefined;
  const fields: Column[] = [];
  const field = /\s*(?:"((?:[^"]|"")*)"|([^\s"]+))\s+/y;
  for (let at = 0; at < inside.length; ) {
    field.lastIndex = at;
    const match = field.exec(inside);
    if (!match) return undefined;
    let end = field.lastIndex;
    for (let depth = 0, quote = false; end < inside.length; end++) {
      const sign = inside[end];
      if (sign === '"') quote = !quote;
      else if (quote) continue;
      else if (sign === '(') depth++;
      else if (sign === ')') depth--;
      else if (sign === ',' && depth === 0) break;
    }
    fields.push({
      name: match[1]?.replaceAll('""', '"') ?? match[2]!,
      dataType: inside.slice(field.lastIndex, end).trim(),
    });
    at = end + 1;
  }
  return fields;
}

/** How DuckDB writes names, types and literals. */
export const dialect: Dialect = {
  relationName: 'DuckDBRelation',
  columnName: 'DuckDBColumn',
  quoteCharacter: '"',
  include: { database: true, schema: true, identifier: true },
  quote: { database: true, schema: true, identifier: true },
  requireAlias: false,
  foreignKeysWithinDatabase: true,
  typeLabels: { STRING: 'TEXT' },
  sameType: (a, b) => canonicalType(a) === canonicalType(b),
  typeFamilies: {
    string: ['text', 'character varying', 'character', 'varchar'],
    integer: [
      ...['tinyint', 'smallint', 'integer', 'bigint', 'hugeint'],
      ...['utinyint', 'usmallint', 'uinteger', 'ubigint'],
      ...['int1', 'int2', 'int4', 'int8', 'short', 'int', 'signed', 'long'],
    ],
    float: ['real', 'float', 'float4', 'float8', 'double'],
    numeric: ['numeric', 'decimal'],
  },
  seedTypes: {
    text: 'text',
    integer: 'integer',
    number: 'float8',
    boolean: 'boolean',
    date: 'date',
    datetime: 'timestamp without time zone',
    time: 'time',
  },
  seedBigInteger: 'bigint',
  structFields,
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
};
