import { named } from './named.ts';

/** `metric:`: by name, with or without the package. */
export const metric = named('metric');
