import type { JSX } from 'preact';
import { Canvas } from './canvas.tsx';
import { Details } from './details.tsx';
import { Help } from './help.tsx';
import { Legend } from './legend.tsx';
import { Navigator } from './navigator.tsx';
import { announcement, focus, helpOpen, navigatorOpen, picturing, shown, tab, timelineOpen } from './state.ts';
import { TimelineView } from './timeline-view.tsx';
import { GraphTools, Toolbar } from './toolbar.tsx';

/** The page. */
export function App(): JSX.Element {
  const isSql = focus.value !== undefined && tab.value === 'sql';
  const classes = ['app', !navigatorOpen.value && 'no-navigator', isSql && 'wide'];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
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
