export type * from './adapter.ts';
export { type BehaviorSwitch, commonBehavior } from './behavior.ts';
export { parseOnlyWarehouse } from './diagnostics.ts';
export { OpenSessions } from './open-sessions.ts';
export { parseOnlyTypes } from './parse-only.ts';
export { adapterTypes, loadAdapter } from './registry.ts';
export { typeSpelling } from './type-spelling.ts';
