import { nearest } from '../../core/index.ts';
import { invalidValue } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import type { SelectableNode } from '../selectable.ts';
import type { Method, NodeTest } from './method.ts';

const KINDS: Readonly<Record<string, NodeTest>> = {
  latest: (model) => model.version !== null && model.version !== undefined && model.version === model.latest_version,
  prerelease: (model) => compareToLatest(model) > 0,
  old: (model) => compareToLatest(model) < 0,
  none: (model) => model.version === null || model.version === undefined,
};

/** `version:`: models by where their version stands to the latest. */
export const version: Method = ({ text }) => {
  const fits = Object.hasOwn(KINDS, text) ? KINDS[text]! : undefined;
  if (fits === undefined) {
    const expected = 'one of latest, prerelease, old or none';
    return refuse(invalidValue({ method: 'version', value: text, expected, near: nearest(text, Object.keys(KINDS)) }));
  }
  return (node) => node.resource_type === 'model' && fits(node);
};

/** Below 0 where older, above 0 where newer, 0 where the same or without version. Numbers by value, others by text. */
function compareToLatest({ version: own, latest_version: latest }: SelectableNode): number {
  if (!own || !latest) return 0;
  const [a, b] = [asNumber(own), asNumber(latest)];
  if (a !== undefined && b !== undefined) return a - b;
  const [left, right] = [String(own), String(latest)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function asNumber(value: string | number): number | undefined {
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}
