export { type Intent, type Plan, type PlanOptions, independentSteps, planRun, type Step } from './plan.ts';
