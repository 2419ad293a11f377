import type { JSX } from 'preact';
import { focusOn, grow, hidden, pin, toggleCard, toggleFolder } from './actions.ts';
import { DrawnIcon } from './icons.tsx';
import { hueOf, type Reading } from './lenses.ts';
import { lit } from './lit.ts';
import { type Box, HEADER, PORT, ROW } from './scene.ts';
import { focus, hovered, lens, lenses, pinned, project } from './state.ts';
import { fitted, sized, textWidth } from './text-width.ts';

const place = ({ x, y }: Box): string => `transform: translate(${x}px, ${y}px)`;

/** What a card is drawn from. */
export interface CardProps {
  readonly box: Box;
  readonly index: number;
  /** Whether it is seen so small that nothing but the name can be read, in large letters. */
  readonly isSmall: boolean;
}

/** A node: what it is, how it stands, and its columns. */
export function Card({ box, index, isSmall }: CardProps): JSX.Element {
  const { node, width, height, rows, more } = box;
  const { name, type, incomplete } = project.nodes[node]!;
  const reading = lenses[lens.value].read(node);
  const marked = reading.mark !== '' ? 30 : 0;
  const standing = lit.value;
  const isLit = standing?.boxes.has(index);
  const classes = [
    'card',
    reading.tone === 'bad' && 'bad',
    focus.value === node && 'focus',
    standing && (isLit ? 'lit' : 'dim'),
  ];
  const large = sized(name, width - 26 - marked, [14, 21], 600);
  const litMore = more > 0 && standing?.path ? hiddenLit(box, standing.columns) : 0;
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      style={place(box)}
      data-node={project.nodes[node]!.id}
      onPointerLeave={() => {
        hovered.value = undefined;
      }}
    >
      <rect class="shade" x="0" y="1.5" width={width} height={height} rx="9" />
      <rect class="body" width={width} height={height} rx="9" />
      {(lens.value !== 'type' || isSmall) && (
        <rect class={`strip tone-${reading.tone}`} x="0" y="9" width={isSmall ? 6 : 3} height={HEADER - 18} rx="1.5" />
      )}
      <g
        class="head"
        role="button"
        tabIndex={focus.value === node ? 0 : -1}
        aria-label={`${type.replace('_', ' ')} ${name}${reading.mark === '' ? '' : `, ${reading.key}`}`}
        aria-pressed={focus.value === node}
        onClick={() => focusOn(node)}
        onDblClick={() => focusOn(node, { alone: true })}
        onPointerEnter={() => {
          hovered.value = { box: box.key };
        }}
      >
        <rect class="hit" width={width} height={HEADER} rx="9" />
        {isSmall ? (
          <text class="name large" x="14" y={PORT} style={large.style}>
            {large.text}
          </text>
        ) : (
          <>
            <rect class={`tile tone-${hueOf(type)}`} x="11" y="11" width="26" height="26" rx="7" />
            <g class={`ink-${hueOf(type)}`}>
              <DrawnIcon name={type} x={16} y={16} />
            </g>
            <text class="name" x="46" y="22">
              {fitted(name, width - 58 - marked, 13, 600)}
            </text>
            <text class="note" x="46" y="37">
              {fitted(noteOf(node, reading), width - 58 - marked, 11)}
            </text>
          </>
        )}
        {reading.mark !== '' && <Badge reading={reading} x={width - 22} y={PORT} />}
        {reading.mark === '' && incomplete !== undefined && (
          <text class="unknown" x={width - 12} y="22">
            ?
          </text>
        )}
        <title>
          {[name, reading.note ?? reading.key, incomplete && `Not all columns are known: ${incomplete[0]}`]
            .filter(Boolean)
            .join('\n')}
        </title>
      </g>
      {rows.map((column, i) => (
        <Row key={column} column={column} y={HEADER + i * ROW} width={width} />
      ))}
      {more > 0 && rows.length > 0 && (
        <g
          class={litMore ? 'more lit' : 'more'}
          role="button"
          tabIndex={-1}
          aria-label={`${more} more columns`}
          onClick={() => toggleCard(node)}
        >
          <rect class="hit" x="4" y={HEADER + rows.length * ROW} width={width - 8} height={ROW} rx="5" />
          <text x="14" y={HEADER + rows.length * ROW + 15}>
            {litMore ? `+ ${more} more · ${litMore} on the path` : `+ ${more} more`}
          </text>
        </g>
      )}
      <Grow node={node} way="up" x={-8} />
      <Grow node={node} way="down" x={width + 8} />
    </g>
  );
}

const hiddenLit = ({ node, rows }: Box, columns: ReadonlySet<number>): number =>
  project.columns(node).filter((column) => columns.has(column) && !rows.includes(column)).length;

/** The second line of a card. */
function noteOf(node: number, reading: Reading): string {
  if (reading.note !== undefined) return reading.note;
  const rows = rowCount(node);
  const kind = project.materialized(node);
  if (lens.value !== 'type' && lens.value !== 'materialization') return reading.key;
  return rows === undefined ? kind : `${kind} · ${rows.toLocaleString('en')} rows`;
}

/** How many rows a node has, as far as its last run or the warehouse says. */
export function rowCount(node: number): number | undefined {
  const { result, catalog } = project.nodes[node]!;
  const said = catalog?.find(([label]) => /row/i.test(label))?.[1];
  return said !== undefined && Number.isFinite(Number(said)) ? Number(said) : result?.rows;
}

