import { type Dialect, typeSpelling } from '../../src/adapter/index.ts';

/** Spellings of the same type; the first of a row is the one the catalog shows. */
const synonyms: readonly (readonly string[])[] = [
  ['text', 'string'],
  ['character varying', 'varchar'],
  ['character', 'char'],
  ['integer', 'int', 'int4'],
  ['bigint', 'int8'],
  ['smallint', 'int2'],
  ['double precision', 'float8', 'float'],
  ['real', 'float4'],
  ['numeric', 'decimal', 'dec'],
  ['boolean', 'bool'],
  ['timestamp without time zone', 'timestamp'],
  ['timestamp with time zone', 'timestamptz'],
  ['time without time zone', 'time'],
  ['time with time zone', 'timetz'],
];
/** The catalog's spelling of a type, lower case: `VARCHAR( 10 )` and `character varying(10)` are one. */
const canonicalType = typeSpelling(
  synonyms,
  (name, inner, known = name) => `${known}(${known === 'numeric' && !inner.includes(',') ? `${inner},0` : inner})`,
);

/** How Postgres writes names, types and literals. */
export const dialect: Dialect = {
  relationName: 'PostgresRelation',
  columnName: 'PostgresColumn',
  renameable: ['view', 'table'],
  replaceable: ['view', 'table'],
  quoteCharacter: '"',
  include: { database: true, schema: true, identifier: true },
  quote: { database: true, schema: true, identifier: true },
  typeLabels: { STRING: 'TEXT', TIMESTAMP: 'TIMESTAMP', FLOAT: 'FLOAT', INTEGER: 'INT', BOOLEAN: 'BOOLEAN' },
  sameType: (a, b) => canonicalType(a) === canonicalType(b),
  typeFamilies: {
    string: ['text', 'character varying', 'character', 'varchar'],
    integer: [
      ...['smallint', 'integer', 'bigint', 'smallserial', 'serial', 'bigserial'],
      ...['int2', 'int4', 'int8', 'serial2', 'serial4', 'serial8'],
    ],
    float: ['real', 'float4', 'float', 'double precision', 'float8', 'double'],
    numeric: ['numeric', 'decimal'],
  },
  unsizedStrings: ['text', 'character varying'],
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
  literal: (text) => (text.includes('\\') ? ` E'${escaped(text).replaceAll('\\', '\\\\')}'` : `'${escaped(text)}'`),
  maxIdentifierLength: 63,
};

const escaped = (text: string): string => text.replaceAll("'", "''");
