import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { focusOn, setLevel, toggleFolder } from './actions.ts';
import { Card, FolderBox } from './card.tsx';
import { lit } from './lit.ts';
import { type Box, type Scene, scene } from './scene.ts';
import { anchor, fitWanted, focus, hovered, lens, lenses, level, pinned, project, shown } from './state.ts';
import { sized } from './text-width.ts';
import { drawnArea, fitting, halt, isFar, isNameless, isSmall, moveTo, size, view, zoomed } from './viewport.ts';

/** Below this, folders tell more than their nodes. */
const CLOSES_AT = 0.3;
/** Fewer cards than this stay cards however small they are. */
const FEW = 24;
/** Beyond this a folder is not looked at but into. */
const OPENS_AT = 1.9;

/** The graph, which can be moved and zoomed. */
export function Canvas({ picturing }: { readonly picturing: boolean }): JSX.Element {
  const frame = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const dragging = useSignal(false);
  useSize(frame);
  useStay();
  useSignalEffect(() => {
    const { left, top, k } = view.value;
    world.current?.setAttribute('transform', `translate(${left} ${top}) scale(${k})`);
    // From afar every second dot, so that they stay dots.
    const dots = 24 * 2 ** Math.ceil(Math.log2(Math.max(1, 0.7 / k)));
    frame.current?.style.setProperty('--dots', `${dots * k}px`);
    frame.current?.style.setProperty('--left', `${left}px`);
    frame.current?.style.setProperty('--top', `${top}px`);
  });
  useWheel(frame);
  const drag = useRef<{ x: number; y: number } | undefined>(undefined);
  const wasDragged = useRef(false);
  const { boxes, links } = scene.value;
  const lines = (beside: boolean): string =>
    links.flatMap(({ line, isBeside }) => (isBeside === beside ? [line] : [])).join('');
  const [base, beside] = useMemo(() => [lines(false), lines(true)], [links]);
  const standing = lit.value;
  const classes = [
    'canvas',
    dragging.value && 'dragging',
    standing && 'has-lit',
    standing?.path && 'has-path',
    isFar.value && 'far',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, see keyboard.ts
    <svg
      ref={frame}
      class={classes.filter(Boolean).join(' ')}
      role="group"
      aria-label={`Lineage of ${shown.value.size} nodes`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        halt();
        drag.current = { x: event.clientX, y: event.clientY };
        wasDragged.current = false;
      }}
      onPointerMove={(event) => {
        const from = drag.current;
        if (!from) return;
        const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
        if (!wasDragged.current && Math.hypot(dx, dy) < 4) return;
        if (!wasDragged.current) event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY };
        wasDragged.current = true;
        dragging.value = true;
        view.value = { ...view.value, left: view.value.left + dx, top: view.value.top + dy };
      }}
      onPointerUp={() => {
        drag.current = undefined;
        dragging.value = false;
      }}
      onClick={(event) => {
        // The end of a drag is no click.
        if (wasDragged.current || event.target !== event.currentTarget) return;
        const { left, top } = event.currentTarget.getBoundingClientRect();
        const under = isFar.value ? boxAt(event.clientX - left, event.clientY - top) : undefined;
        if (under && under.node >= 0) approach(under);
        else pinned.value = undefined;
      }}
    >
      <g ref={world} class="world">
        <path class="links" d={base} />
        {beside !== '' && <path class="links beside" d={beside} />}
        {standing && standing.links !== '' && <path class="links standing" d={standing.links} />}
        <g class="paths">
          {standing?.lines.map(({ line, style }) => (
            <path key={line} class={`edge ${style}`} d={line} />
          ))}
        </g>
        {isFar.value && !picturing && level.value === 'models' ? (
          <Blocks boxes={boxes} />
        ) : (
          <Cards shown={scene.value} all={picturing} />
        )}
      </g>
    </svg>
  );
}

/** Tells whether a box is in the part of the scene that is drawn. */
function inSight(): (box: Box) => boolean {
  const [left, top, right, bottom] = drawnArea.value.split(' ').map(Number) as [number, number, number, number];
  return ({ x, y, width, height }) => x < right && x + width > left && y < bottom && y + height > top;
}

/** The boxes in sight. */
function Cards({ shown: { boxes }, all }: { readonly shown: Scene; readonly all: boolean }): JSX.Element {
  const isSeen = inSight();
  return (
    <g class="cards">
      {boxes.map((box, index) => {
        if (!all && !isSeen(box) && box.node !== focus.value) return null;
        return box.folder ? (
          <FolderBox key={box.key} box={box} index={index} />
        ) : (
          <Card key={box.key} box={box} index={index} isSmall={isSmall.value && !all} />
        );
      })}
    </g>
  );
}

