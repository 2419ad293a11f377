import { nearest } from '../../core/index.ts';
import { invalidValue } from '../diagnostics.ts';
import { refuse } from '../refuse.ts';
import type { Method, NodeTest } from './method.ts';

const generic: NodeTest = (node) => node.resource_type === 'test' && node.test_metadata !== undefined;

/** The types; `schema` is an old word for `generic`. */
const TYPES: Readonly<Record<string, NodeTest>> = {
  generic,
  schema: generic,
  singular: (node) => node.resource_type === 'test' && node.test_metadata === undefined,
  data: (node) => node.resource_type === 'test',
  unit: (node) => node.resource_type === 'unit_test',
};

/** `test_type:`: generic, singular, data (both) or unit. */
export const testType: Method = ({ text }) => {
  const known = Object.hasOwn(TYPES, text) ? TYPES[text] : undefined;
  const expected = 'one of generic, singular, unit or data';
  return (
    known ??
    refuse(invalidValue({ method: 'test_type', value: text, expected, near: nearest(text, Object.keys(TYPES)) }))
  );
};
