import type { JSX } from 'preact';
import { Canvas } from './canvas.tsx';
import { Details } from './details.tsx';
import { Help } from './help.tsx';
import { Legend } from './legend.tsx';
import { Navigator } from './navigator.tsx';
import { announcement, helpOpen, navigatorOpen, picturing, shown, timelineOpen } from './state.ts';
import { TimelineView } from './timeline-view.tsx';
import { GraphTools, Toolbar } from './toolbar.tsx';

/** The page. */
export function App(): JSX.Element {
  return (
    <div class={navigatorOpen.value ? 'app' : 'app no-navigator'}>
      <Toolbar />
      {navigatorOpen.value && <Navigator />}
      <main class="stage">
        <div class="graph">
          <Canvas picturing={picturing.value} />
          {shown.value.size === 0 && (
            <p class="empty">There is nothing to show: the project has no models or sources.</p>
          )}
          <Legend />
          <GraphTools />
        </div>
        {timelineOpen.value && <TimelineView />}
      </main>
      <Details />
      {helpOpen.value && <Help />}
      <div class="offscreen" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </div>
  );
}
