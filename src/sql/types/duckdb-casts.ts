import type { DataType } from './data-type.ts';
import { fits } from './duckdb-numbers.ts';

/** What a value of a type becomes of itself when a function asks for it. */
const WIDENS: Readonly<Record<string, string>> = {
  TINYINT: 'SMALLINT INTEGER BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  SMALLINT: 'INTEGER BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  INTEGER: 'BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  BIGINT: 'HUGEINT DECIMAL FLOAT DOUBLE',
  HUGEINT: 'DECIMAL FLOAT DOUBLE',
  UTINYINT: 'USMALLINT UINTEGER UBIGINT UHUGEINT SMALLINT INTEGER BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  USMALLINT: 'UINTEGER UBIGINT UHUGEINT INTEGER BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  UINTEGER: 'UBIGINT UHUGEINT BIGINT HUGEINT DECIMAL FLOAT DOUBLE',
  UBIGINT: 'UHUGEINT HUGEINT DECIMAL FLOAT DOUBLE',
  UHUGEINT: 'FLOAT DOUBLE',
  DECIMAL: 'FLOAT DOUBLE',
  FLOAT: 'DOUBLE',
  DATE: 'TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP&WITH&TIME&ZONE',
  TIMESTAMP: 'TIMESTAMP_NS TIMESTAMP&WITH&TIME&ZONE',
  TIMESTAMP_S: 'TIMESTAMP TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP&WITH&TIME&ZONE',
  TIMESTAMP_MS: 'TIMESTAMP TIMESTAMP_NS TIMESTAMP&WITH&TIME&ZONE',
  TIMESTAMP_NS: 'TIMESTAMP TIMESTAMP&WITH&TIME&ZONE',
  TIME: 'TIME&WITH&TIME&ZONE',
  JSON: 'VARCHAR',
};
const WIDER: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(WIDENS).map(([from, to]) => [from, new Set(to.split(' ').map((name) => name.replaceAll('&', ' ')))]),
);

/** What it costs to become a type: the more, the less it is wanted. */
const COSTS: Readonly<Record<string, number>> = {
  BIGINT: 101,
  DOUBLE: 102,
  INTEGER: 103,
  DECIMAL: 104,
  TIMESTAMP: 109,
  HUGEINT: 120,
  VARCHAR: 149,
  JSON: 158,
};
const OTHER_COST = 110;
const ANY_COST = 5;
const LITERAL_COST = 20;
const INTEGER_LITERAL_GAIN = 90;

/** Types whose rules are known here; a value of another type may become anything. */
const KNOWN = new Set(
  `VARCHAR BOOLEAN DATE TIME INTERVAL BLOB UUID JSON STRUCT MAP LIST DOUBLE BIT
  ${Object.keys(WIDENS).join(' ')}`
    .split(/\s+/)
    .concat('TIME WITH TIME ZONE', 'TIMESTAMP WITH TIME ZONE', 'NULL', 'STRING_LITERAL'),
);
export const isKnownType = ({ name }: DataType): boolean => KNOWN.has(name);

const costOf = (type: string): number => COSTS[type] ?? OTHER_COST;

/** What it costs to hand a value of a type to a parameter; undefined where DuckDB would not. */
export function castCost(from: DataType, parameter: string): number | undefined {
  if (parameter === 'ANY') return ANY_COST;
  // A template: which type it is, is said by the arguments.
  if (parameter === 'T') return ANY_COST;
  if (from.name === 'NULL') return costOf(parameter);
  if (parameter.endsWith('[]') && from.name !== 'STRING_LITERAL')
    return from.name === 'LIST' ? elementCost(from, parameter.slice(0, -2)) : undefined;
  if (from.name === 'STRING_LITERAL') return parameter === 'VARCHAR' ? 1 : LITERAL_COST;
  if (from.name === parameter) return 0;
  if (parameter === 'JSON') return costOf(parameter);
  // Whole numbers stay whole as long as they can.
  if (from.name === 'UBIGINT' && parameter === 'HUGEINT') return ANY_COST;
  if (from.value !== undefined && fits(from.value, parameter)) return costOf(parameter) - INTEGER_LITERAL_GAIN;
  return WIDER.get(from.name)?.has(parameter) ? costOf(parameter) : undefined;
}

function elementCost({ of: [element] = [] }: DataType, parameter: string): number | undefined {
  if (!element) return undefined;
  return element.name === 'NULL' ? ANY_COST : castCost(element, parameter);
}

/** True of texts, written out or not. */
export const isText = ({ name }: DataType): boolean => name === 'VARCHAR' || name === 'STRING_LITERAL';
