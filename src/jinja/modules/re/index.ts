export { PyMatch } from './match.ts';
export { reModule } from './module.ts';
export { PyPattern } from './pattern.ts';
