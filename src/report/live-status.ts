import type { Event } from '../core/index.ts';
import type { Paint } from './paint.ts';

/** What the live line needs of the world. */
export interface LiveScreen {
  readonly write: (text: string) => void;
  readonly columns: number;
  readonly now: () => number;
  readonly paint: Paint;
  /** Milliseconds between two frames. */
  readonly interval?: number;
}

/** One line at the bottom of a terminal that says what is running; rewritten in place, gone when the run is over. */
export interface LiveStatus {
  /** Follows the run. */
  readonly see: (event: Event) => void;
  /** Takes the line away, so that something else can be printed. */
  readonly clear: () => void;
  /** Draws the line where something is running. */
  readonly draw: () => void;
  /** Takes the line away for good. */
  readonly close: () => void;
}

/** Starts a live line. Only for terminals: elsewhere control characters would end up in files. */
export function liveStatus(screen: LiveScreen): LiveStatus {
  const running = new Map<string, { readonly name: string; readonly since: number }>();
  let done = 0;
  let total = 0;
  let shown = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const clear = (): void => {
    if (shown) screen.write('\r\u001b[2K');
    shown = false;
  };
  const draw = (): void => {
    if (running.size === 0) return;
    screen.write(`\r\u001b[2K${screen.paint('dim', statusText([...running.values()], done, total, screen))}`);
    shown = true;
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    see(event) {
      const node = event.data.node_info as { unique_id?: string; node_name?: string } | undefined;
      if (event.name === 'ConcurrencyLine') total = Number(event.data.node_count ?? 0);
      if (node?.unique_id === undefined) return;
      if (event.name === 'NodeStart') {
        running.set(node.unique_id, { name: node.node_name ?? node.unique_id, since: screen.now() });
        timer ??= setInterval(draw, screen.interval ?? 100).unref();
      } else if (event.name === 'NodeFinished') {
        done += 1;
        running.delete(node.unique_id);
        if (running.size === 0) {
          stop();
          clear();
        }
      }
    },
    clear,
    draw,
    close() {
      running.clear();
      stop();
      clear();
    },
  };
}

function statusText(
  running: readonly { readonly name: string; readonly since: number }[],
  done: number,
  total: number,
  screen: LiveScreen,
): string {
  const now = screen.now();
  const names = running.map(({ name, since }) => `${name} ${Math.floor((now - since) / 1000)}s`);
  const of = total > 0 ? ` of ${total}` : '';
  const text = `${done}${of} done, ${running.length} running: ${names.join(', ')}`;
  return text.length < screen.columns ? text : `${text.slice(0, Math.max(0, screen.columns - 2))}…`;
}
