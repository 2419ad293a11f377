import { focusOn, grow, pin, setLevel, showAll } from './actions.ts';
import { fitScene, zoomBy } from './canvas.tsx';
import type { LensName } from './lenses.ts';
import { type Box, scene } from './scene.ts';
import {
  focus,
  helpOpen,
  hovered,
  lens,
  lenses,
  level,
  pinned,
  showsColumns,
  tab,
  timelineOpen,
  wantsColumns,
} from './state.ts';

/** What keys do, in the order in which the help shows them. */
export const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['/', 'search, or select as on the command line'],
  ['← →', 'go to a parent, to a child'],
  ['↑ ↓', 'go to the next node in the same layer'],
  ['u d', 'show more parents, more children'],
  ['Enter', 'only this node and its neighbours'],
  ['c', 'columns on the cards, or not'],
  ['f', 'folders, or the nodes in them'],
  ['a', 'the whole project'],
  ['l', 'the next lens'],
  ['i', 'the impact'],
  ['t', 'the timeline of the last run'],
  ['+ − 0', 'larger, smaller, all in view'],
  ['Esc', 'let go of what is lit'],
  ['?', 'this help'],
];

/** Listens to keys that are not typed into a field. */
export function startKeyboard(): void {
  addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|select|textarea)$/i.test(target.tagName)) return;
    const act = actions[event.key];
    if (!act) return;
    // A button that has the focus is pressed by Enter; only on the graph it means more.
    if (event.key === 'Enter' && (target.closest('button, a, summary, .row, .more, .grow') || !focus.value)) return;
    if (event.key.startsWith('Arrow') && target.closest('.panel, .navigator, .timeline')) return;
    event.preventDefault();
    act();
  });
}

const actions: Readonly<Record<string, () => void>> = {
  '/': () => document.getElementById('search')?.focus(),
  '?': () => {
    helpOpen.value = !helpOpen.value;
  },
  Escape: () => {
    if (helpOpen.value) helpOpen.value = false;
    else if (pinned.value !== undefined) pin(undefined);
    hovered.value = undefined;
  },
  Enter: () => focus.value !== undefined && focusOn(focus.value, { alone: true }),
  ArrowLeft: () => step((at) => linked(at, 'up')),
  ArrowRight: () => step((at) => linked(at, 'down')),
  ArrowUp: () => step((at) => beside(at, -1)),
  ArrowDown: () => step((at) => beside(at, 1)),
  u: () => focus.value !== undefined && grow(focus.value, 'up'),
  d: () => focus.value !== undefined && grow(focus.value, 'down'),
  c: () => {
    wantsColumns.value = !showsColumns.value;
  },
  f: () => setLevel(level.value === 'folders' ? 'models' : 'folders'),
  a: showAll,
  l: () => {
    const usable = (Object.keys(lenses) as LensName[]).filter((name) => lenses[name].missing === undefined);
    lens.value = usable[(usable.indexOf(lens.value) + 1) % usable.length]!;
  },
  i: () => {
    tab.value = 'impact';
  },
  t: () => {
    timelineOpen.value = !timelineOpen.value;
  },
  '+': () => zoomBy(1.25),
  '=': () => zoomBy(1.25),
  '-': () => zoomBy(0.8),
  '0': () => fitScene(),
};

/** Goes from the box in focus to another one. */
function step(next: (at: number) => Box | undefined): void {
  const { indexOf, boxes } = scene.value;
  const at = indexOf.get(`n${focus.value}`);
  const box = at === undefined ? boxes.find(({ node }) => node >= 0) : next(at);
  if (!box || box.node < 0) return;
  focusOn(box.node);
  requestAnimationFrame(() => document.querySelector<SVGElement>('.card.focus .head')?.focus());
}

/** The neighbour that is nearest in height. */
function linked(at: number, way: 'up' | 'down'): Box | undefined {
  const { links, boxes } = scene.value;
  const own = boxes[at]!;
  return links
    .flatMap(({ from, to }) => (way === 'up' ? (to === at ? [from] : []) : from === at ? [to] : []))
    .map((index) => boxes[index]!)
    .sort((a, b) => Math.abs(a.y - own.y) - Math.abs(b.y - own.y))[0];
}

/** The next box above or below in the same layer. */
function beside(at: number, way: 1 | -1): Box | undefined {
  const { boxes } = scene.value;
  const own = boxes[at]!;
  return boxes.filter((box) => box.x === own.x && (box.y - own.y) * way > 0).sort((a, b) => (a.y - b.y) * way)[0];
}
