import { fnmatch } from '../fnmatch.ts';
import type { Method } from './method.ts';

/** `test_name:`: generic tests by the test they use, unit tests by their name. */
export const testName: Method = ({ text }) => {
  const fits = fnmatch(text);
  return (node) => {
    if (node.resource_type === 'unit_test') return fits(node.name);
    return node.resource_type === 'test' && node.test_metadata !== undefined && fits(node.test_metadata.name);
  };
};
