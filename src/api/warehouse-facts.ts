import type { Credentials } from '../adapter/index.ts';
import type { Manifest } from '../artifacts/index.ts';
import type { WarehouseFacts } from '../sql/index.ts';

/** What makes DuckDB look elsewhere for tables that are named without a schema. */
const ELSEWHERE = /\bsearch_path\b|\bset\s+(\w+\s+)?schema\b|(^|[;'"}])\s*use\s/im;
/** What makes it cast whatever it is given, as it did before version 0.10. */
const OLD_CASTING = /\bold_implicit_casting\b/i;
/** A function, a macro or a type that somebody makes. */
const MADE =
  /\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:macro|function|type)\s+(?:if\s+not\s+exists\s+)?([\w."{} ]+)/gi;

/** What a profile, the hooks and the macros of a project say of the warehouse, as far as the meaning of SQL depends on it. */
export function warehouseFacts({ type, target }: Credentials, manifest: Manifest): WarehouseFacts {
  const texts = [...hooksOf(manifest), ...macrosOf(manifest)];
  const settings = Object.entries({ ...(target.settings as object | undefined) });
  const isSet = (name: RegExp): boolean =>
    settings.some(([key, value]) => name.test(key) && !/^(false|0)$/i.test(`${value}`));
  const isMain = type === 'duckdb' && !isSet(/^(search_path|schema)$/i) && !texts.some((text) => ELSEWHERE.test(text));
  return {
    // A server may have settings of its own for each of its users: only of DuckDB it is certain.
    ...(isMain ? { searchPath: ['main'] } : {}),
    castsAll: isSet(/^old_implicit_casting$/i) || texts.some((text) => OLD_CASTING.test(text)),
    ownNames: [...ownNames(texts), ...Object.values(manifest.functions).map(({ alias, name }) => alias ?? name)],
  };
}

function hooksOf({ nodes }: Manifest): string[] {
  return Object.values(nodes).flatMap((node) => {
    if (node.resource_type === 'operation') return [node.raw_code];
    const { 'pre-hook': hooks = [] } = node.config as { 'pre-hook'?: readonly { readonly sql: string }[] };
    return hooks.map(({ sql }) => sql);
  });
}

const macrosOf = ({ macros }: Manifest): string[] =>
  Object.values(macros)
    .filter(({ package_name: name }) => !/^dbt(_duckdb|_postgres)?$/.test(name))
    .map(({ macro_sql }) => macro_sql);

/** The last part of each name that is made. */
const ownNames = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    [...text.matchAll(MADE)].flatMap(([, name]) => /(\w+)"?\s*$/.exec(name!.trim())?.[1]?.toLowerCase() ?? []),
  );
