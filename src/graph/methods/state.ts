import { nearest } from '../../core/index.ts';
import { invalidValue, nothingToCompare } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import { STATE_ASPECTS } from '../selectable.ts';
import type { Method } from './method.ts';

const WORDS: readonly string[] = [
  'new',
  'old',
  'modified',
  'unmodified',
  ...STATE_ASPECTS.map((aspect) => `modified.${aspect}`),
];

/** `state:`: nodes by what became of them since an earlier manifest. */
export const state: Method = ({ text, context }) => {
  if (!WORDS.includes(text)) {
    const expected = `one of ${WORDS.join(', ')}`;
    refuse(invalidValue({ method: 'state', value: text, expected, near: nearest(text, WORDS) }));
  }
  const earlier =
    context.previous?.manifest ??
    refuse(nothingToCompare({ method: 'state', value: text, wanted: 'the manifest of an earlier run' }));
  if (text === 'new') return (node) => !earlier.has(node.unique_id);
  if (text === 'old') return (node) => earlier.has(node.unique_id);
  if (text === 'unmodified') return (node) => !earlier.modified(node.unique_id);
  const aspect = STATE_ASPECTS.find((name) => text === `modified.${name}`);
  return (node) => earlier.modified(node.unique_id, aspect);
};
