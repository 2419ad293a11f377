/** A column of a table that no query here has made. */
export interface BaseColumn {
  /** Key of the table, as the caller knows it. */
  readonly table: string;
  readonly column: string;
}

/** How one column comes from another; values first, then what has an influence on which rows or groups there are. */
export const edgeKinds = ['copy', 'derive', 'aggregate', 'filter', 'join', 'group', 'order', 'window'] as const;
export type EdgeKind = (typeof edgeKinds)[number];
/** Those that pass a value on. */
export const valueKinds: readonly EdgeKind[] = ['copy', 'derive', 'aggregate'];

/** A clause through which a column has influence without its value being passed on. */
export type Influence = Extract<EdgeKind, 'filter' | 'join' | 'group' | 'order' | 'window'>;

const bit = (kind: EdgeKind): number => 1 << edgeKinds.indexOf(kind);
const COPY = bit('copy');
const DERIVE = bit('derive');
const AGGREGATE = bit('aggregate');
const VALUES = COPY | DERIVE | AGGREGATE;

type Ways = ReadonlyMap<BaseColumn, number>;

/**
 * Where a value comes from: base columns, each with the ways in which it gets here. Values are shared, not copied, so that
 * a column which is handed through many queries costs nothing.
 */
export class Provenance {
  readonly #ways: Ways;
  readonly #made = new Map<EdgeKind, Provenance>();

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  /** Of what comes from no column. */
  static get none(): Provenance {
    return NONE;
  }

  static of(column: BaseColumn): Provenance {
    return new Provenance(new Map([[column, COPY]]));
  }

  /** All of several. */
  static union(parts: Iterable<Provenance>): Provenance {
    let only: Provenance | undefined;
    let all: Map<BaseColumn, number> | undefined;
    for (const part of parts) {
      if (part.isEmpty || part === only) continue;
      if (!only) {
        only = part;
        continue;
      }
      all ??= new Map(only.#ways);
      for (const [column, ways] of part.#ways) all.set(column, (all.get(column) ?? 0) | ways);
    }
    return all ? new Provenance(all) : (only ?? Provenance.none);
  }

  get isEmpty(): boolean {
    return this.#ways.size === 0;
  }

  /** The same, as part of an expression. */
  derived(): Provenance {
    return this.#turned('derive', (ways) => (ways & COPY ? (ways & ~COPY) | DERIVE : ways));
  }

  /** The same, over many rows. */
  aggregated(): Provenance {
    return this.#turned('aggregate', (ways) => (ways & VALUES ? (ways & ~VALUES) | AGGREGATE : ways));
  }

  /** The same, where only a clause asks for it. */
  influencing(clause: Influence): Provenance {
    return this.#turned(clause, () => bit(clause));
  }

  #turned(kind: EdgeKind, turn: (ways: number) => number): Provenance {
    let made = this.#made.get(kind);
    if (!made) {
      let isSame = true;
      const ways = new Map<BaseColumn, number>();
      for (const [column, before] of this.#ways) {
        const after = turn(before);
        isSame &&= after === before;
        ways.set(column, after);
      }
      made = isSame ? this : new Provenance(ways);
      this.#made.set(kind, made);
    }
    return made;
  }

  /** Base columns with the kinds of edge that lead here, the strongest kind of value only. */
  *edges(): Generator<readonly [BaseColumn, readonly EdgeKind[]]> {
    for (const [column, ways] of this.#ways) {
      const value = ways & AGGREGATE ? AGGREGATE : ways & DERIVE ? DERIVE : ways & COPY;
      const kept = (ways & ~VALUES) | value;
      yield [column, edgeKinds.filter((_, i) => kept & (1 << i))];
    }
  }
}

const NONE = new Provenance(new Map());