function Badge({ reading, x, y }: { readonly reading: Reading; readonly x: number; readonly y: number }): JSX.Element {
  return (
    <g class={`badge tone-${reading.tone}`}>
      {reading.tone === 'bad' ? (
        <rect x={x - 8} y={y - 8} width="16" height="16" rx="4" />
      ) : reading.tone === 'warn' ? (
        <path d={`M${x} ${y - 9} L${x + 9.5} ${y + 7.5} H${x - 9.5}Z`} />
      ) : (
        <circle cx={x} cy={y} r="8" />
      )}
      <text x={x} y={y + (reading.tone === 'warn' ? 5 : 3.8)}>
        {reading.mark}
      </text>
    </g>
  );
}

function Row({
  column,
  y,
  width,
}: {
  readonly column: number;
  readonly y: number;
  readonly width: number;
}): JSX.Element {
  const type = (project.columnType(column) ?? '').toLowerCase();
  const shownType = fitted(type, 90, 10.5);
  const unknown = project.columnUnknown(column);
  const standing = lit.value;
  const classes = ['row', standing?.path && (standing.columns.has(column) ? 'lit' : 'dim')];
  if (pinned.value === column) classes.push('pinned');
  const name = project.columnName(column);
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      role="button"
      tabIndex={-1}
      aria-label={`column ${name}${unknown === undefined ? '' : ', not all of its lineage is known'}`}
      aria-pressed={pinned.value === column}
      data-column={name}
      onClick={() => pin(column)}
      onPointerEnter={() => {
        hovered.value = { column };
      }}
    >
      <rect class="hit" x="4" y={y} width={width - 8} height={ROW} rx="5" />
      <text class="column" x="14" y={y + 15}>
        {fitted(name, width - 40 - textWidth(shownType, 10.5), 12)}
      </text>
      {unknown !== undefined && (
        <text class="unknown" x={width - 18 - textWidth(shownType, 10.5)} y={y + 15}>
          ?
        </text>
      )}
      <text class="type" x={width - 12} y={y + 14.5}>
        {shownType}
      </text>
      <title>
        {[name, type, unknown && `Not all is known: ${unknown}`, project.columnDescription(column)]
          .filter(Boolean)
          .join('\n')}
      </title>
    </g>
  );
}

/** The neighbours that are not shown yet; a click shows more of them. */
function Grow({
  node,
  way,
  x,
}: {
  readonly node: number;
  readonly way: 'up' | 'down';
  readonly x: number;
}): JSX.Element | null {
  const others = hidden(node, way);
  const count = others.length;
  if (count === 0) return null;
  const path = lit.value?.path;
  const goesOn = path?.nodes.has(node) && others.some((other) => path.nodes.has(other));
  const text = `+${count}`;
  const width = textWidth(text, 11, 600) + 14;
  const left = way === 'up' ? x - width : x;
  const label = `Show ${Math.min(count, 12)} ${way === 'up' ? 'parents' : 'children'} more`;
  return (
    <g
      class={goesOn ? 'grow lit' : 'grow'}
      data-control={way}
      role="button"
      tabIndex={-1}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        grow(node, way);
      }}
    >
      <path class="stub" d={way === 'up' ? `M${left + width} ${PORT}H0` : `M${left} ${PORT}h-8`} />
      <rect x={left} y={PORT - 10} width={width} height="20" rx="10" />
      <text x={left + width / 2} y={PORT + 4}>
        {text}
      </text>
      <title>{goesOn ? `${label}: the path goes on there` : label}</title>
    </g>
  );
}

/** A closed folder: how many nodes are in it, and how they stand. */
export function FolderBox({ box, index }: { readonly box: Box; readonly index: number }): JSX.Element {
  const { folder, members = [], width, height } = box;
  const counts = new Map<string, { reading: Reading; count: number }>();
  for (const node of members) {
    const reading = lenses[lens.value].read(node);
    const entry = counts.get(reading.key) ?? { reading, count: 0 };
    entry.count++;
    counts.set(reading.key, entry);
  }
  const standing = lit.value;
  const classes = ['card folder', standing && (standing.boxes.has(index) ? 'lit' : 'dim')];
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count);
  const room = width - 28;
  const parts = sorted.map(({ reading, count }, i) => {
    const before = sorted.slice(0, i).reduce((sum, entry) => sum + entry.count, 0);
    return { reading, x: 14 + (before / members.length) * room, width: (count / members.length) * room };
  });
  const label = `${folder!.name}: ${members.length} ${members.length === 1 ? 'node' : 'nodes'}`;
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      style={place(box)}
      role="button"
      tabIndex={0}
      aria-label={`folder ${label}, open`}
      data-folder={folder!.key}
      onClick={() => toggleFolder(folder!.key)}
      onKeyDown={(event) => event.key === 'Enter' && toggleFolder(folder!.key)}
      onPointerEnter={() => {
        hovered.value = { box: box.key };
      }}
      onPointerLeave={() => {
        hovered.value = undefined;
      }}
    >
      <rect class="sheet" x="7" y="-6" width={width - 14} height="20" rx="7" />
      <rect class="body" width={width} height={height} rx="10" />
      <g class="folder-sign">
        <DrawnIcon name="folder" x={13} y={14} />
      </g>
      <text class="folder-name" x="36" y="27">
        {fitted(folder!.name, width - 50 - textWidth(String(members.length), 12), 14, 600)}
      </text>
      <text class="count" x={width - 14} y="27">
        {members.length}
      </text>
      <text class="note" x="14" y="46">
        {fitted(folder!.place || ' ', width - 28, 11)}
      </text>
      {parts.map((part) => (
        <rect
          class={`part tone-${part.reading.tone}`}
          x={part.x}
          y="56"
          width={Math.max(1, part.width - 1.5)}
          height="5"
          rx="2.5"
        />
      ))}
      <title>{`${label}\n${sorted.map(({ reading, count }) => `${count} ${reading.key}`).join(', ')}`}</title>
    </g>
  );
}
