import { batch } from '@preact/signals';
import { columnPath } from './column-path.ts';
import {
  anchor,
  announcement,
  fitWanted,
  focus,
  folders,
  level,
  openFolders,
  pinned,
  project,
  selection,
  shown,
  wholeCards,
} from './state.ts';

/** Neighbours that come at once; the rest one asks for. */
const AT_ONCE = 12;
/** A path over more nodes than this is not put on the canvas whole. */
const LONGEST_PATH = 60;
/** More nodes than this are first shown by folder. */
const MOST_CARDS = 60;

const byWeight = (a: number, b: number): number => project.children(b).length - project.children(a).length || a - b;

/** A node and its neighbours, those first on which most depends. */
export function neighbourhood(node: number): Set<number> {
  const some = (nodes: readonly number[]): number[] => nodes.toSorted(byWeight).slice(0, AT_ONCE);
  return new Set([node, ...some(project.parents(node)), ...some(project.children(node))]);
}

/** Makes a node what the page is about; where it is not on the canvas, the canvas shows it and its neighbours. */
export function focusOn(node: number, { alone = false, fit = true } = {}): void {
  batch(() => {
    // A test is shown at what it tests.
    const target = project.isDrawn(node) ? node : project.parents(node)[0];
    if (target !== undefined && (alone || !shown.value.has(target))) {
      shown.value = neighbourhood(target);
      selection.value = undefined;
      level.value = 'models';
      pinned.value = undefined;
      if (fit) fitWanted.value += 1;
    } else if (target !== undefined && level.value === 'folders' && !openFolders.value.has(folders.of(target).key)) {
      openFolders.value = new Set([...openFolders.value, folders.of(target).key]);
    }
    focus.value = node;
    if (target !== undefined) anchor.value = `n${target}`;
    const { name, type } = project.nodes[node]!;
    announcement.value = `${type.replace('_', ' ')} ${name}: ${project.parents(node).length} parents, ${project.children(node).length} children`;
  });
}

/** Keeps the path of a column lit and lays its columns open; again lets it go. */
export function pin(column: number | undefined): void {
  batch(() => {
    pinned.value = column === pinned.value ? undefined : column;
    if (pinned.value === undefined) return;
    const node = project.nodeOfColumn[column!]!;
    const path = columnPath(project, column!);
    const missing = [...path.nodes].filter((other) => !shown.value.has(other));
    if (!shown.value.has(node)) {
      shown.value = path.nodes.size > LONGEST_PATH ? neighbourhood(node) : path.nodes;
    } else if (missing.length > 0 && path.nodes.size <= LONGEST_PATH) {
      shown.value = new Set([...shown.value, ...missing]);
    }
    level.value = 'models';
    focus.value = node;
    // The cards of the path close up around its columns, so there is no place that could stay: the path is brought into view.
    anchor.value = undefined;
    fitWanted.value += 1;
    announcement.value = `${project.columnName(column!)}: ${path.up.size} columns above, ${path.down.size} below`;
  });
}

/** Shows only the nodes on the path of the column that is pinned. */
export function onlyPath(): void {
  if (pinned.value === undefined) return;
  shown.value = columnPath(project, pinned.value).nodes;
  fitWanted.value += 1;
}

/** Neighbours on one side that are not on the canvas. */
export const hidden = (node: number, way: 'up' | 'down'): number[] =>
  (way === 'up' ? project.parents(node) : project.children(node)).filter((other) => !shown.value.has(other));

/** Brings more neighbours of a node onto the canvas. */
export function grow(node: number, way: 'up' | 'down'): void {
  batch(() => {
    const more = hidden(node, way).sort(byWeight).slice(0, AT_ONCE);
    shown.value = new Set([...shown.value, ...more]);
    anchor.value = `n${node}`;
    announcement.value = `${more.length} more shown`;
  });
}

/** Shows some nodes and no others. @param text the selection that named them */
export function show(nodes: Iterable<number>, text?: string): void {
  batch(() => {
    const drawn = [...nodes].filter((node) => project.isDrawn(node));
    shown.value = new Set(drawn);
    selection.value = text;
    pinned.value = undefined;
    openFolders.value = new Set();
    level.value = drawn.length > MOST_CARDS ? 'folders' : 'models';
    anchor.value = undefined;
    fitWanted.value += 1;
    announcement.value = `${drawn.length} nodes shown`;
  });
}

/** Shows all there is. */
export const showAll = (): void => show(project.drawn, '*');

/** Draws nodes as nodes, or by folder. */
export function setLevel(to: 'models' | 'folders'): void {
  batch(() => {
    level.value = to;
    openFolders.value = new Set();
    anchor.value = undefined;
    fitWanted.value += 1;
  });
}

/** Lays a folder open between others that are closed, or closes it again. */
export function toggleFolder(key: string): void {
  batch(() => {
    const open = new Set(openFolders.value);
    if (!open.delete(key)) open.add(key);
    openFolders.value = open;
    anchor.value = undefined;
    fitWanted.value += 1;
  });
}

/** Shows all columns of a card, or as many as fit. */
export function toggleCard(node: number): void {
  const whole = new Set(wholeCards.value);
  if (!whole.delete(node)) whole.add(node);
  anchor.value = `n${node}`;
  wholeCards.value = whole;
}
