export { execute } from './execute.ts';
export { analyse, build, compile, list, type Outcome, parse, run, type Settings, test } from './project.ts';
