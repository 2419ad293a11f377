import { fold } from './dialect.ts';
import type { Run } from './run.ts';
import type { Data } from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import { isMismatch } from './types/type-system.ts';

/** A column that a function in FROM gives. */
export interface MadeColumn {
  readonly name: string;
  readonly type: DataType | null;
}

/** A function in FROM, and what it is given. */
export interface TableCall {
  readonly name: string;
  readonly data: Data;
  readonly types: readonly (DataType | null)[];
  readonly alias: string | undefined;
}

/** The columns of a function in FROM; undefined where not all of them are known. */
export function madeColumns(run: Run, call: TableCall): readonly MadeColumn[] | undefined {
  const makers = { duckdb: duckdbColumns, postgres: postgresColumns } as Readonly<Record<string, typeof duckdbColumns>>;
  const columns = makers[run.dialect.name]?.(run, call);
  if (!columns || call.data.with_ordinality !== true) return columns;
  return [...columns, { name: 'ordinality', type: run.types.read('bigint') }];
}

function duckdbColumns({ types: system }: Run, { name, types }: TableCall): MadeColumn[] | undefined {
  const [first] = types;
  if (name === 'unnest') {
    const element = first?.name === 'LIST' ? first.of![0]! : undefined;
    return element && types.length === 1 ? [{ name, type: system.asColumn(element) }] : undefined;
  }
  if (name !== 'range' && name !== 'generate_series') return undefined;
  const names = types.map((type) => type?.name ?? '');
  const made = (type: string): MadeColumn[] => [{ name, type: { name: type } }];
  if (names.every((one) => /^U?(TINY|SMALL|BIG)?INT(EGER)?$|^NULL$/.test(one))) return made('BIGINT');
  const [from, to, step] = names;
  if (types.length !== 3 || step !== 'INTERVAL') return undefined;
  if ([from, to].every((one) => one === 'DATE' || one === 'TIMESTAMP')) return made('TIMESTAMP');
  return from === to && from === 'TIMESTAMP WITH TIME ZONE' ? made(from) : undefined;
}

/** Functions of one column, which is called after the function, or in Postgres after its alias. */
export const OF_ONE_COLUMN: ReadonlySet<string> = new Set(
  `generate_series range unnest regexp_split_to_table string_to_table json_object_keys jsonb_object_keys regexp_matches
  generate_subscripts`.split(/\s+/),
);

function postgresColumns({ types: system }: Run, { name, types, alias }: TableCall): MadeColumn[] | undefined {
  const [, json, what, isText] = /^(jsonb?)_(array_elements|each)(_text)?$/.exec(name) ?? [];
  if (json) {
    const value = { name: 'value', type: system.read(isText ? 'text' : json) };
    return what === 'each' ? [{ name: 'key', type: system.read('text') }, value] : [value];
  }
  if (!OF_ONE_COLUMN.has(name) || (name === 'unnest' && (types.length !== 1 || types[0]?.name !== 'LIST')))
    return undefined;
  const type = system.call(
    name,
    types.map((one) => ({ type: one })),
  );
  return [{ name: fold(alias ?? name), type: isMismatch(type) ? null : type }];
}
