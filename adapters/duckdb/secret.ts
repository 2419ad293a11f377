import { quoteText } from './attachment.ts';

/** A secret of the profile: its type and whatever options that type knows. */
export type Secret = Readonly<Record<string, unknown>>;

/** Options that DuckDB wants as a bare word. */
const bareWords = new Set(['type', 'provider', 'extra_http_headers']);
/** Options that say what a secret is, and may be printed. */
const harmless = new Set([
  'type',
  'name',
  'persistent',
  'provider',
  'scope',
  'region',
  'endpoint',
  'url_style',
  'use_ssl',
  'chain',
]);

/** The CREATE SECRET statement; `index` names the secrets that have no name. */
export function secretSql(secret: Secret, index: number): string {
  const { name = `_dbt_secret_${index + 1}`, persistent, scope, ...options } = secret;
  const clauses = Object.entries(options)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${key} ${optionValue(key, value)}`);
  const scopes = scope === undefined || scope === null ? [] : Array.isArray(scope) ? scope : [scope];
  for (const one of scopes) clauses.push(`scope ${quoteText(one)}`);
  return `CREATE OR REPLACE${persistent === true ? ' PERSISTENT' : ''} SECRET ${name} (${clauses.join(', ')})`;
}

/** The values of a secret that must not be printed. */
export function secretValues(secret: Secret): string[] {
  return Object.entries(secret).flatMap(([key, value]) => (harmless.has(key) ? [] : leaves(value)));
}

function optionValue(key: string, value: unknown): string {
  if (Array.isArray(value)) return `array [${value.map(quoteText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([inner, text]) => `${quoteText(inner)}: ${quoteText(text)}`);
    return `map {${pairs.join(', ')}}`;
  }
  return bareWords.has(key) ? String(value) : quoteText(value);
}

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return value === null || value === undefined || typeof value === 'boolean' ? [] : [String(value)];
}
