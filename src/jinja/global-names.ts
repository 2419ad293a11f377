import { globals as brought } from './globals.ts';
import { namespaceFunction } from './namespace.ts';
import type { Value } from './value.ts';

/** The names every template knows, whatever the host hands to it. */
export const globals: ReadonlyMap<string, Value> = new Map([...brought, ['namespace', namespaceFunction]]);
