export { type Intent, type Plan, type PlanOptions, planRun, type Step } from './plan.ts';
