import { fnmatch } from '../fnmatch.ts';
import { isParsed, type Method } from './method.ts';

/** `group:`: the group in the config of nodes and metrics. */
export const group: Method = ({ text }) => {
  const fits = fnmatch(text);
  return (node) => {
    const name = node.config.group;
    return (isParsed(node) || node.resource_type === 'metric') && typeof name === 'string' && name !== '' && fits(name);
  };
};
