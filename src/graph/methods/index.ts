export type { Method, MethodContext, MethodUse, NodeTest } from './method.ts';
export { METHODS } from './table.ts';
