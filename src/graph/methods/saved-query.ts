import { named } from './named.ts';

/** `saved_query:`: by name, with or without the package. */
export const savedQuery = named('saved_query');
