import { type ConfigOf, type ConfiguredType, defaultConfig, type Hook } from '../artifacts/index.ts';
import { fromPlain, type PyDict, PyFloat, toPlain, type Value } from '../jinja/index.ts';
import { type ConfigSection, type ConfigTree, mergeConfigs } from '../project/index.ts';
import type { Draft } from './draft.ts';
import type { PlainObject } from './plain.ts';
import type { Recording } from './recording.ts';

/** What the config of one node is made of, weakest first but for the root project's word on a package's node. */
export interface ConfigSources {
  readonly type: ConfiguredType;
  readonly package: string;
  readonly fqn: readonly string[];
  /** `config:` of the properties file, rendered. */
  readonly patch?: PlainObject;
  /** The same before rendering. */
  readonly writtenPatch?: PlainObject;
  /** `config(…)` calls of the file. */
  readonly recording?: Recording;
  /** What the first of them says, as it is written; undefined where that is what it comes to. */
  readonly writtenCall?: PlainObject;
}

/** Section of dbt_project.yml that configures a type of resource. */
export const SECTIONS: Readonly<Partial<Record<ConfiguredType, ConfigSection>>> = {
  model: 'models',
  analysis: 'models',
  operation: 'models',
  sql_operation: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  source: 'sources',
  exposure: 'exposures',
  metric: 'metrics',
  semantic_model: 'semantic-models',
  saved_query: 'saved-queries',
  unit_test: 'unit_tests',
  function: 'functions',
};

/** Configs whose parts are merged with dbt's defaults key by key. */
const MERGED_WITH_DEFAULT = ['docs', 'contract', 'snapshot_meta_column_names', 'quoting'];

type Level = Readonly<Record<string, Value>>;

const levelOf = (settings: PyDict): Level =>
  Object.fromEntries([...settings.entries()].map(([key, value]) => [String(key).trim(), value]));

/** What is read of the sources to find the levels. */
type LevelSources = Pick<ConfigSources, 'type' | 'package' | 'fqn' | 'patch'> & {
  readonly recording?: Pick<Recording, 'configCalls'>;
};

function* levels(draft: Draft, sources: LevelSources, trees = draft.configTrees): Generator<Level> {
  const section = SECTIONS[sources.type];
  const own = section && trees.get(sources.package)?.get(section);
  if (own) yield* levelsIn(draft, own, sources.package, section, sources.fqn);
  if (sources.patch) yield levelOf(fromPlain(sources.patch) as PyDict);
  if (sources.recording) for (const call of sources.recording.configCalls) yield levelOf(call);
  const root = section && trees.get(draft.macros.root)?.get(section);
  if (root && root !== own) yield* levelsIn(draft, root, draft.macros.root, section, sources.fqn);
}

function levelsIn(
  draft: Draft,
  tree: ConfigTree,
  project: string,
  section: ConfigSection,
  fqn: readonly string[],
): readonly Level[] {
  draft.reads.note(`config ${project} ${section} ${fqn.slice(0, tree.depth(fqn)).join('/')}`);
  return tree.levels(fqn);
}

/** A hook as dbt keeps it: from text, from JSON text, or from a mapping. */
function hook(value: unknown): Hook {
  if (typeof value === 'object' && value !== null && !(value instanceof PyFloat)) {
    const { sql = '', transaction = true, index = null } = value as Partial<Hook>;
    return { sql, transaction, index };
  }
  const text = String(value);
  if (text.trimStart().startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && 'sql' in parsed) return hook(parsed);
    } catch {
      // Not JSON: SQL that happens to begin with a brace, or Jinja.
    }
  }
  return { sql: text, transaction: true, index: null };
}

function hooks(value: unknown): Hook[] {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(hook);
}

/**
 * The final config of a node: dbt's defaults, then the package's dbt_project.yml, the properties file, the file's own
 * `config()`, and last, for nodes of a package, the root project's dbt_project.yml.
 */
export function nodeConfig<Type extends ConfiguredType>(
  draft: Draft,
  sources: ConfigSources & { readonly type: Type },
): ConfigOf[Type] {
  const defaults = defaultConfig(sources.type);
  const found = [...levels(draft, sources)];
  if (!found.length) return defaults;
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(mergeConfigs(found))) {
    const plain = toPlain(value);
    const isMerged = MERGED_WITH_DEFAULT.includes(key) && typeof plain === 'object' && plain !== null;
    merged[key] = isMerged ? { ...(merged[key] as object | undefined), ...plain } : plain;
  }
  for (const key of ['pre-hook', 'post-hook']) if (key in merged) merged[key] = hooks(merged[key]);
  if (sources.type === 'test') agreeOnStoring(merged);
  return merged as ConfigOf[Type];
}

/** `store_failures_as` decides whether a test's failures are stored; where it is not set, `store_failures` decides how. */
function agreeOnStoring(config: Record<string, unknown>): void {
  const { store_failures: isStored, store_failures_as: kind } = config;
  if (typeof kind === 'string') config.store_failures = kind !== 'ephemeral';
  else if (typeof isStored === 'boolean') config.store_failures_as = isStored ? 'table' : 'ephemeral';
}

/**
 * What was written, level over level: dbt's `unrendered_config`. Levels replace each other here, as what is not rendered
 * cannot be merged.
 */
export function unrenderedConfig(draft: Draft, sources: ConfigSources): PlainObject {
  const { writtenCall } = sources;
  const call = writtenCall && { configCalls: [fromPlain(writtenCall) as PyDict] };
  const written = { ...sources, patch: sources.writtenPatch ?? sources.patch, recording: call ?? sources.recording };
  return plainLevels(levels(draft, written, draft.unrenderedTrees));
}

function plainLevels(found: Iterable<Level>): PlainObject {
  const result: Record<string, unknown> = {};
  for (const level of found) for (const [key, value] of Object.entries(level)) result[key] = toPlain(value);
  return result;
}
