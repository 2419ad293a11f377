const FONT = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const pen = document.createElement('canvas').getContext('2d');
const widths = new Map<string, number>();

/** How wide a text is on the canvas. */
export function textWidth(text: string, size: number, weight = 400): number {
  const key = `${weight} ${size} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (pen) pen.font = `${weight} ${size}px ${FONT}`;
    width = pen?.measureText(text).width ?? text.length * size * 0.56;
    widths.set(key, width);
  }
  return width;
}

/** A text that fits, its end taken away where it must be. */
export function fitted(text: string, room: number, size: number, weight = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  let [least, most] = [1, text.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (textWidth(`${text.slice(0, middle)}…`, size, weight) <= room) least = middle;
    else most = middle - 1;
  }
  return `${text.slice(0, least)}…`;
}

/** A text and the size it is drawn in. */
export interface SizedText {
  readonly text: string;
  /** Its size, as a style. */
  readonly style: string;
}

/** A text in letters as large as there is room for, between two sizes; in the smallest its end may be taken away. */
export function sized(text: string, room: number, [least, most]: readonly [number, number], weight = 400): SizedText {
  const size = Math.max(least, Math.min(most, Math.floor((most * room) / textWidth(text, most, weight))));
  return { text: fitted(text, room, size, weight), style: `font-size: ${size}px` };
}
