import { DiagnosticError } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import { unmergeableConfig } from './diagnostics.ts';
import { kindOf } from './kind-of.ts';

/** Config of a node by name. Names are strings; values are whatever YAML or a template made. */
export type PlainObject = Readonly<Record<string, Value>>;

/** How one config of a later level joins that of an earlier one. Everything not named here is replaced. */
const behavior: ReadonlyMap<string, 'append' | 'update' | 'grants'> = new Map([
  ...['tags', 'packages', 'pre-hook', 'post-hook'].map((key) => [key, 'append'] as const),
  ...['meta', 'docs', 'quoting', 'contract', 'column_types', 'snapshot_meta_column_names'].map(
    (key) => [key, 'update'] as const,
  ),
  ['grants', 'grants'] as const,
]);
const renamed: ReadonlyMap<string, string> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
]);

/** Options of a merge. */
export interface MergeOptions {
  /** The adapter's other names of configs, such as BigQuery's `dataset` for `schema`. */
  readonly aliases?: ReadonlyMap<string, string>;
  /**
   * False for calls of `config()` in one file, whose grants keep their `+`: it is meant for the levels below, and is
   * taken off when the result is merged with them.
   */
  readonly settled?: boolean;
}

/**
 * Merges levels of config, weakest first, by dbt's rules: tags, packages and hooks add up, meta, docs, quoting, contract
 * and column_types are merged by key, grants by key with `+` for "also", and everything else is replaced.
 */
export function mergeConfigs(levels: readonly PlainObject[], options: MergeOptions = {}): PlainObject {
  const result: Record<string, Value> = {};
  for (const level of levels) {
    for (const [written, value] of Object.entries(level)) {
      const key = options.aliases?.get(written) ?? renamed.get(written) ?? written;
      const how = behavior.get(key);
      const before = Object.hasOwn(result, key) ? result[key] : undefined;
      if (how === undefined) result[key] = value;
      else if (how === 'append')
        result[key] = before === undefined ? listed(value) : [...listed(before), ...listed(value)];
      else if (how === 'update') result[key] = updated(before, mapping(key, value));
      else result[key] = granted(before, mapping(key, value), options.settled !== false);
    }
  }
  return result;
}

function listed(value: Value): Value[] {
  return Array.isArray(value) ? [...value] : [value];
}

function mapping(key: string, value: Value): PyDict {
  if (value instanceof PyDict) return value;
  throw new DiagnosticError(unmergeableConfig({ key, found: kindOf(value) }));
}

function updated(before: Value | undefined, value: PyDict): PyDict {
  const result = new PyDict(before instanceof PyDict ? before.entries() : undefined);
  for (const [key, item] of value.entries()) result.set(key, item);
  return result;
}

function granted(before: Value | undefined, value: PyDict, settled: boolean): PyDict {
  const result = new PyDict();
  if (before instanceof PyDict) for (const [key, item] of before.entries()) result.set(key, listed(item));
  for (const [written, item] of value.entries()) {
    const also = typeof written === 'string' && written.startsWith('+');
    const key = also && settled ? written.replace(/^\++/, '') : written;
    const old = result.get(key);
    result.set(key, also && old !== undefined ? [...listed(old), ...listed(item)] : listed(item));
  }
  return result;
}
