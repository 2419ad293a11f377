import { hash } from 'node:crypto';
import type { NodeVersion, ResourceType } from './parts.ts';
import { isMapping, type PlainValue, pythonRepr, pythonStr } from './python-text.ts';

/** `<type>.<package>.<name>`, with the version behind where the resource has one. */
export function uniqueId(type: ResourceType, packageName: string, name: string, version?: NodeVersion | null): string {
  const id = `${type}.${packageName}.${name}`;
  return version === undefined || version === null ? id : `${id}.v${version}`;
}

/** What a generic test is written under. */
export interface TestTarget {
  readonly kind: 'node' | 'source';
  readonly name: string;
  /** The name of the source, where the target is one of its tables. */
  readonly sourceName?: string;
  /** The version of the model. */
  readonly version?: NodeVersion | null;
}

/** A generic test as far as its name and id depend on it. */
export interface GenericTest {
  /** `unique`. */
  readonly name: string;
  /** The package before the dot, where the test was written as `package.test`. */
  readonly namespace: string | null;
  readonly target: TestTarget;
  /** The arguments of the test macro with `column_name`, without `model`, configs, `name` and `description`. */
  readonly args: Readonly<Record<string, PlainValue>>;
}

/** The name a generic test gets: `full` goes into id and fqn, `short` into the file name and, where it differs, the alias. */
export interface GenericTestName {
  readonly full: string;
  readonly short: string;
}

/** Names longer than this do not fit the relations of all warehouses. */
const MAX_NAME = 63;
const KEPT_OF_LONG_NAME = 30;
const HASH_LENGTH = 10;

const md5 = (text: string): string => hash('md5', text);

/** The name dbt makes for a generic test that was given none. */
export function genericTestName(test: GenericTest): GenericTestName {
  const { target } = test;
  const type = `${test.namespace === null ? '' : `${test.namespace}_`}${target.kind === 'source' ? 'source_' : ''}${test.name}`;
  const subject = target.kind === 'source' ? `${target.sourceName}_${target.name}` : versionedName(target);
  const parts: string[] = [];
  for (const name of Object.keys(test.args).sort()) {
    if (name === 'model') continue;
    const value = test.args[name]!;
    const values = Array.isArray(value)
      ? (value as readonly PlainValue[])
      : isMapping(value)
        ? Object.values(value)
        : [value];
    for (const part of values) parts.push(pythonStr(part).replace(/[^0-9a-zA-Z_]+/g, '_'));
  }
  const identifier = `${type}_${subject}`;
  const full = `${identifier}_${parts.join('__')}`;
  const fits = full.length <= MAX_NAME || [...full].length <= MAX_NAME;
  return { full, short: fits ? full : `${[...identifier].slice(0, KEPT_OF_LONG_NAME).join('')}_${md5(full)}` };
}

function versionedName(target: TestTarget): string {
  return target.version ? `${target.name}_v${target.version}` : target.name;
}

/** The `model` argument of a generic test, as dbt writes it into `test_metadata.kwargs`. */
export function genericTestModel(target: TestTarget): string {
  const version = target.version ? `, version='${target.version}'` : '';
  const call =
    target.kind === 'source' ? `source('${target.sourceName}', '${target.name}')` : `ref('${target.name}'${version})`;
  return `{{ get_where_subquery(${call}) }}`;
}

/** What the hash in a generic test's id is made of. */
export interface HashedTestMetadata {
  readonly name: string;
  readonly namespace: string | null;
  /** All arguments, `model` among them. */
  readonly kwargs: Readonly<Record<string, PlainValue>>;
}

/** The ten characters at the end of a generic test's id. `fullName` is the user's own name where there is one. */
export function genericTestHash(fullName: string, metadata: HashedTestMetadata): string {
  const hashed = sortedTexts({ name: metadata.name, namespace: metadata.namespace, kwargs: metadata.kwargs });
  return md5(fullName + pythonRepr(hashed)).slice(-HASH_LENGTH);
}

/** `test.<package>.<full name>.<hash>`; the package is the one whose properties file holds the test. */
export function genericTestUniqueId(packageName: string, fullName: string, metadata: HashedTestMetadata): string {
  return `test.${packageName}.${fullName}.${genericTestHash(fullName, metadata)}`;
}

/** Mappings with sorted keys, and everything that is not a mapping or a list as its text. */
function sortedTexts(value: PlainValue): PlainValue {
  if (Array.isArray(value)) return value.map(sortedTexts);
  if (!isMapping(value)) return pythonStr(value);
  const sorted: Record<string, PlainValue> = {};
  for (const key of Object.keys(value).sort()) sorted[key] = sortedTexts(value[key]!);
  return sorted;
}
