import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { focusOn } from './actions.ts';
import { Icon } from './icons.tsx';
import { seconds, toneOf } from './lenses.ts';
import { focus, project, timelineOpen } from './state.ts';
import { type Timeline, type Turn, timelineOf } from './timeline.ts';

const WIDTH = 1000;
const LANE = 24;

/** The last run by thread, with the chain that decided how long it took. */
export function TimelineView(): JSX.Element {
  const timeline = useMemo(() => timelineOf(project), []);
  return (
    <section class="timeline" aria-label="Timeline of the last run">
      <header>
        <h2>Last run</h2>
        {timeline && <Summary timeline={timeline} />}
        <button
          type="button"
          class="quiet close"
          aria-label="Close the timeline"
          onClick={() => {
            timelineOpen.value = false;
          }}
        >
          <Icon name="close" size={14} />
        </button>
      </header>
      {timeline ? (
        <Lanes timeline={timeline} />
      ) : (
        <p class="faint">Nothing has run yet: there is no run_results.json of a run.</p>
      )}
    </section>
  );
}

function Summary({ timeline }: { readonly timeline: Timeline }): JSX.Element {
  const { data } = project;
  const { critical, criticalWork, end } = timeline;
  return (
    <p class="faint grown">
      <code>{data.run!.command}</code> {data.run!.generated.slice(0, 16).replace('T', ' ')} UTC ·{' '}
      {timeline.turns.length} nodes in {seconds(end / 1000)} on {timeline.lanes.length} threads ·{' '}
      <span class="critical-word">critical path</span> {critical.length} nodes, {seconds(criticalWork / 1000)} of work
    </p>
  );
}

function Lanes({ timeline }: { readonly timeline: Timeline }): JSX.Element {
  const { turns, lanes, end, critical } = timeline;
  const window_ = useSignal({ from: 0, to: end });
  const drawn = useRef<HTMLDivElement>(null);
  const { from, to } = window_.value;
  const scale = WIDTH / Math.max(1, to - from);
  const isCritical = useMemo(() => new Set(critical), [critical]);
  const seen = turns.filter((turn) => turn.end >= from && turn.start <= to);
  // Of thousands of turns most are too narrow to point at: they are one shape for each status.
  const isWide = (turn: Turn): boolean => (turn.end - turn.start) * scale > 1.5 || isCritical.has(turn);
  const wide = seen.filter(isWide);
  const narrow = new Map<string, string>();
  for (const turn of seen) {
    if (isWide(turn)) continue;
    const tone = toneOf(turn.status);
    const width = Math.max(0.5, (turn.end - turn.start) * scale);
    const line = `M${((turn.start - from) * scale).toFixed(1)} ${turn.lane * LANE + 4}h${width.toFixed(1)}v${LANE - 8}h-${width.toFixed(1)}z`;
    narrow.set(tone, `${narrow.get(tone) ?? ''}${line}`);
  }
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.altKey && Math.abs(event.deltaY) < Math.abs(event.deltaX)) return;
    event.preventDefault();
    const { left, width } = drawn.current!.getBoundingClientRect();
    const at = from + ((event.clientX - left) / width) * (to - from);
    const factor = Math.exp(event.deltaY * 0.0016);
    const start = Math.max(0, at - (at - from) * factor);
    window_.value = { from: start, to: Math.min(end, Math.max(start + 5, at + (to - at) * factor)) };
  };
  return (
    <div class="lanes">
      <div class="lane-names">
        {lanes.map((lane) => (
          <div>{lane}</div>
        ))}
      </div>
      <div class="lane-turns" ref={drawn} onWheel={onWheel}>
        <svg
          viewBox={`0 0 ${WIDTH} ${lanes.length * LANE + 22}`}
          preserveAspectRatio="none"
          style={`height: ${lanes.length * LANE + 22}px`}
          role="group"
          aria-label="Nodes by thread"
        >
          {ticks(from, to).map((tick) => (
            <line class="tick" x1={(tick - from) * scale} x2={(tick - from) * scale} y1="0" y2={lanes.length * LANE} />
          ))}
          {[...narrow].map(([tone, line]) => (
            <path class={`bar tone-${tone}`} d={line} />
          ))}
          {wide.map((turn) => (
            <Bar
              key={turn.node}
              turn={turn}
              x={(turn.start - from) * scale}
              width={(turn.end - turn.start) * scale}
              isCritical={isCritical.has(turn)}
            />
          ))}
        </svg>
        {ticks(from, to).map((tick) => (
          <span class="tick-label" style={`left: ${((tick - from) / (to - from)) * 100}%`}>
            {seconds(tick / 1000)}
          </span>
        ))}
      </div>
      <ol class="critical" aria-label="Critical path">
        {critical.map((turn) => (
          <li>
            <button type="button" onClick={() => focusOn(turn.node)}>
              <span class={`dot tone-${toneOf(turn.status)}`} />
              <span class="grown" title={project.nodes[turn.node]!.name}>
                {shortName(turn.node)}
              </span>
              <small>{seconds((turn.end - turn.start) / 1000)}</small>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface BarProps {
  readonly turn: Turn;
  readonly x: number;
  readonly width: number;
  readonly isCritical: boolean;
}

function Bar({ turn, x, width, isCritical }: BarProps): JSX.Element {
  const { node, lane, status, start, end } = turn;
  const { name } = project.nodes[node]!;
  const classes = ['bar', `tone-${toneOf(status)}`, isCritical && 'on-critical', focus.value === node && 'here'];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same nodes are in the lists, where keys reach them
    <rect
      class={classes.filter(Boolean).join(' ')}
      x={x}
      y={lane * LANE + 4}
      width={Math.max(isCritical ? 3 : 0.8, width - 0.4)}
      height={LANE - 8}
      onClick={() => focusOn(node)}
    >
      <title>{`${name}\n${status} · ${seconds((end - start) / 1000)}, from ${seconds(start / 1000)} on${isCritical ? '\non the critical path' : ''}`}</title>
    </rect>
  );
}

/** A test by what it tests: its whole name is long. */
function shortName(node: number): string {
  const { name, test, testColumn } = project.nodes[node]!;
  if (test === undefined) return name;
  const [tested] = project.parents(node);
  return `${test} ${[tested === undefined ? undefined : project.nodes[tested]!.name, testColumn].filter(Boolean).join('.')}`;
}

/** Round moments, about eight of them. */
function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 8;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? power * 10;
  const found: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) found.push(tick);
  return found;
}
