import type { Credentials } from '../adapter/index.ts';
import type { Manifest } from '../artifacts/index.ts';

/** What makes DuckDB look elsewhere for tables that are named without a schema. */
const ELSEWHERE = /\bsearch_path\b|\bset\s+(\w+\s+)?schema\b|(^|[;'"}])\s*use\s/im;

/**
 * Schemas in which the warehouse looks for a table that is named without one; undefined where that is not certain. A server
 * may have settings of its own for each of its users; DuckDB has its `main` unless a profile, a hook or a macro says otherwise.
 */
export function searchPath({ type, target }: Credentials, manifest: Manifest): readonly string[] | undefined {
  if (type !== 'duckdb') return undefined;
  const settings = Object.keys({ ...(target.settings as object | undefined) });
  if (settings.some((name) => /^(search_path|schema)$/i.test(name))) return undefined;
  const hooks = Object.values(manifest.nodes).flatMap((node) => {
    if (node.resource_type === 'operation') return [node.raw_code];
    return ((node.config as { 'pre-hook'?: readonly { sql: string }[] })['pre-hook'] ?? []).map(({ sql }) => sql);
  });
  const macros = Object.values(manifest.macros)
    .filter(({ package_name: name }) => !/^dbt(_duckdb)?$/.test(name))
    .map(({ macro_sql }) => macro_sql);
  return [...hooks, ...macros].some((text) => ELSEWHERE.test(text)) ? undefined : ['main'];
}
