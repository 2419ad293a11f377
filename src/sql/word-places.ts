import { visible } from './respelled.ts';
import type { CodePoints } from './syntax.ts';

/**
 * Where words stand in the SQL of which the tree does not say it: names of functions and of types. Places of the tree count
 * code points, those that are found UTF-16 units.
 */
export class WordPlaces {
  readonly #sql: string;
  readonly #offset: (codePoint: number) => number;
  #visible: string | undefined;

  constructor(sql: string, offset: (codePoint: number) => number) {
    this.#sql = sql;
    this.#offset = offset;
  }

  /** The call of a function, as near before its arguments as there is one. */
  call(name: string, args: CodePoints | undefined): { readonly start: number; readonly end: number } | undefined {
    const found = this.#all(`\\b${escaped(name)}(?=\\s*\\()`);
    const before = args && found.findLast(({ start }) => start <= this.#offset(args.start));
    return before ?? found[0];
  }

  /** The name of a type, as near after what is cast as there is one. */
  type(name: string, value: CodePoints | undefined): { readonly start: number; readonly end: number } | undefined {
    const found = this.#all(`(?<=(?:::|\\bas)\\s*)${escaped(name)}\\b`);
    const after = value && found.find(({ start }) => start >= this.#offset(value.end));
    return after ?? found[0];
  }

  #all(pattern: string): { readonly start: number; readonly end: number }[] {
    this.#visible ??= visible(this.#sql);
    const matches = [...this.#visible.matchAll(new RegExp(pattern, 'gi'))];
    return matches.map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  }
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
