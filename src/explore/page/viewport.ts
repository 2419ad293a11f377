import { computed, signal } from '@preact/signals';

/** What of the scene is seen: a point x, y of it stands at x·k + left, y·k + top. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly k: number;
}

export const view = signal<View>({ left: 0, top: 0, k: 1 });
/** Size of the canvas on the screen. */
export const size = signal({ width: 1200, height: 800 });

const LEAST = 0.04;
const MOST = 2.5;
const clamp = (k: number): number => Math.min(MOST, Math.max(LEAST, k));

/** Below this, text on cards cannot be read, but for a name in large letters. */
export const isSmall = computed(() => view.value.k < 0.55);
/** Below this, cards are no more than blocks. */
export const isFar = computed(() => view.value.k < 0.3);
/** Below this, the name on a block cannot be read either. */
export const isNameless = computed(() => view.value.k < 0.2);

/** The part of the scene to draw, in steps, so that a small move draws nothing anew. */
export const drawnArea = computed(() => {
  const { left, top, k } = view.value;
  const step = 400 / k;
  const { width, height } = size.value;
  const floor = (value: number): number => Math.floor(value / step - 0.5) * step;
  const ceil = (value: number): number => Math.ceil(value / step + 0.5) * step;
  return `${floor(-left / k)} ${floor(-top / k)} ${ceil((width - left) / k)} ${ceil((height - top) / k)}`;
});

const moving = { frame: 0 };

/** Stands still at once. */
export function halt(): void {
  cancelAnimationFrame(moving.frame);
}

/** Moves there in a moment, or at once for those who want no motion. */
export function moveTo(to: View, at = { instant: false }): void {
  halt();
  const from = view.peek();
  if (at.instant || matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) {
    view.value = to;
    return;
  }
  const started = performance.now();
  const step = (now: number): void => {
    const t = Math.min(1, Math.max(0, (now - started) / 260));
    const eased = 1 - (1 - t) ** 3;
    const between = (a: number, b: number): number => a + (b - a) * eased;
    view.value = { left: between(from.left, to.left), top: between(from.top, to.top), k: between(from.k, to.k) };
    if (t < 1) moving.frame = requestAnimationFrame(step);
  };
  moving.frame = requestAnimationFrame(step);
}

/** Makes things larger or smaller; the point of the screen stays where it is. */
export function zoomed({ left, top, k }: View, factor: number, x: number, y: number): View {
  const to = clamp(k * factor);
  return { k: to, left: x - ((x - left) * to) / k, top: y - ((y - top) * to) / k };
}

/** All of an area in sight, but not larger than life. */
export function fitting(area: { x: number; y: number; width: number; height: number }, least = LEAST): View {
  const { width, height: all } = size.peek();
  const room = 44;
  // Below are the legend and the tools.
  const height = all - 40;
  const k = Math.max(
    least,
    clamp(Math.min(1, (width - 2 * room) / Math.max(1, area.width), (height - 2 * room) / Math.max(1, area.height))),
  );
  return {
    k,
    left: (width - area.width * k) / 2 - area.x * k,
    top: (height - area.height * k) / 2 - area.y * k,
  };
}
