import type { Adapter } from './adapter.ts';
import { parseOnlyAdapter } from './parse-only.ts';

/** Each warehouse, loaded only when a profile names it. */
const loaders: Readonly<Record<string, () => Promise<{ adapter: Adapter }>>> = {
  duckdb: () => import('../../adapters/duckdb/index.ts'),
  postgres: () => import('../../adapters/postgres/index.ts'),
};

/** Types of warehouse that can be connected to. */
export const adapterTypes: readonly string[] = Object.keys(loaders);

/** The adapter of that type, or undefined where nothing is known of it. */
export async function loadAdapter(type: string): Promise<Adapter | undefined> {
  return (await loaders[type]?.())?.adapter ?? parseOnlyAdapter(type);
}
