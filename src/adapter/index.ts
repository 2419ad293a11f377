export type * from './adapter.ts';
export { parseOnlyWarehouse } from './diagnostics.ts';
export { parseOnlyTypes } from './parse-only.ts';
export { adapterTypes, loadAdapter } from './registry.ts';
