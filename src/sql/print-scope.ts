import { fold } from './dialect.ts';
import { isNamed, type Printed, type PrintedColumn, short } from './printed.ts';

/** All that something may be made of, as one print. */
function anyOf(prints: readonly string[]): string | undefined {
  const all = [...new Set(prints)];
  return all.length > 1 ? short(...all.sort()) : all[0];
}

/** A relation under a name. */
export interface PrintSource {
  readonly name: string | null;
  readonly qualifiers: readonly string[];
  readonly printed: Printed;
  /** True of a table in brackets, whose columns are those of the brackets already. */
  readonly isInner?: boolean;
}

/**
 * What names stand for in one SELECT. Where a name may stand for several things, it is all of them: nothing that may matter
 * is left out.
 */
export class PrintScope {
  readonly ctes: ReadonlyMap<string, Printed>;
  readonly sources: PrintSource[] = [];
  /** Aliases of the select list so far, by folded name. */
  readonly aliases = new Map<string, string>();
  readonly windows = new Map<string, string>();
  readonly #outer: PrintScope | undefined;
  /** Names that come before columns: those of USING, and arguments of a lambda. */
  readonly #first = new Map<string, string>();

  constructor(ctes: ReadonlyMap<string, Printed>, outer?: PrintScope) {
    this.ctes = ctes;
    this.#outer = outer;
  }

  /** The scope of what stands after a query. */
  static over(printed: Printed, ctes: ReadonlyMap<string, Printed>, outer: PrintScope | undefined): PrintScope {
    const scope = new PrintScope(ctes, outer);
    scope.sources.push({ name: null, qualifiers: [], printed });
    return scope;
  }

  /** The same with names of its own, which are told apart by their places. */
  within(names: readonly string[]): PrintScope {
    const inner = new PrintScope(this.ctes, this);
    for (const [i, name] of names.entries()) inner.#first.set(fold(name), `${this.#depth()}.${i}`);
    return inner;
  }

  #depth(): number {
    return this.#outer ? this.#outer.#depth() + 1 : 0;
  }

  /** The same for what may use aliases of the select list. */
  withAliases(columns: readonly PrintedColumn[]): PrintScope {
    const inner = new PrintScope(this.ctes, this);
    for (const { name, print } of columns) {
      if (name === null) continue;
      const own = this.#own(name);
      inner.#first.set(fold(name), anyOf(own === undefined ? [print] : [own, print])!);
    }
    return inner;
  }

  /** The relations whose columns `*` stands for. */
  all(): Printed[] {
    return this.sources.filter(({ isInner }) => !isInner).map(({ printed }) => printed);
  }

  /** The columns that `*` stands for, those of USING once. */
  columns(): PrintedColumn[] {
    const seen = new Set<string>();
    return this.all().flatMap(({ columns }) =>
      columns.flatMap((column) => {
        const key = fold(column.name ?? '');
        const merged = this.#first.get(key);
        if (merged === undefined) return [column];
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ name: column.name, print: merged }];
      }),
    );
  }

  /** Makes one column of those that USING names; returns what it is made of. */
  merge(name: string): string {
    const print = this.#own(name) ?? fold(name);
    this.#first.set(fold(name), print);
    return print;
  }

  source(name: string, qualifiers: readonly string[] = []): PrintSource | undefined {
    const found = this.sources.find(
      (source) =>
        source.name !== null &&
        fold(source.name) === fold(name) &&
        qualifiers.every((part, i) => fold(source.qualifiers.at(i - qualifiers.length) ?? '') === fold(part)),
    );
    return found ?? this.#outer?.source(name, qualifiers);
  }

  window(name: string): string | undefined {
    return this.windows.get(fold(name)) ?? this.#outer?.window(name);
  }

  columnOf({ printed: { columns, rest, rows } }: PrintSource, name: string): string {
    const found = columns.find((column) => isNamed(column, name));
    return found?.print ?? rest?.(name) ?? `${rows}.${fold(name)}`;
  }

  /** What a name in an expression is made of, with the table before it or without. */
  column(name: string, table: string | undefined): string {
    if (table === undefined) return this.bare(name) ?? this.#word(name);
    const source = this.source(table);
    return source ? this.columnOf(source, name) : `${this.bare(table) ?? this.#word(table)}.${fold(name)}`;
  }

  /** What a chain of names is made of, where it begins with the name of a relation. */
  path(names: readonly string[]): string | undefined {
    for (let length = Math.min(names.length - 1, 3); length > 0; length--) {
      const source = this.source(names[length - 1]!, names.slice(0, length - 1));
      if (source) return [this.columnOf(source, names[length]!), ...names.slice(length + 1).map(fold)].join('.');
    }
    return undefined;
  }

  /** What a bare name is made of; undefined where nothing here has it. */
  bare(name: string): string | undefined {
    const own = this.#own(name);
    const isOpen = this.sources.some(({ printed }) => printed.rest);
    if (own !== undefined && !isOpen) return own;
    const found = [own, this.aliases.get(fold(name)), this.#outer?.bare(name)].filter((one) => one !== undefined);
    return anyOf(found);
  }

  /** In this SELECT alone. */
  #own(name: string): string | undefined {
    const first = this.#first.get(fold(name));
    if (first !== undefined) return first;
    const found = this.sources.flatMap((source) => {
      const { columns, rest } = source.printed;
      const isThere = columns.some((column) => isNamed(column, name));
      return isThere || rest ? [this.columnOf(source, name)] : [];
    });
    return anyOf(found);
  }

  /** A word of the language, or a whole row of the relation of that name. */
  #word(name: string): string {
    const relation = this.source(name)?.printed ?? this.ctes.get(fold(name));
    if (!relation) return fold(name);
    return [fold(name), relation.rows, ...relation.columns.map(({ print }) => print), relation.rest?.('') ?? ''].join();
  }
}
