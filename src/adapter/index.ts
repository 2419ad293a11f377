export type * from './adapter.ts';
export { adapterTypes, loadAdapter } from './registry.ts';
