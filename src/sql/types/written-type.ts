import type { Data } from '../syntax.ts';
import { type DataType, type Field, listOf, structOf, typeText } from './data-type.ts';
import type { TypeSystem } from './type-system.ts';

/** What the parser calls types that it has words of its own for. */
const WORDS: Readonly<Record<string, string>> = {
  var_char: 'varchar',
  n_var_char: 'varchar',
  small_int: 'smallint',
  tiny_int: 'tinyint',
  big_int: 'bigint',
  int128: 'hugeint',
  u_tiny_int: 'utinyint',
  u_small_int: 'usmallint',
  u_int: 'uinteger',
  u_big_int: 'ubigint',
  date_time: 'datetime',
  timestamp_tz: 'timestamptz',
  json_b: 'jsonb',
  var_binary: 'varbinary',
};

/** The type that a cast names, from the parser's tree. */
export function writtenType(types: TypeSystem, data: Data): DataType | null {
  const word = String(data.data_type ?? '');
  switch (word) {
    case 'array':
    case 'list': {
      const element = data.element_type ? writtenType(types, data.element_type as Data) : null;
      return element && typeof data.dimension !== 'number' ? listOf(element) : null;
    }
    case 'struct': {
      const fields = (data.fields as { name: string; data_type: Data }[]).map(({ name, data_type }): Field | null => {
        const type = writtenType(types, data_type);
        return type && { name, type };
      });
      return fields.every((field) => field !== null) ? structOf(fields as Field[]) : null;
    }
    case 'map': {
      const [key, value] = [data.key_type, data.value_type].map((part) =>
        part ? writtenType(types, part as Data) : null,
      );
      return key && value ? { name: 'MAP', of: [key, value] } : null;
    }
    case 'custom':
      return types.read(String(data.name ?? ''));
    case 'timestamp':
    case 'time':
      return types.read(`${word}${precision(data)}${data.timezone === true ? ' with time zone' : ''}`);
    case 'float':
      return types.read(data.real_spelling === true ? 'real' : `float${precision(data)}`);
    case 'decimal':
      return types.read(`decimal${precision(data)}`);
    default:
      return types.read(`${WORDS[word] ?? word}${typeof data.length === 'number' ? `(${data.length})` : ''}`);
  }
}

function precision({ precision: first, scale }: Data): string {
  if (typeof first !== 'number') return '';
  return typeof scale === 'number' ? `(${first},${scale})` : `(${first})`;
}

/** A type as text that leaves nothing open; null where it is not known. */
export const textOf = (type: DataType | null): string | null => type && typeText(type);
