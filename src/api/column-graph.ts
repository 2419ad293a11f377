import type { AnalysedNode } from '../compile/index.ts';
import { addTo } from '../core/index.ts';
import type { EdgeKind } from '../sql/index.ts';

/** A column of a node or source; of a name as written, where the project does not know the table. */
export interface ColumnRef {
  readonly table: string;
  readonly column: string;
}

/** That one column comes from, or depends on, another. */
export interface ColumnLink {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  readonly kinds: readonly EdgeKind[];
}

/** A column as a key: names of columns are compared whatever the size of their letters. */
export const columnKey = ({ table, column }: ColumnRef): string => `${table}\u0000${column.toLowerCase()}`;

/** Which way to go along the edges, how far, and along which. */
export interface Walk {
  readonly direction: 'up' | 'down';
  readonly depth: number;
  readonly kinds: ReadonlySet<EdgeKind>;
}

/** Columns of a project and how they come from one another. */
export class ColumnGraph {
  readonly #up = new Map<string, ColumnLink[]>();
  readonly #down = new Map<string, ColumnLink[]>();

  /** @param withEffects whether columns that decide on the rows of a node count as links to each of its columns */
  constructor(nodes: Iterable<AnalysedNode>, withEffects: boolean) {
    for (const { uniqueId, columns, effects } of nodes)
      for (const { name, edges } of columns) {
        if (name === null) continue;
        const to = { table: uniqueId, column: name };
        for (const { table, column, kinds } of withEffects ? [...edges, ...effects] : edges)
          this.#add({ from: { table, column }, to, kinds });
      }
  }

  #add(link: ColumnLink): void {
    addTo(this.#up, columnKey(link.to), link);
    addTo(this.#down, columnKey(link.from), link);
  }

  /** Links that begin or end at a column. */
  *at(column: ColumnRef, { direction, kinds }: Walk): Generator<ColumnLink> {
    const links = (direction === 'up' ? this.#up : this.#down).get(columnKey(column)) ?? [];
    for (const link of links) {
      const wanted = link.kinds.filter((kind) => kinds.has(kind));
      if (wanted.length) yield { ...link, kinds: wanted };
    }
  }

  /** All links that lead away from some columns, each once, the nearest first. */
  *from(start: Iterable<ColumnRef>, walk: Walk): Generator<ColumnLink> {
    const seen = new Set<string>();
    let front = [...start];
    for (const column of front) seen.add(columnKey(column));
    for (let depth = 0; depth < walk.depth && front.length; depth++) {
      const next: ColumnRef[] = [];
      for (const column of front)
        for (const link of this.at(column, walk)) {
          yield link;
          const end = walk.direction === 'up' ? link.from : link.to;
          if (seen.has(columnKey(end))) continue;
          seen.add(columnKey(end));
          next.push(end);
        }
      front = next;
    }
  }
}
