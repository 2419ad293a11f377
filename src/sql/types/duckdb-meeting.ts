import { type DataType, isSame, listOf, structOf, typeText } from './data-type.ts';
import { isKnownType } from './duckdb-casts.ts';
import { commonNumber, isInteger, isNumber } from './duckdb-numbers.ts';
import type { Meeting, Mismatch } from './type-system.ts';
import { isMismatch } from './type-system.ts';

/** Of what nothing is known but that it may be of any type. */
export const NULL: DataType = { name: 'NULL' };
/** A text that is written out: it becomes whatever is wanted. */
export const STRING: DataType = { name: 'STRING_LITERAL' };
export const VARCHAR: DataType = { name: 'VARCHAR' };
export const INTEGER: DataType = { name: 'INTEGER' };

/** A literal is the type it is written as once it is a column. */
export function settled(type: DataType): DataType {
  if (type.name === 'STRING_LITERAL') return VARCHAR;
  if (type.value !== undefined) return { name: type.name };
  if (type.of) return { ...type, of: type.of.map(settled) };
  if (type.fields) return structOf(type.fields.map(({ name, type: inner }) => ({ name, type: settled(inner) })));
  return type;
}

/** Nothing but NULL is an integer in a table. */
export function stored(type: DataType): DataType {
  const plain = settled(type);
  if (plain.name === 'NULL') return INTEGER;
  if (plain.of) return { ...plain, of: plain.of.map(stored) };
  if (plain.fields) return structOf(plain.fields.map(({ name, type: inner }) => ({ name, type: stored(inner) })));
  return plain;
}

export const shown = (type: DataType): string => typeText(settled(type));

/** What meets in a union, each type giving way to those after it. */
const RANKS = [
  'NULL',
  'BOOLEAN',
  'TIME',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'INTERVAL',
  'VARCHAR',
  'BLOB',
  'UUID',
  'STRUCT',
  'LIST',
  'JSON',
];

/** The one type of several, where they have one. */
export function common(types: readonly (DataType | null)[], meeting: Meeting): DataType | Mismatch | null {
  if (types.some((type) => type === null)) return null;
  // Literals give way to whatever else there is, and so come last.
  const all = (types as DataType[]).toSorted((a, b) => Number(a.name === STRING.name) - Number(b.name === STRING.name));
  let met: DataType = NULL;
  for (const type of all) {
    const next = commonOfTwo(met, type, meeting);
    if (next === null || isMismatch(next)) return next;
    met = next;
  }
  return met;
}

function commonOfTwo(a: DataType, b: DataType, meeting: Meeting): DataType | Mismatch | null {
  if (a.name === 'NULL') return b;
  if (b.name === 'NULL') return a;
  if (isSame(a, b)) return a.value === undefined ? a : b.value === undefined ? b : settled(a);
  if (!isKnownType(a) || !isKnownType(b)) return null;
  if (isNumber(a) && isNumber(b)) return commonNumber(a, b);
  if (a.name === 'JSON' || b.name === 'JSON') return { name: 'JSON' };
  if (b.name === 'STRING_LITERAL') return a.of || a.fields ? null : settled(a);
  if (a.name === 'STRING_LITERAL') return b.of || b.fields ? null : settled(b);
  if (a.name === 'BOOLEAN' && isInteger(b)) return settled(b);
  if (b.name === 'BOOLEAN' && isInteger(a)) return settled(a);
  if (a.name === 'LIST' && b.name === 'LIST') {
    const element = commonOfTwo(a.of![0]!, b.of![0]!, meeting);
    return element && !isMismatch(element) ? listOf(element) : element && mismatched(a, b);
  }
  if (a.name === b.name) return null;
  const [low, high] = [a, b].toSorted((one, other) => rank(one) - rank(other)) as [DataType, DataType];
  if (low.name === 'BOOLEAN' && isNumber(high)) return meeting === 'union' ? settled(high) : mismatched(a, b);
  const isDated = rank(low) >= RANKS.indexOf('DATE') && rank(high) <= RANKS.indexOf('TIMESTAMP WITH TIME ZONE');
  if (isNumber(low) && high.name === 'BOOLEAN') return meeting === 'union' ? settled(low) : mismatched(a, b);
  if (meeting === 'union' || isDated) return rank(low) < 0 && !isNumber(low) ? null : settled(high);
  return mismatched(a, b);
}

const rank = (type: DataType): number => RANKS.indexOf(type.name);

const mismatched = (a: DataType, b: DataType): Mismatch => ({
  mismatch: `${shown(a)} and ${shown(b)} are no one type without a cast`,
});
