export { attributeGetter, filter } from './definition.ts';
export { filters } from './registry.ts';
