import { type Diagnostic, nearest } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import {
  entryNotMapping,
  entryWithoutName,
  nameNotText,
  propertiesNotMapping,
  sectionNotList,
  unknownSection,
  unknownVersion,
} from './diagnostics.ts';
import { kindOf } from './kind-of.ts';
import type { SourceFile } from './source-file.ts';
import { loadYaml, locate, type YamlPart, type YamlPath } from './yaml/index.ts';

/** Sections of a properties file, under one name where dbt has two. */
export type SectionName =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'sources'
  | 'macros'
  | 'analyses'
  | 'data_tests'
  | 'unit_tests'
  | 'exposures'
  | 'metrics'
  | 'semantic_models'
  | 'saved_queries'
  | 'groups'
  | 'functions';

const sections: ReadonlyMap<string, SectionName> = new Map<string, SectionName>([
  ...(
    [
      'models',
      'seeds',
      'snapshots',
      'sources',
      'macros',
      'analyses',
      'data_tests',
      'unit_tests',
      'exposures',
      'metrics',
      'semantic_models',
      'saved_queries',
      'groups',
      'functions',
    ] as const
  ).map((name) => [name, name] as const),
  ['tests', 'data_tests'],
]);
/** Top-level keys that are no sections of entries. */
const others = new Set(['version', 'anchors', 'vars']);

/** One entry of a section, such as one model. Its place in the file is found by `locateEntry`. */
export interface RawEntry {
  readonly name: string;
  readonly data: PyDict;
  /** The way to it in the file: the section as written, and its place there. */
  readonly path: YamlPath;
}

/** A properties file, read and checked as to its shape. */
export interface RawProperties {
  readonly file: SourceFile;
  readonly sections: ReadonlyMap<SectionName, readonly RawEntry[]>;
  readonly problems: readonly Diagnostic[];
}

/** Reads a properties file. Whatever has the right shape is given, whatever has not is told in `problems`. */
export function readProperties(source: SourceFile): RawProperties {
  const found = new Map<SectionName, RawEntry[]>();
  const problems: Diagnostic[] = [];
  const result: RawProperties = { file: source, sections: found, problems };
  const file = source.shown;
  const loaded = loadYaml(source.text, file);
  if (loaded.problem) {
    problems.push(loaded.problem);
    return result;
  }
  problems.push(...loaded.warnings);
  const data = loaded.value;
  if (data === null || data === '') return result;
  const at = (path: YamlPath, part?: YamlPart) => ({ at: locate(source.text, file, path, part) });
  if (!(data instanceof PyDict)) {
    problems.push(propertiesNotMapping({ file, found: kindOf(data) }, at([])));
    return result;
  }
  for (const [key, value] of data.entries()) {
    const written = String(key);
    const section = sections.get(written);
    if (section !== undefined) {
      const entries = readSection(written, value);
      const before = found.get(section);
      if (before === undefined) found.set(section, entries);
      else before.push(...entries);
    } else if (!others.has(written)) {
      const near = nearest(written, [...sections.keys(), ...others]);
      problems.push(unknownSection({ file, section: written, near }, at([written], 'key')));
    }
  }
  const version = data.get('version');
  if (version !== undefined && version !== 2) {
    problems.push(unknownVersion({ file, found: kindOf(version) }, at(['version'])));
  }
  return result;

  function readSection(section: string, value: Value): RawEntry[] {
    if (!Array.isArray(value)) {
      problems.push(sectionNotList({ file, section, found: kindOf(value) }, at([section], 'key')));
      return [];
    }
    const entries: RawEntry[] = [];
    for (const [index, entry] of value.entries()) {
      const path = [section, index];
      if (!(entry instanceof PyDict)) {
        problems.push(entryNotMapping({ file, section, found: kindOf(entry) }, at(path)));
        continue;
      }
      const name = entry.get('name');
      if (typeof name === 'string') entries.push({ name, data: entry, path });
      else if (!entry.has('name')) problems.push(entryWithoutName({ file, section }, at([...path, 'name'])));
      else problems.push(nameNotText({ file, section, found: kindOf(name) }, at([...path, 'name'])));
    }
    return entries;
  }
}

/** Where in its file an entry, or something inside it, stands. Reads the file again: for messages only. */
export function locateEntry(file: SourceFile, path: YamlPath, part: YamlPart = 'value') {
  return locate(file.text, file.shown, path, part);
}
