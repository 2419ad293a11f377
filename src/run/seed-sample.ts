import type { ManifestNode } from '../artifacts/index.ts';
import { readSeed } from './adapter-host.ts';
import type { EventDraft } from './event-line.ts';
import type { NodeResult } from './node-result.ts';
import { printEvent, seedHeader } from './output-events.ts';
import { formatting } from './session-events.ts';
import { tableText } from './table-text.ts';

const MOST = 10;

/** What `--show` prints of a seed that was loaded: some of its rows, drawn at random where there are many. */
export function seedSample(result: NodeResult): readonly EventDraft[] {
  if (result.node.resource_type !== 'seed' || result.status !== 'success') return [];
  const seed = result.node as Extract<ManifestNode, { resource_type: 'seed' }>;
  const { columnNames, columnTypes, rows } = readSeed(seed as never);
  const header = seedHeader(seed.schema, seed.alias);
  return [
    formatting(),
    header,
    formatting('-'.repeat(header.message.length)),
    printEvent(tableText({ columnNames, columnTypes, rows: sample(rows) }).trimEnd()),
    formatting(),
  ];
}

/** Some of the items, in their order. */
function sample<T>(items: readonly T[]): readonly T[] {
  if (items.length <= MOST) return items;
  const places = new Set<number>();
  while (places.size < MOST) places.add(Math.floor(Math.random() * items.length));
  return [...places].sort((a, b) => a - b).map((place) => items[place]!);
}
