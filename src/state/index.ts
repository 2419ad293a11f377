export { Comparison, type ComparisonOptions } from './comparison.ts';
export { Deferral, type DeferralOptions, type DeferredRelation, type Exists } from './deferral.ts';
export { EarlierState } from './previous-state.ts';
export { StateFolder } from './state-folder.ts';
