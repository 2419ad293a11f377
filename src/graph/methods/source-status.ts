import { invalidValue, nothingToCompare } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import type { Method } from './method.ts';

/** `source_status:fresher`: sources loaded since an earlier look at their freshness. */
export const sourceStatus: Method = ({ text, context }) => {
  if (text !== 'fresher') {
    refuse(invalidValue({ method: 'source_status', value: text, expected: "'fresher'", near: 'fresher' }));
  }
  const wanted = 'the sources.json of an earlier and of the current freshness check';
  const sources =
    context.previous?.sources ?? refuse(nothingToCompare({ method: 'source_status', value: text, wanted }));
  return (node) => {
    const now = sources.current.get(node.unique_id);
    if (now === undefined || now === null) return false;
    const then = sources.previous.get(node.unique_id);
    return then === undefined || then === null || Date.parse(now) > Date.parse(then);
  };
};
