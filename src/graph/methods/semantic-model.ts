import { named } from './named.ts';

/** `semantic_model:`: by name, with or without the package. */
export const semanticModel = named('semantic_model');
