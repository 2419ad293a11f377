export { type Intent, independentSteps, type Plan, type PlanOptions, planRun, type Step } from './plan.ts';
