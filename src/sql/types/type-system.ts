import type { DataType } from './data-type.ts';

/** Something that is given to a call: its type, null where that is not known, and the text of a literal. */
export interface Argument {
  readonly type: DataType | null;
  readonly literal?: string | undefined;
  /** The name it is given under, or that of the column it is. */
  readonly name?: string | undefined;
}

/** That values of these types certainly do not go together. */
export interface Mismatch {
  readonly mismatch: string;
}

export const isMismatch = (found: DataType | Mismatch | null): found is Mismatch =>
  found !== null && 'mismatch' in found;

/** Where several values become one column or one value. */
export type Meeting = 'value' | 'union';

/**
 * The types of one dialect. Whatever is asked, null means that the answer is not known; an answer is never a guess.
 */
export interface TypeSystem {
  readonly boolean: DataType;
  /** The type of a literal. */
  literal(kind: string, text: string): DataType | null;
  /** The type of NULL, before anything else is known of it. */
  readonly nothing: DataType | null;
  /** A type that somebody wrote, or that a catalog shows. */
  read(text: string): DataType | null;
  /** The type of what a function or an operator gives. */
  call(name: string, args: readonly Argument[]): DataType | Mismatch | null;
  /** The types of the parameters of a lambda, from the call that it is given to and what is before it. */
  parameters(call: string, before: readonly (DataType | null)[]): readonly (DataType | null)[];
  /** The one type of several values: of CASE and COALESCE, of the elements of a list, of the sides of a union. */
  common(types: readonly (DataType | null)[], meeting: Meeting): DataType | Mismatch | null;
  /** Why a value cannot be compared with others, for equality or for order; undefined where nothing is wrong. */
  comparison(value: DataType, others: readonly DataType[], isOrdered: boolean): Mismatch | undefined;
  /** Whether a literal without a type takes that of the other sides of a union. */
  readonly hasOpenLiterals: boolean;
  /** The type that an expression has as a column of a query; a literal is none any more. */
  asColumn(type: DataType): DataType | null;
  /** The type that a column of a query has in a table or a view. */
  asStored(type: DataType): DataType | null;
  /** Names of all functions that come with the dialect's engine; undefined where they are not known. */
  readonly functions: ReadonlySet<string> | undefined;
  /** The same of types. */
  readonly names: ReadonlySet<string> | undefined;
}
