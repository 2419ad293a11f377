import { nearest } from '../../core/index.ts';
import { invalidValue } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import type { Method } from './method.ts';

const TYPES: readonly string[] = [
  'model',
  'analysis',
  'test',
  'snapshot',
  'operation',
  'seed',
  'rpc',
  'sql_operation',
  'doc',
  'source',
  'macro',
  'exposure',
  'metric',
  'group',
  'saved_query',
  'semantic_model',
  'unit_test',
  'fixture',
  'function',
];

/** `resource_type:`. */
export const resourceType: Method = ({ text }) => {
  if (!TYPES.includes(text)) {
    const expected = 'a type of resource, such as model, seed or source';
    refuse(invalidValue({ method: 'resource_type', value: text, expected, near: nearest(text, TYPES) }));
  }
  return (node) => node.resource_type === text;
};
