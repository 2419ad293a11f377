/** Every operation that compiled templates perform on values. */
export { getAttr, getItem, missing, slice, sliceBounds } from './access.ts';
export { typeName } from './arguments.ts';
export { abs, add, concat, div, floordiv, mod, mul, neg, pos, pow, sub } from './arithmetic.ts';
export { contains, eq, ge, gt, le, lt, ne, sorted } from './comparison.ts';
export { isIterable, iterate, length, PyIterator, toArray, truthy } from './iteration.ts';
export { callBack, callingFunction, runPlain } from './methods/index.ts';
export { repr, str } from './repr.ts';
