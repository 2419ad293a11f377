import type { Waiting } from '../jinja/index.ts';

/** Waits for a promise inside a template; the template goes on with its result. */
export function* wait<T>(run: () => Promise<T>): Waiting<T> {
  return (yield run as () => Promise<never>) as T;
}
