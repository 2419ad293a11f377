import type { NodeVersion } from '../artifacts/index.ts';
import { PyDict, PyFloat, str, type Value } from '../jinja/index.ts';
import { badEntry } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import { dictsAt, type Patch, patchSpan, textAt } from './patch.ts';

/** One version of a model, as its entry in a properties file says. */
export interface ModelVersion {
  readonly model: string;
  readonly version: NodeVersion;
  readonly latest: NodeVersion;
  /** The entry of the model with what the version changes. */
  readonly patch: Patch;
}

const versionOf = (value: Value | undefined): NodeVersion | undefined => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof PyFloat ? value.repr() : undefined;
};

/** Numbers before texts, each in their order: dbt takes the highest as the latest. */
function compareVersions(a: NodeVersion, b: NodeVersion): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return String(a) < String(b) ? -1 : 1;
}

/** Columns of a version: those of the model that it includes, and its own over them. */
function columnsOf(base: PyDict, version: PyDict): Value[] {
  const own = dictsAt(version, 'columns');
  const rule = own.find((column) => column.has('include') || column.has('exclude'));
  const include = rule?.get('include') ?? 'all';
  const excluded = new Set(listOf(rule?.get('exclude')));
  const isIncluded = (name: string): boolean =>
    (include === 'all' || include === '*' || listOf(include).includes(name)) && !excluded.has(name);
  const named = new Map<string, Value>();
  for (const column of dictsAt(base, 'columns')) {
    const name = textAt(column, 'name') ?? '';
    if (isIncluded(name)) named.set(name, column);
  }
  for (const column of own) if (column !== rule) named.set(textAt(column, 'name') ?? '', column);
  return [...named.values()];
}

const listOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(str) : []);

/** The entry of a model as one of its versions has it. */
function versionPatch(patch: Patch, version: PyDict, written: PyDict): Patch {
  return { ...patch, value: versionEntry(patch.value, version), written: versionEntry(patch.written, written) };
}

function versionEntry(entry: PyDict, version: PyDict): PyDict {
  const value = new PyDict(entry.entries());
  value.delete('versions');
  value.set('columns', columnsOf(entry, version));
  const config = new PyDict(entry.get('config') instanceof PyDict ? (entry.get('config') as PyDict).entries() : []);
  const own = version.get('config');
  if (own instanceof PyDict) for (const [key, item] of own.entries()) config.set(key, item);
  if (config.size()) value.set('config', config);
  for (const key of [
    'description',
    'access',
    'constraints',
    'docs',
    'deprecation_date',
    'data_tests',
    'tests',
    'meta',
  ]) {
    const item = version.get(key);
    if (item === undefined) continue;
    if (key === 'tests') value.delete('data_tests');
    value.set(key, item);
  }
  return value;
}

/** All versions of the model that an entry describes; none where it has no `versions:`. */
export function versionsOf(patch: Patch): ModelVersion[] {
  const asWritten = dictsAt(patch.written, 'versions');
  const entries = dictsAt(patch.value, 'versions').flatMap((entry, i): [NodeVersion, PyDict, PyDict][] => {
    const version = versionOf(entry.get('v'));
    return version === undefined ? [] : [[version, entry, asWritten[i] ?? entry]];
  });
  if (!entries.length) return [];
  const highest = entries
    .map(([version]) => version)
    .sort(compareVersions)
    .at(-1)!;
  const latest = versionOf(patch.value.get('latest_version')) ?? highest;
  return entries.map(([version, entry, written]) => ({
    model: patch.name,
    version,
    latest,
    patch: versionPatch(patch, entry, written),
  }));
}

/** Name of the file, without its extension, that holds a version of a model. */
const fileOf = (model: string, version: NodeVersion, entry: PyDict): string =>
  textAt(entry, 'defined_in') ?? `${model}_v${version}`;

/** Names of the files that hold the versions of the model that an entry describes. */
export function versionFileNames(model: string, entry: PyDict): string[] {
  return dictsAt(entry, 'versions').flatMap((item) => {
    const version = versionOf(item.get('v'));
    return version === undefined ? [] : [fileOf(model, version, item)];
  });
}

/** Versions by the name of the file that holds them. The latest may be in a file without a suffix. */
export function versionFiles(draft: Pick<Draft, 'patches' | 'problems'>): ReadonlyMap<string, ModelVersion> {
  const files = new Map<string, ModelVersion>();
  for (const patch of draft.patches.bySection.get('models') ?? []) {
    const written = patch.value.get('versions') ?? [];
    if (!Array.isArray(written) || written.some((item) => !(item instanceof PyDict && item.has('v')))) {
      const reason = 'versions must be a list of mappings with v: …';
      draft.problems.push(
        badEntry({ section: 'models', name: patch.name, reason }, { at: patchSpan(patch, 'versions') }),
      );
    }
    for (const found of versionsOf(patch)) {
      const entry = dictsAt(patch.value, 'versions').find((item) => versionOf(item.get('v')) === found.version)!;
      files.set(`${patch.package}\u0000${fileOf(patch.name, found.version, entry)}`, found);
      const plain = `${patch.package}\u0000${patch.name}`;
      if (found.version === found.latest && !files.has(plain)) files.set(plain, found);
    }
  }
  return files;
}
