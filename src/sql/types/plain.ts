import { type DataType, isSame, readType } from './data-type.ts';
import { plainNames } from './type-names.ts';
import type { TypeSystem } from './type-system.ts';

/** What can be said of types where a dialect's own rules are not known: casts, copies, and what is true or false. */
export const plainTypes: TypeSystem = {
  boolean: { name: 'BOOLEAN' },
  nothing: null,
  literal: () => null,
  read: (text) => readType(text, plainNames) ?? null,
  call: () => null,
  parameters: () => [],
  common(types): DataType | null {
    const [first = null] = types;
    return first && types.every((type) => type && isSame(type, first)) ? first : null;
  },
  comparison: () => undefined,
  hasOpenLiterals: false,
  asColumn: (type) => type,
  asStored: (type) => type,
  functions: undefined,
  names: undefined,
};
