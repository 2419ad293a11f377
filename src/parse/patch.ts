import type { Span } from '../core/index.ts';
import { PyDict, toPlain, type Value } from '../jinja/index.ts';
import { locateEntry, type SourceFile } from '../project/index.ts';
import type { PlainObject } from './plain.ts';

/** One entry of a properties file: what is said of one resource. */
export interface Patch {
  readonly section: string;
  readonly package: string;
  readonly file: SourceFile;
  /** Path of the entry in the file's YAML. */
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** The entry with its Jinja rendered, except tests and descriptions. */
  readonly value: PyDict;
  /** The same as it is written, Jinja and all. */
  readonly written: PyDict;
}

/** Position of something inside a patch; the file is read again with positions, so only for messages. */
export function patchSpan(patch: Patch, ...inside: (string | number)[]): Span {
  return locateEntry(patch.file, [...patch.path, ...inside]);
}

/** A list of mappings at `key` of a mapping; empty where there is none. */
export function dictsAt(value: PyDict, key: string): PyDict[] {
  const list = value.get(key);
  return Array.isArray(list) ? list.filter((item) => item instanceof PyDict) : [];
}

/** Text at `key`, or undefined. */
export function textAt(value: PyDict, key: string): string | undefined {
  const text = value.get(key);
  return typeof text === 'string' ? text : undefined;
}

/** A mapping at `key` as plain data, or undefined. */
export function plainAt(value: PyDict, key: string): PlainObject | undefined {
  const found = value.get(key);
  return found instanceof PyDict ? (toPlain(found) as PlainObject) : undefined;
}

/** Tests of an entry or a column, under either name dbt has for them. */
export function testsAt(value: PyDict): { key: string; tests: Value[] } {
  for (const key of ['data_tests', 'tests']) {
    const tests = value.get(key);
    if (Array.isArray(tests)) return { key, tests };
  }
  return { key: 'data_tests', tests: [] };
}

/** Tags as a list, whether written as one text or as a list. */
export function tagsAt(value: PyDict, key = 'tags'): string[] {
  const tags = value.get(key);
  if (typeof tags === 'string') return [tags];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
