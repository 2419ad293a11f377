import { computed, signal } from '@preact/signals';
import { columnPath } from './column-path.ts';
import { Folders } from './folders.ts';
import { readData } from './island-reader.ts';
import { type LensName, lensesOf } from './lenses.ts';
import { Project } from './project.ts';

/** What is under the pointer: a column, or a box by its key. */
export type Hovered = { readonly column: number } | { readonly box: string } | undefined;

/** Tabs of the panel beside the graph. */
export const TABS = ['overview', 'columns', 'sql', 'impact'] as const;
export type Tab = (typeof TABS)[number];

export const project = new Project(readData());
export const folders = new Folders(project);
export const lenses = lensesOf(project);

/** The node that the panel is about. */
export const focus = signal<number | undefined>(undefined);
/** The column whose path stays lit. */
export const pinned = signal<number | undefined>(undefined);
export const hovered = signal<Hovered>(undefined);
/** Nodes on the canvas. */
export const shown = signal<ReadonlySet<number>>(new Set());
/** The selection that the canvas shows, as it was written. */
export const selection = signal<string | undefined>(undefined);
/** Whether boxes are nodes, or folders of nodes. */
export const level = signal<'models' | 'folders'>('models');
/** Folders that are laid open while others are closed. */
export const openFolders = signal<ReadonlySet<string>>(new Set());
/** Whether cards show columns; undefined where it follows from how many cards there are. */
export const wantsColumns = signal<boolean | undefined>(undefined);
/** Cards that show all of their columns. */
export const wholeCards = signal<ReadonlySet<number>>(new Set());
export const lens = signal<LensName>('type');
export const tab = signal<Tab>('overview');
export const timelineOpen = signal(false);
/** On narrow screens the list lies over the graph, and is not there at first. */
export const navigatorOpen = signal(innerWidth > 1100);
export const helpOpen = signal(false);
export const searchText = signal('');
/** Said to those who hear the page. */
export const announcement = signal('');
/** The box that stays where it is on the screen while others move. */
export const anchor = signal<string | undefined>(undefined);
/** Counts up when all of the scene is to be brought into view. */
export const fitWanted = signal(0);

/** More cards than this are shown without their columns. */
const MOST_WITH_COLUMNS = 18;

export const showsColumns = computed(
  () => wantsColumns.value ?? (shown.value.size <= MOST_WITH_COLUMNS || pinned.value !== undefined),
);

/** The path of the column that is pinned. */
export const pinnedPath = computed(() => (pinned.value === undefined ? undefined : columnPath(project, pinned.value)));
/** Whether all of the scene is drawn, not only what is in sight: for a picture of it. */
export const picturing = signal(false);
