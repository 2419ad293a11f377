import { named } from './named.ts';

/** `unit_test:`: by name, with or without the package. */
export const unitTest = named('unit_test');
