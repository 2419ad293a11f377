import type { JSX } from 'preact';
import { setLevel, showAll } from './actions.ts';
import { fitScene, zoomBy } from './canvas.tsx';
import { Icon } from './icons.tsx';
import { pngPicture, save, svgPicture } from './picture.ts';
import { SearchBox } from './search-box.tsx';
import {
  focus,
  helpOpen,
  level,
  navigatorOpen,
  picturing,
  project,
  showsColumns,
  timelineOpen,
  wantsColumns,
} from './state.ts';

import { THEMES, theme } from './theme.ts';

/** The bar above everything. */
export function Toolbar(): JSX.Element {
  return (
    <header class="toolbar">
      <Toggle
        sign="sidebar"
        label="List of resources"
        isOn={navigatorOpen.value}
        onClick={() => {
          navigatorOpen.value = !navigatorOpen.value;
        }}
      />
      <button
        type="button"
        class="title"
        onClick={() => {
          focus.value = undefined;
        }}
      >
        {project.data.project}
      </button>
      <SearchBox />
      <div class="tools">
        <Toggle
          sign="timeline"
          label="Timeline of the last run (t)"
          isOn={timelineOpen.value}
          onClick={() => {
            timelineOpen.value = !timelineOpen.value;
          }}
        />
        <SaveMenu />
        <button
          type="button"
          class="tool"
          aria-label={`Theme: ${theme.value}`}
          title={`Theme: ${theme.value}`}
          onClick={() => {
            theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]!;
          }}
        >
          <Icon name={{ system: 'system', light: 'sun', dark: 'moon' }[theme.value]} />
        </button>
        <Toggle
          sign="help"
          label="Keys (?)"
          isOn={helpOpen.value}
          onClick={() => {
            helpOpen.value = !helpOpen.value;
          }}
        />
      </div>
    </header>
  );
}

interface ToggleProps {
  readonly sign: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function Toggle({ sign, label, isOn, onClick }: ToggleProps): JSX.Element {
  return (
    <button type="button" class="tool" aria-label={label} title={label} aria-pressed={isOn} onClick={onClick}>
      <Icon name={sign} />
    </button>
  );
}

function SaveMenu(): JSX.Element {
  const saved = async (format: 'svg' | 'png', event: Event): Promise<void> => {
    (event.currentTarget as HTMLElement).closest('details')?.removeAttribute('open');
    await savePicture(format);
  };
  return (
    <details class="menu">
      <summary class="tool" aria-label="Save the graph as a picture" title="Save the graph as a picture">
        <Icon name="save" />
      </summary>
      <div>
        <button type="button" onClick={(event) => saved('svg', event)}>
          Save as SVG
        </button>
        <button type="button" onClick={(event) => saved('png', event)}>
          Save as PNG
        </button>
      </div>
    </details>
  );
}

/** Draws all of the scene for a moment, not only what is in sight, and saves that. */
async function savePicture(format: 'svg' | 'png'): Promise<void> {
  picturing.value = true;
  try {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const canvas = document.querySelector<SVGSVGElement>('svg.canvas')!;
    const name = `${project.data.project}-lineage.${format}`;
    if (format === 'png') save(name, await pngPicture(canvas));
    else save(name, new Blob([svgPicture(canvas).text], { type: 'image/svg+xml' }));
  } finally {
    picturing.value = false;
  }
}

/** What is done with the graph, on the graph. */
export function GraphTools(): JSX.Element {
  const isFolders = level.value === 'folders';
  return (
    <div class="graph-tools" role="group" aria-label="View">
      <div>
        <Toggle
          sign="folder"
          label={isFolders ? 'Show nodes (f)' : 'Show folders (f)'}
          isOn={isFolders}
          onClick={() => setLevel(isFolders ? 'models' : 'folders')}
        />
        <Toggle
          sign="columns"
          label="Columns on the cards (c)"
          isOn={showsColumns.value}
          onClick={() => {
            wantsColumns.value = !showsColumns.value;
          }}
        />
        <button type="button" class="tool wide" title="The whole project (a)" onClick={showAll}>
          All
        </button>
      </div>
      <div>
        <button type="button" class="tool" aria-label="Larger (+)" title="Larger (+)" onClick={() => zoomBy(1.25)}>
          <Icon name="plus" />
        </button>
        <button type="button" class="tool" aria-label="Smaller (−)" title="Smaller (−)" onClick={() => zoomBy(0.8)}>
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="tool"
          aria-label="All in view (0)"
          title="All in view (0)"
          onClick={() => fitScene()}
        >
          <Icon name="fit" />
        </button>
      </div>
    </div>
  );
}
