import { computed } from '@preact/signals';
import { type ColumnPath, columnPath } from './column-path.ts';
import { type EdgeStyle, edgeStyle } from './edge-kinds.ts';
import { smooth } from './line.ts';
import { type Box, columnY, type Link, linkKey, PORT, type Scene, scene } from './scene.ts';
import { hovered, pinnedPath, project } from './state.ts';

/** A line of the path of a column. */
export interface LitLine {
  readonly line: string;
  readonly style: EdgeStyle;
}

/** What stands out while all else steps back. */
export interface Lit {
  /** Boxes by number. */
  readonly boxes: ReadonlySet<number>;
  readonly columns: ReadonlySet<number>;
  /** One line of all edges between boxes. */
  readonly links: string;
  readonly lines: readonly LitLine[];
  readonly path?: ColumnPath;
}

export const lit = computed((): Lit | undefined => {
  const at = hovered.value;
  if (at && 'column' in at) return litColumns(scene.value, columnPath(project, at.column));
  if (pinnedPath.value) return litColumns(scene.value, pinnedPath.value);
  const start = at && scene.value.indexOf.get(at.box);
  return start === undefined ? undefined : litBoxes(scene.value, start);
});

/** A box, all that it stands on and all that stands on it. */
function litBoxes({ links, boxes }: Scene, start: number): Lit {
  const found = new Set([start]);
  const lines: string[] = [];
  for (const [near, far] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    const by = new Map<number, Link[]>();
    for (const link of links) if (!by.get(link[near])?.push(link)) by.set(link[near], [link]);
    const seen = new Set([start]);
    const open = [start];
    for (let box = open.pop(); box !== undefined; box = open.pop())
      for (const link of by.get(box) ?? []) {
        lines.push(link.line);
        if (seen.has(link[far])) continue;
        seen.add(link[far]);
        found.add(link[far]);
        open.push(link[far]);
      }
  }
  return { boxes: boxes.length === 1 ? new Set() : found, columns: new Set(), links: lines.join(''), lines: [] };
}

/** The path of a column: its lines lead from row to row. */
function litColumns(shown: Scene, path: ColumnPath): Lit {
  const lines = new Map<string, EdgeStyle>();
  const boxes = new Set<number>();
  const boxOf = (column: number): number | undefined => shown.boxOf.get(project.nodeOfColumn[column]!);
  for (const column of path.columns) {
    const box = boxOf(column);
    if (box !== undefined) boxes.add(box);
  }
  const draw = (from: number, fromY: number, to: number, toY: number, style: EdgeStyle): void => {
    const [a, b] = [shown.boxes[from]!, shown.boxes[to]!];
    const route = shown.links[shown.linkOf.get(linkKey(from, to)) ?? -1]?.route ?? [];
    const line = smooth([a.x + a.width, a.y + fromY], route, [b.x, b.y + toY]);
    if (!lines.has(line) || lines.get(line) === 'influence') lines.set(line, style);
  };
  for (const { from, to, kinds } of [...path.edges, ...path.influences]) {
    const [a, b] = [boxOf(from), boxOf(to)];
    if (a === undefined || b === undefined || a === b) continue;
    boxes.add(b);
    draw(a, columnY(shown.boxes[a]!, from), b, columnY(shown.boxes[b]!, to), edgeStyle(project, kinds));
  }
  const start = boxOf(path.start);
  for (const { node } of start === undefined ? [] : path.effects) {
    const box = shown.boxOf.get(node);
    if (box === undefined || box === start) continue;
    boxes.add(box);
    draw(start!, columnY(shown.boxes[start!]!, path.start), box, headY(shown.boxes[box]!), 'influence');
  }
  return { boxes, columns: path.columns, links: '', lines: [...lines].map(([line, style]) => ({ line, style })), path };
}

const headY = (box: Box): number => (box.folder ? box.height / 2 : PORT);
