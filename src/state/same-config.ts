import { inlineConfig } from './inline-config.ts';
import { jsonEqual, sameContent, saysNothing } from './json-equal.ts';

/** What is read of a node to compare its configuration. */
export interface Configured {
  readonly resource_type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly unrendered_config?: Readonly<Record<string, unknown>>;
  readonly raw_code?: string;
}

/** How a state was written, as far as comparing configuration goes. */
export interface Writing {
  /** The state is by the same program as the manifest it is compared with: both keep Jinja in the same places. */
  readonly isOurs: boolean;
}

/** Settings of relations that name things rather than say how they are built. */
const NAMES: ReadonlySet<string> = new Set(['alias', 'schema', 'database', 'tags', 'group']);

/** The settings of a data test that decide its outcome. */
const OF_TESTS = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
];

/** The settings that name a relation. */
export const RELATION_SETTINGS = ['database', 'schema', 'alias'] as const;

const hasJinja = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('{{') || value.includes('{%')
    : JSON.stringify(value ?? null).includes('{{');

/** Whether two nodes are configured the same, whatever that comes to in the environment of either. */
export function sameConfig(now: Configured, then: Configured, writing: Writing): boolean {
  const keys = comparedKeys(now, then);
  return [...keys].every((key) => sameSetting(now, then, key, writing));
}

function comparedKeys(now: Configured, then: Configured): Iterable<string> {
  if (now.resource_type === 'test') return OF_TESTS;
  const keys = new Set([...Object.keys(now.unrendered_config ?? {}), ...Object.keys(then.unrendered_config ?? {})]);
  switch (now.resource_type) {
    case 'source':
    case 'exposure':
      break;
    case 'metric':
      keys.delete('group');
      break;
    default:
      for (const key of NAMES) keys.delete(key);
  }
  return keys;
}

/** Whether one setting is written the same in both. */
export function sameSetting(now: Configured, then: Configured, key: string, writing: Writing): boolean {
  const a = now.unrendered_config?.[key];
  const b = then.unrendered_config?.[key];
  if (saysNothing(a) && saysNothing(b)) return true;
  if (sameContent(a, b)) return true;
  const written = inlineConfig(now.raw_code ?? '').get(key);
  if (written !== undefined) {
    const before = inlineConfig(then.raw_code ?? '').get(key);
    if (before !== undefined) return written === before;
  }
  // Some writers keep what Jinja in properties files came to, and not the Jinja: all that is left to compare with then
  // is what it comes to now.
  if (!writing.isOurs && hasJinja(a) !== hasJinja(b)) return jsonEqual(now.config[key], then.config[key]);
  return false;
}