/** Boxes from afar: one shape for each colour, however many there are. */
function Blocks({ boxes }: { readonly boxes: readonly Box[] }): JSX.Element {
  const shapes = useMemo(() => {
    const found = new Map<string, string>();
    for (const { node, members, x, y, width, height } of boxes) {
      const { tone } = lenses[lens.value].read(node < 0 ? members![0]! : node);
      found.set(tone, `${found.get(tone) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`);
    }
    return [...found];
  }, [boxes, lens.value]);
  return (
    <g class="blocks">
      {shapes.map(([tone, line]) => (
        <path class={`block tone-${tone}`} d={line} />
      ))}
      {boxes.flatMap(({ node, x, y, width, height }) =>
        node >= 0 && node === focus.value
          ? [<rect class="ring" x={x} y={y} width={width} height={height} rx="9" />]
          : [],
      )}
      {!isNameless.value && <BlockNames boxes={boxes} />}
    </g>
  );
}

/** Names on the blocks in sight, in the largest letters that there is room for. */
function BlockNames({ boxes }: { readonly boxes: readonly Box[] }): JSX.Element {
  const named = boxes.filter(({ node }) => node >= 0).filter(inSight());
  return (
    <g class="block-names">
      {named.map(({ key, node, x, y, width, height }) => {
        const { text, style } = sized(project.nodes[node]!.name, width - 16, [22, 30], 600);
        return (
          <text key={key} x={x + width / 2} y={y + height / 2} style={style}>
            {text}
          </text>
        );
      })}
    </g>
  );
}

function useSize(frame: { readonly current: SVGSVGElement | null }): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      const before = size.peek();
      size.value = { width, height };
      // What was in the middle stays there.
      if (isFirst.current) isFirst.current = false;
      else {
        const { left, top, k } = view.peek();
        view.value = { k, left: left + (width - before.width) / 2, top: top + (height - before.height) / 2 };
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

/** When boxes move, the one that somebody works with stays where it is, or all are brought into view. */
function useStay(): void {
  const before = useRef<{ scene: Scene; fits: number } | undefined>(undefined);
  const fits = fitWanted.value;
  const now = scene.value;
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { scene: now, fits };
    if (!last || last.fits !== fits) {
      fitScene({ instant: !last });
      return;
    }
    if (last.scene === now) return;
    const key = anchor.peek() ?? '';
    const [from, to] = [last.scene, now].map((one) => one.boxes[one.indexOf.get(key) ?? -1]);
    if (!from || !to) return;
    const { left, top, k } = view.peek();
    halt();
    view.value = { k, left: left + (from.x - to.x) * k, top: top + (from.y - to.y) * k };
  }, [now, fits]);
}

/** Brings the scene into view; where it would be too small to read, the node in focus. */
export function fitScene(at = { instant: false }): void {
  const { boxes, indexOf } = scene.peek();
  const path = pinned.peek() === undefined ? undefined : lit.peek()?.boxes;
  const whole = fitting(areaOf(path ? boxes.filter((_, index) => path.has(index)) : boxes));
  const box = boxes[indexOf.get(`n${focus.peek()}`) ?? -1];
  if (whole.k >= 0.5 || !box || level.peek() === 'folders') {
    moveTo(whole, at);
    return;
  }
  moveTo(
    fitting({ x: box.x - 420, y: box.y - 260, width: box.width + 840, height: Math.min(box.height, 200) + 520 }),
    at,
  );
}

/** The area that boxes take. */
function areaOf(boxes: readonly Box[]): { x: number; y: number; width: number; height: number } {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return boxes.length ? { x, y, width: right - x, height: bottom - y } : { x: 0, y: 0, width: 0, height: 0 };
}

/** The wheel and the pinch zoom; far out nodes become folders, far in a folder opens. */
function useWheel(frame: { readonly current: SVGSVGElement | null }): void {
  useEffect(() => {
    const element = frame.current!;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      halt();
      if (event.shiftKey) {
        view.value = { ...view.value, left: view.value.left - event.deltaY - event.deltaX };
        return;
      }
      const { left, top } = element.getBoundingClientRect();
      const speed = event.ctrlKey ? 0.01 : event.deltaMode === 1 ? 0.05 : 0.0016;
      zoomBy(Math.exp(-event.deltaY * speed), event.clientX - left, event.clientY - top);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
}

/** Zooms around a point of the canvas. */
export function zoomBy(factor: number, x = size.peek().width / 2, y = size.peek().height / 2): void {
  const to = zoomed(view.peek(), factor, x, y);
  view.value = to;
  const { boxes } = scene.peek();
  if (factor < 1 && to.k < CLOSES_AT && level.peek() === 'models' && boxes.length >= FEW) {
    hovered.value = undefined;
    setLevel('folders');
  } else if (factor > 1 && to.k > OPENS_AT && level.peek() === 'folders') {
    const under = boxAt(x, y);
    if (under?.folder) toggleFolder(under.folder.key);
  }
}

/** The box at a point of the canvas. */
function boxAt(x: number, y: number): Box | undefined {
  const { left, top, k } = view.peek();
  const [atX, atY] = [(x - left) / k, (y - top) / k];
  return scene
    .peek()
    .boxes.find((box) => atX >= box.x && atX <= box.x + box.width && atY >= box.y && atY <= box.y + box.height);
}

/** From afar a click on a node leads to it. */
function approach({ node, x, y, width, height }: Box): void {
  focusOn(node);
  moveTo(fitting({ x: x - 420, y: y - 260, width: width + 840, height: height + 520 }));
}
