import { valueBits } from './edge-kinds.ts';
import type { Project } from './project.ts';

/** An edge between two columns that is part of a path. */
export interface PathEdge {
  readonly from: number;
  readonly to: number;
  readonly kinds: number;
}

/** All that one column comes from and all that comes of it. */
export interface ColumnPath {
  readonly start: number;
  readonly up: ReadonlySet<number>;
  readonly down: ReadonlySet<number>;
  /** The column itself, `up` and `down`. */
  readonly columns: ReadonlySet<number>;
  readonly nodes: ReadonlySet<number>;
  readonly edges: readonly PathEdge[];
  /** Columns on which the column has influence without passing on its value. */
  readonly influences: readonly PathEdge[];
  /** Nodes on whose rows it decides. */
  readonly effects: readonly { readonly node: number; readonly kinds: number }[];
}

/** Follows the values of a column up and down as far as they go. */
export function columnPath(project: Project, start: number): ColumnPath {
  const edges: PathEdge[] = [];
  const up = reach(project, start, 'up', edges);
  const down = reach(project, start, 'down', edges);
  const columns = new Set([start, ...up, ...down]);
  const values = valueBits(project);
  const influences = [...project.down.at(start)]
    .map((place) => project.down.edge(place))
    .filter(({ kinds }) => !(kinds & values));
  const effects = [...project.effectsOfColumn.at(start)].map((place) => {
    const { to, kinds } = project.effectsOfColumn.edge(place);
    return { node: to, kinds };
  });
  const nodes = new Set([...columns].map((column) => project.nodeOfColumn[column]!));
  return { start, up, down, columns, nodes, edges, influences, effects };
}

function reach(project: Project, start: number, way: 'up' | 'down', edges: PathEdge[]): Set<number> {
  const index = project[way];
  const values = valueBits(project);
  const seen = new Set<number>();
  const open = [start];
  for (let column = open.pop(); column !== undefined; column = open.pop())
    for (const place of index.at(column)) {
      const edge = index.edge(place);
      if (!(edge.kinds & values)) continue;
      edges.push(edge);
      const next = way === 'up' ? edge.from : edge.to;
      if (next === start || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  return seen;
}
