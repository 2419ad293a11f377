import { type Dialect, fold } from './dialect.ts';
import { Provenance } from './provenance.ts';
import type { Column, Relation, Rest } from './relation.ts';
import type { CodePoints } from './syntax.ts';

/** One relation in a FROM clause. */
export interface Source {
  /** Its alias, or the last part of its name; null where it has neither. */
  readonly name: string | null;
  /** The parts of its name before the last, where it has no alias. */
  readonly qualifiers: readonly string[];
  readonly relation: Relation;
  /** Where it is named. */
  readonly span?: CodePoints | null | undefined;
}

/** CTEs that a query can see, by folded name; those of inner queries before those of outer ones. */
export class Ctes {
  readonly #own = new Map<string, Cte>();
  readonly #outer: Ctes | undefined;
  /** The CTE in whose definition names are looked up; undefined in the query itself. */
  readonly owner: Cte | undefined;

  constructor(outer?: Ctes, owner = outer?.owner) {
    this.#outer = outer;
    this.owner = owner;
  }

  set(name: string, cte: Cte): void {
    this.#own.set(fold(name), cte);
  }

  find(name: string): Cte | undefined {
    return this.#own.get(fold(name)) ?? this.#outer?.find(name);
  }

  *names(): Generator<string> {
    for (const { name } of this.#own.values()) yield name;
    if (this.#outer) yield* this.#outer.names();
  }
}

/** A CTE: its relation is made when it is defined, who reads it is noted. */
export interface Cte {
  readonly name: string;
  relation: Relation;
  /** The CTEs that read it, and undefined for the query itself. */
  readonly users: Set<Cte | undefined>;
}

/** Whether the query reads a CTE, if only through others. */
export function isRead({ users }: Cte): boolean {
  for (const user of users) if (user === undefined || isRead(user)) return true;
  return false;
}

/** What a name stands for. */
export type Found =
  | { readonly column: Column }
  /** Nothing of that name; `isCertain` where all there is to choose from is known. */
  | { readonly missing: 'column' | 'source'; readonly isCertain: boolean; readonly source?: Source }
  /** Several columns of that name. */
  | { readonly ambiguous: readonly Source[]; readonly column: Column };

/** What the expressions of one SELECT can name. */
export class Scope {
  readonly sources: Source[] = [];
  readonly ctes: Ctes;
  readonly outer: Scope | undefined;
  /** Columns that USING and NATURAL make one of several, by folded name. */
  readonly merged = new Map<string, Column>();
  /** Aliases of the select list so far, by folded name. */
  readonly aliases = new Map<string, Column>();
  /** Named windows. */
  readonly windows = new Map<string, Provenance>();
  /** Arguments of a lambda and the like: names that are no columns. */
  readonly locals = new Map<string, Column>();
  readonly #dialect: Dialect;

  constructor(dialect: Dialect, ctes: Ctes, outer?: Scope) {
    this.#dialect = dialect;
    this.ctes = ctes;
    this.outer = outer;
  }

  /** The same sources with further local names. */
  within(locals: Iterable<Column & { readonly name: string }>): Scope {
    const inner = new Scope(this.#dialect, this.ctes, this);
    for (const local of locals) inner.locals.set(fold(local.name), local);
    return inner;
  }

  /** The source of that name, in this SELECT or around it. */
  source(name: string, qualifiers: readonly string[] = []): Source | undefined {
    const wanted = fold(name);
    const path = qualifiers.map(fold);
    const found = this.sources.find(
      (source) =>
        source.name !== null &&
        fold(source.name) === wanted &&
        path.every((part, i) => fold(source.qualifiers.at(i - path.length) ?? '') === part),
    );
    return found ?? this.outer?.source(name, qualifiers);
  }

  /** Whether a column is one of this SELECT's own, and not of one around it. */
  owns(name: string, table?: string): boolean {
    const isMeant = (source: Source): boolean =>
      table === undefined || (source.name !== null && fold(source.name) === fold(table));
    return this.sources.some((source) => isMeant(source) && source.relation.find(name, this.#dialect) !== undefined);
  }

  /** A column by its bare name. */
  column(name: string): Found {
    const key = fold(name);
    const own = this.#own(name, key);
    const alias = this.aliases.get(key);
    if (own && !('ambiguous' in own && alias && this.#dialect.aliasesDecide)) return own;
    if (own && alias) return { column: alias };
    const rests = this.#rests();
    if (!rests.length && alias) return { column: alias };
    const outer = this.outer?.column(name);
    if (outer && 'column' in outer) return outer;
    if (alias) return { column: alias };
    if (rests.length) return { column: assumed(name, rests) };
    const isCertain = !this.sources.some(({ relation }) => relation.mayHave(name, this.#dialect));
    return { missing: 'column', isCertain: isCertain && (outer && 'missing' in outer ? outer.isCertain : true) };
  }

  #own(name: string, key: string): Found | undefined {
    const local = this.locals.get(key);
    if (local) return { column: local };
    const merged = this.merged.get(key);
    if (merged) return { column: merged };
    const found: { source: Source; column: Column }[] = [];
    for (const source of this.sources) {
      const column = source.relation.find(name, this.#dialect);
      if (column) found.push({ source, column });
    }
    // A value that is unpacked under the name of the column it is in: the element is meant.
    const element = found.find(({ source }) => source.relation.rest.length > 0);
    if (found.length > 1 && element) return { column: element.column };
    if (found.length > 1) {
      const column = { ...found[0]!.column, provenance: Provenance.union(found.map((one) => one.column.provenance)) };
      return { ambiguous: found.map(({ source }) => source), column };
    }
    return found[0] && { column: found[0].column };
  }

  #rests(): Rest[] {
    return this.sources.flatMap(({ relation }) => relation.rest);
  }

  /** A column of a source. */
  columnOf(source: Source, name: string): Found {
    const column = source.relation.find(name, this.#dialect);
    if (column) return { column };
    const { rest } = source.relation;
    if (rest.length) return { column: assumed(name, rest) };
    return { missing: 'column', isCertain: !source.relation.mayHave(name, this.#dialect), source };
  }

  /** Whether something may be named here that is not known. */
  get isOpen(): boolean {
    return this.#rests().length > 0 || (this.outer?.isOpen ?? false);
  }

  /** Names of columns that can be named bare, for suggestions. */
  *names(): Generator<string> {
    for (const { relation } of this.sources) for (const { name } of relation.columns) if (name !== null) yield name;
    for (const { name } of this.aliases.values()) if (name !== null) yield name;
    if (this.outer) yield* this.outer.names();
  }

  /** Names of sources, for suggestions. */
  *sourceNames(): Generator<string> {
    for (const { name } of this.sources) if (name !== null) yield name;
    if (this.outer) yield* this.outer.sourceNames();
  }
}

/** A column that is not listed: it comes from where not all columns are known. */
function assumed(name: string, rest: readonly Rest[]): Column {
  const columns = rest.map((one) => one.column(name));
  if (columns.length === 1) return columns[0]!;
  return {
    name,
    type: null,
    provenance: Provenance.union(columns.map(({ provenance }) => provenance)),
    unknown: `'${name}' may be of any of several tables: ${rest.map(({ reason }) => reason).join('; ')}`,
  };
}
