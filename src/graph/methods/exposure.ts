import { named } from './named.ts';

/** `exposure:`: by name, with or without the package. */
export const exposure = named('exposure');
