import { computed } from '@preact/signals';
import type { Folder } from './folders.ts';
import { layout } from './layout.ts';
import { arc, smooth } from './line.ts';
import {
  focus,
  folders,
  lens,
  level,
  openFolders,
  pinned,
  pinnedPath,
  project,
  shown,
  showsColumns,
  wholeCards,
} from './state.ts';
import { textWidth } from './text-width.ts';

export const HEADER = 48;
export const ROW = 22;
/** How far below the top of a card its edges begin. */
export const PORT = 24;
const FOOT = 6;
const FOLDER_HEIGHT = 74;

/** A card of a node or a closed folder, placed. */
export interface Box {
  readonly key: string;
  /** -1 where it is a folder. */
  readonly node: number;
  readonly folder?: Folder;
  /** Members of the folder that are shown. */
  readonly members?: readonly number[];
  readonly rows: readonly number[];
  /** Columns that are not among the rows. */
  readonly more: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge between boxes. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly route: readonly (readonly [from: number, to: number, y: number])[];
  readonly line: string;
  /** Whether both stand in one layer, since each reads from the other. */
  readonly isBeside: boolean;
}

/** What there is to draw. */
export interface Scene {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** The box of a node, its folder's where that is closed. */
  readonly boxOf: ReadonlyMap<number, number>;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly linkOf: ReadonlyMap<string, number>;
  readonly width: number;
  readonly height: number;
}

type Unplaced = Omit<Box, 'x' | 'y'>;

export const linkKey = (from: number, to: number): string => `${from}>${to}`;

export const scene = computed((): Scene => {
  const boxes = boxesOf();
  const boxOf = new Map<number, number>();
  boxes.forEach(({ node, members }, index) => {
    for (const member of members ?? [node]) boxOf.set(member, index);
  });
  const linkOf = new Map<string, number>();
  const edges: [number, number][] = [];
  for (const [node, to] of boxOf)
    for (const parent of project.parents(node)) {
      const from = boxOf.get(parent);
      if (from === undefined || from === to || linkOf.has(linkKey(from, to))) continue;
      linkOf.set(linkKey(from, to), edges.push([from, to]) - 1);
    }
  const started = performance.now();
  const placed = layout({
    widths: boxes.map(({ width }) => width),
    heights: boxes.map(({ height }) => height),
    ports: boxes.map(portOf),
    edges,
  });
  const all = boxes.map((box, i): Box => {
    return { ...box, x: Math.round(placed.x[i]!), y: Math.round(placed.y[i]!), width: placed.widths[i]! };
  });
  performance.measure('xform-layout', { start: started });
  const links = edges.map(([from, to], i): Link => {
    const [a, b] = [all[from]!, all[to]!];
    const route = placed.routes[i]!;
    const start = [a.x + a.width, a.y + portOf(a)] as const;
    const isBeside = a.x === b.x;
    const line = isBeside ? arc(start, [b.x + b.width, b.y + portOf(b)]) : smooth(start, route, [b.x, b.y + portOf(b)]);
    return { from, to, route, line, isBeside };
  });
  return {
    boxes: all,
    links,
    boxOf,
    indexOf: new Map(all.map(({ key }, index) => [key, index])),
    linkOf,
    width: placed.width,
    height: placed.height,
  };
});

const portOf = ({ folder, height }: Unplaced): number => (folder ? height / 2 : PORT);

function boxesOf(): Unplaced[] {
  const closed = new Map<Folder, number[]>();
  const cards: Unplaced[] = [];
  for (const node of shown.value) {
    const folder = level.value === 'folders' ? folders.of(node) : undefined;
    if (!folder || openFolders.value.has(folder.key)) cards.push(cardOf(node));
    else if (!closed.get(folder)?.push(node)) closed.set(folder, [node]);
  }
  const boxes = [...closed].map(
    ([folder, members]): Unplaced => ({
      key: `f${folder.key}`,
      node: -1,
      folder,
      members,
      rows: [],
      more: 0,
      width: Math.min(300, Math.max(176, textWidth(folder.name, 14, 600) + 60, textWidth(folder.place, 11) + 32)),
      height: FOLDER_HEIGHT,
    }),
  );
  return [...cards, ...boxes];
}

function cardOf(node: number): Unplaced {
  const { rows, more } = rowsOf(node);
  const names = Math.max(0, ...rows.map((c) => textWidth(project.columnName(c), 12) + typeWidth(c)));
  // The sign before the name, and behind it the mark of a lens.
  const isMarked = !['type', 'materialization', 'owner'].includes(lens.value);
  const room = isMarked ? 94 : 64;
  const width = Math.min(
    330,
    Math.max(isMarked ? 190 : 164, textWidth(project.nodes[node]!.name, 13, 600) + room, names + 46),
  );
  const lines = rows.length + (more > 0 && rows.length > 0 ? 1 : 0);
  return { key: `n${node}`, node, rows, more, width, height: HEADER + lines * ROW + (lines ? FOOT : 0) };
}

const typeWidth = (column: number): number =>
  Math.min(90, textWidth((project.columnType(column) ?? '').toLowerCase(), 10.5));

/** The columns that a card shows. While a column is pinned these are the ones on its path. */
function rowsOf(node: number): { rows: number[]; more: number } {
  const all = project.columns(node);
  if (all.length === 0) return { rows: [], more: 0 };
  if (wholeCards.value.has(node)) return { rows: all, more: 0 };
  const path = pinnedPath.value;
  if (path) {
    const own = project.nodeOfColumn[pinned.value!] === node;
    const rows = all.filter((column) => path.columns.has(column)).slice(0, 24);
    return own || rows.length > 0 ? { rows, more: all.length - rows.length } : { rows: [], more: all.length };
  }
  if (!showsColumns.value) return { rows: [], more: all.length };
  const most = focus.value === node ? 14 : shown.value.size > 7 ? 4 : 7;
  // A line that says "1 more" takes as much room as the one more.
  const rows = all.length <= most + 1 ? all : all.slice(0, most);
  return { rows, more: all.length - rows.length };
}

/** How far below the top of its box a column stands: on its row, else on the row of the others, else at the port. */
export function columnY(box: Box, column: number): number {
  const row = box.rows.indexOf(column);
  if (row >= 0) return HEADER + row * ROW + ROW / 2;
  return box.rows.length > 0 && box.more > 0 ? HEADER + box.rows.length * ROW + ROW / 2 : portOf(box);
}
