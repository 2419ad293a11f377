import type { JSX } from 'preact';
import { EDGE_STYLES, type EdgeStyle } from './edge-kinds.ts';
import type { LensName, Reading } from './lenses.ts';
import { lit } from './lit.ts';
import { lens, lenses, shown } from './state.ts';

const MOST = 8;

/** Which lens is in front of the graph, and what its colours mean. */
export function Legend(): JSX.Element {
  const counts = new Map<string, { reading: Reading; count: number }>();
  for (const node of shown.value) {
    const reading = lenses[lens.value].read(node);
    const entry = counts.get(reading.key) ?? { reading, count: 0 };
    entry.count++;
    counts.set(reading.key, entry);
  }
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count);
  const { missing } = lenses[lens.value];
  return (
    <div class="legend">
      <label>
        <span>Lens</span>
        <select
          value={lens.value}
          onChange={(event) => {
            lens.value = event.currentTarget.value as LensName;
          }}
        >
          {Object.entries(lenses).map(([key, one]) => (
            <option value={key} disabled={one.missing !== undefined} title={one.missing}>
              {one.missing === undefined ? one.name : `${one.name} (no data)`}
            </option>
          ))}
        </select>
      </label>
      {lit.value?.path ? (
        (Object.entries(EDGE_STYLES) as [EdgeStyle, string][]).map(([style, meaning]) => (
          <span class="key" title={meaning}>
            <svg width="26" height="8" aria-hidden="true">
              <path class={`edge ${style}`} d="M1 4H25" />
            </svg>
            {style}
          </span>
        ))
      ) : missing !== undefined ? (
        <span class="key">{missing}</span>
      ) : (
        sorted.slice(0, MOST).map(({ reading, count }) => (
          <span class="key">
            <span class={`dot tone-${reading.tone}`} />
            {reading.key} <small>{count}</small>
          </span>
        ))
      )}
    </div>
  );
}
