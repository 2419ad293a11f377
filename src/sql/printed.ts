import { hash } from 'node:crypto';
import { fold } from './dialect.ts';
import type { KnownTable } from './relation.ts';
import type { Identifier } from './syntax.ts';

/** A column of a relation, and what it is made of in short. */
export interface PrintedColumn {
  readonly name: string | null;
  readonly print: string;
}

/** A relation, and what it is made of in short. */
export interface Printed {
  /** What decides which rows there are. */
  readonly rows: string;
  readonly columns: readonly PrintedColumn[];
  /** Of a column that is not listed; undefined where all are. Of the name '' all that is not listed. */
  readonly rest?: ((name: string) => string) | undefined;
}

/** Texts as one short one. */
export const short = (...parts: readonly string[]): string =>
  hash('sha256', parts.join('\u0000'), 'base64url').slice(0, 16);

/** Whether a column has that name. */
export const isNamed = ({ name }: PrintedColumn, wanted: string): boolean =>
  name !== null && fold(name) === fold(wanted);

/** Everything about a relation in one print. */
export const whole = ({ rows, columns, rest }: Printed): string =>
  short(rows, ...columns.map(({ print }) => print), rest?.('') ?? '');

/** A relation of which nothing is known but its text. */
export function opaque(text: string): Printed {
  const print = short('opaque', text);
  return { rows: print, columns: [], rest: (name) => short(print, fold(name)) };
}

/** A table of the warehouse. */
export function base({ key, columns }: KnownTable): Printed {
  const of = (name: string): string => short(key, fold(name));
  return {
    rows: key,
    columns: columns?.map(({ name }) => ({ name, print: of(name) })) ?? [],
    rest: columns ? undefined : of,
  };
}

/** A relation whose columns are told apart by their places alone. */
export function numbered(all: string, { columns, rest }: Printed): Printed {
  const own = columns.map(({ name }, i) => ({ name, print: short(all, String(i)) }));
  return { rows: all, columns: own, rest: rest && ((name) => short(all, fold(name))) };
}

/** A relation whose first columns have other names. */
export function renamed(printed: Printed, names: readonly Identifier[]): Printed {
  if (!names.length) return printed;
  const { columns, rest } = printed;
  const given = names.map(({ name }, i) => ({ name, print: columns[i]?.print ?? rest?.(name) ?? '' }));
  return { ...printed, columns: [...given, ...columns.slice(names.length)] };
}

/** A relation with a clause of its own, such as LIMIT or a sample. */
export const limited = (printed: Printed, text: string): Printed =>
  text === '' ? printed : { ...printed, rows: short(printed.rows, text) };
