import { nothingToCompare } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import type { Method } from './method.ts';

/** `result:`: nodes by how an earlier run ended for them. */
export const result: Method = ({ text, context }) => {
  const results =
    context.previous?.results ??
    refuse(nothingToCompare({ method: 'result', value: text, wanted: 'the run_results.json of an earlier run' }));
  return (node) => results.get(node.unique_id) === text;
};
