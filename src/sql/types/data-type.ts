import { KEYWORDS } from './duckdb-keywords.ts';

/** A type of values, under the name that the warehouse's catalog gives it. */
export interface DataType {
  /** `INTEGER`, `DECIMAL`, `timestamp without time zone`; `LIST`, `STRUCT` and `MAP` for what is made of other types. */
  readonly name: string;
  /** What stands in brackets: width and scale of a decimal, length of a text. */
  readonly numbers?: readonly number[] | undefined;
  /** Of a list its elements, of a map its keys and its values. */
  readonly of?: readonly DataType[] | undefined;
  readonly fields?: readonly Field[] | undefined;
  /** The whole number that a literal stands for, while it is no column yet. */
  readonly value?: bigint | undefined;
}

/** One field of a struct. */
export interface Field {
  readonly name: string;
  readonly type: DataType;
}

/** How a dialect writes types and calls the same type by several names. */
export interface TypeNames {
  /** The catalog's name of a type; undefined where it is not known. Numbers may be added, dropped or filled up. */
  canonical(name: string, numbers: readonly number[]): DataType | undefined;
}

export const listOf = (element: DataType): DataType => ({ name: 'LIST', of: [element] });
export const mapOf = (key: DataType, value: DataType): DataType => ({ name: 'MAP', of: [key, value] });
export const structOf = (fields: readonly Field[]): DataType => ({ name: 'STRUCT', fields });

/** The type as text, as the warehouse's catalog shows it. */
export function typeText({ name, numbers, of, fields }: DataType): string {
  if (name === 'LIST') return `${typeText(of![0]!)}[]`;
  if (name === 'MAP') return `MAP(${of!.map(typeText).join(', ')})`;
  if (name === 'STRUCT') return `STRUCT(${fields!.map(fieldText).join(', ')})`;
  if (!numbers?.length) return name;
  const [, first, rest = ''] = /^(\S+)( .*)?$/.exec(name)!;
  // `timestamp(3) with time zone`, and yet `character varying(20)`.
  const inside = `(${numbers.join(',')})`;
  return /^ with/.test(rest) ? `${first}${inside}${rest}` : `${name}${inside}`;
}

/** A field as DuckDB's catalog shows it, the one that has structs: words of the language in quotes. */
const fieldText = ({ name, type }: Field): string => {
  const isPlain = /^[a-z_][a-z0-9_]*$/i.test(name) && !KEYWORDS.has(name.toLowerCase());
  return `${name === '' ? '' : `${isPlain ? name : `"${name.replaceAll('"', '""')}"`} `}${typeText(type)}`;
};

/** Whether two types are one. */
export const isSame = (a: DataType, b: DataType): boolean => a === b || typeText(a) === typeText(b);

/** Reads a type as somebody wrote it, or as a catalog shows it; undefined for what is not known. */
export function readType(text: string, names: TypeNames): DataType | undefined {
  const reader = new TypeReader(text, names);
  const type = reader.type();
  return reader.isAtEnd() ? type : undefined;
}

/** A word, a quoted name, or one sign. */
const TOKEN = /\s*("(?:[^"]|"")*"|[a-z_][a-z0-9_ ]*|\d+|[(),[\]<>:])/iy;

class TypeReader {
  readonly #text: string;
  readonly #names: TypeNames;
  #at = 0;

  constructor(text: string, names: TypeNames) {
    this.#text = text.trim();
    this.#names = names;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  type(): DataType | undefined {
    let type = this.#plain();
    while (type && this.#take('[')) {
      const size = this.#peek();
      if (size && /^\d+$/.test(size)) return undefined;
      if (!this.#take(']')) return undefined;
      type = listOf(type);
    }
    return type;
  }

  #plain(): DataType | undefined {
    const word = this.#next()?.trim().toLowerCase();
    if (word === undefined || !/^[a-z_]/.test(word)) return undefined;
    if (word === 'struct' && this.#take('(')) return this.#struct();
    if (word === 'map' && this.#take('(')) {
      const [key, value] = [this.type(), this.#take(',') ? this.type() : undefined];
      return key && value && this.#take(')') ? { name: 'MAP', of: [key, value] } : undefined;
    }
    const numbers: number[] = [];
    if (this.#take('(')) {
      do {
        const number = this.#next();
        if (!number || !/^\d+$/.test(number)) return undefined;
        numbers.push(Number(number));
      } while (this.#take(','));
      if (!this.#take(')')) return undefined;
    }
    const after = /\s*(with(?:out)? time zone)/iy;
    after.lastIndex = this.#at;
    const zone = after.exec(this.#text);
    if (zone) this.#at = after.lastIndex;
    return this.#names.canonical(zone ? `${word} ${zone[1]!.toLowerCase()}` : word, numbers);
  }

  #struct(): DataType | undefined {
    const fields: Field[] = [];
    do {
      const name = this.#fieldName();
      const type = name === undefined ? undefined : this.type();
      if (!type) return undefined;
      fields.push({ name: name!, type });
    } while (this.#take(','));
    return this.#take(')') ? structOf(fields) : undefined;
  }

  #fieldName(): string | undefined {
    const pattern = /\s*(?:"((?:[^"]|"")*)"|([a-z_][a-z0-9_]*))\s+/iy;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match[1]?.replaceAll('""', '"') ?? match[2]!;
  }

  #peek(): string | undefined {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#text)?.[1];
  }

  #next(): string | undefined {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (!match) return undefined;
    this.#at = TOKEN.lastIndex;
    return match[1];
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#next();
    return true;
  }
}
