import type { JSX } from 'preact';

/** Signs of 16 by 16, drawn with lines. */
const SIGNS = {
  model: 'M8 1.8 13.8 5v6L8 14.2 2.2 11V5zM2.4 5.1 8 8.2l5.6-3.1M8 8.2v5.8',
  source:
    'M2.5 4c0-1.2 2.5-2.2 5.5-2.2s5.5 1 5.5 2.2-2.5 2.2-5.5 2.2S2.5 5.2 2.5 4zM2.5 4v8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2V4M2.5 8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2',
  seed: 'M8 14V7.5M8 9.5C8 6 5.5 4.2 2.2 4.2 2.2 7.7 4.5 9.5 8 9.5zM8 7.5c0-3.2 2.2-5.3 5.8-5.3C13.8 5.7 11.5 7.5 8 7.5z',
  snapshot: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.5V8l2.4 1.6',
  exposure: 'M2.2 13.8h11.6M4 11.5V8M8 11.5V3M12 11.5V6',
  metric: 'M2 11.5a6 6 0 1 1 12 0M8 11.5l2.8-3.8M7.2 11.5h1.6',
  semantic_model: 'M4 4.5h8M4 8h8M4 11.5h5M2 2h12v12H2z',
  saved_query: 'M4 2h8v12l-4-3-4 3z',
  analysis: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  function: 'M10.5 2.5c-2 0-2.5 1-2.7 2.5L6.7 12c-.2 1.3-.7 2-2.2 2M5 7h5.5',
  outside:
    'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM6.2 6.2a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.7-.9 1.3M8 11.6v.2',
  test: 'M3 8.5 6.5 12 13 4.5',
  folder: 'M1.8 12.8V3.5h4.4l1.5 1.8h6.5v7.5z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  save: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  help: 'M5.8 5.8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .9-1 1.6M8 12v.2',
  timeline: 'M2 4h6M5 8h7M8 12h6',
  sidebar: 'M2 3h12v10H2zM6 3v10',
  chevron: 'M6 4l4 4-4 4',
  columns: 'M2.5 4h11M2.5 8h11M2.5 12h11',
} as const;

export type Sign = keyof typeof SIGNS;

const pathOf = (name: string): string =>
  name === 'unit_test' ? SIGNS.test : name in SIGNS ? SIGNS[name as Sign] : SIGNS.model;

/** A sign inside of the page. */
export function Icon({ name, size = 16 }: { readonly name: string; readonly size?: number }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={pathOf(name)} />
    </svg>
  );
}

/** A sign inside of the drawing. */
export function DrawnIcon({
  name,
  x,
  y,
}: {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}): JSX.Element {
  return <path class="sign" transform={`translate(${x} ${y})`} d={pathOf(name)} />;
}
