import type { MacroNode } from '../artifacts/index.ts';
import { extractBlocks, JinjaError } from '../jinja/index.ts';
import { readProperties, type SourceFile } from '../project/index.ts';
import { readDocs } from './docs.ts';
import type { ParseInput, Resource } from './draft.ts';
import { type Changes, nameOf } from './fingerprint.ts';
import type { KeptProject } from './kept-project.ts';
import { MACRO_FILES, readMacros } from './macros.ts';
import { type KeptEntry, keptEntriesOf } from './patches.ts';
import { Reads } from './reads.ts';

/** What is parsed again after a change. */
export interface Reach {
  /** Resources by name. */
  readonly names: ReadonlySet<string>;
  /** Whether a file is read again. */
  readonly reads: (file: SourceFile) => boolean;
  /** Whether macros are described anew. */
  readonly macros: boolean;
  /** Whether semantic models, metrics and saved queries are made anew: all of them or none. */
  readonly semantic: boolean;
}

/** Sections whose entries are made of one another. */
const SEMANTIC = new Set(['semantic_models', 'metrics', 'saved_queries']);
/** Sections that nothing is known of but that all may depend on them. */
const EVERYWHERE = new Set(['groups', 'functions']);

/** The name in a properties file that a resource hangs on: a test on the node or source that it tests. */
export function nameOfResource(resource: Resource): string {
  if (resource.resource_type === 'source') return resource.source_name;
  const key = 'file_key_name' in resource && resource.test_metadata ? resource.file_key_name : null;
  return key === null || key === undefined ? resource.name : key.slice(key.indexOf('.') + 1);
}

/** Everything of a kept project that has a name of its own or hangs on one, switched off or not. */
function* resourcesOf(kept: KeptProject): Generator<Resource> {
  const { nodes, sources, exposures, metrics, semantic_models, saved_queries, unit_tests } = kept;
  for (const section of [nodes, sources, exposures, metrics, semantic_models, saved_queries, unit_tests])
    yield* Object.values(section) as Resource[];
  for (const list of Object.values(kept.disabled)) yield* list as unknown as Resource[];
}

/**
 * How far a change reaches. Undefined where it may reach everything, or where something is wrong: then all is parsed.
 */
export function reachOf(input: ParseInput, kept: KeptProject, changes: Changes): Reach | undefined {
  const names = new Set(kept.troubled);
  const namesOfFile = namesByFile(kept);
  const entries = new Map<string, readonly KeptEntry[]>(Object.entries(kept.entries));
  /** Sections of which entries have come, gone or changed. */
  const sections = new Set<string>();
  let areMacrosNew = false;
  let areDocsNew = false;
  for (const name of changes.gone) {
    const [kind = '', ...place] = name.split(' ');
    if (MACRO_FILES.has(kind) || kind === 'docs' || kind === 'function') return undefined;
    if (kind === 'fixture') addSection(names, entries, 'unit_tests');
    for (const one of namesOfFile.get(place.join(' ')) ?? []) names.add(one);
    for (const entry of entries.get(name) ?? []) addEntry(names, sections, entry);
    entries.delete(name);
  }
  for (const file of changes.written) {
    if (file.kind === 'function') return undefined;
    if (MACRO_FILES.has(file.kind)) areMacrosNew = true;
    else if (file.kind === 'docs') areDocsNew = true;
    else if (file.kind === 'fixture') addSection(names, entries, 'unit_tests');
    else if (file.kind === 'properties') {
      const read = readProperties(file);
      // Who has something wrong in it is read again to be told of it.
      if (read.problems.length) names.add(nameOf(file));
      const now = keptEntriesOf(read);
      for (const entry of changedEntries(entries.get(nameOf(file)) ?? [], now)) addEntry(names, sections, entry);
      entries.set(nameOf(file), now);
    } else {
      const found = namesIn(file);
      if (!found) return undefined;
      const all = [...found, ...(namesOfFile.get(fileKey(file)) ?? [])];
      namesOfFile.set(fileKey(file), new Set(all));
      for (const name of all) names.add(name);
    }
  }
  if (hasOneOf(sections, EVERYWHERE)) return undefined;
  const asked = new Set(changes.reads);
  if (areMacrosNew) {
    const changed = changedMacros(input, kept);
    if (!changed) return undefined;
    for (const id of changed) asked.add(`macro ${id}`);
  }
  if (areDocsNew) {
    const changed = changedDocs(input, kept);
    if (!changed) return undefined;
    for (const id of changed) asked.add(`doc ${id}`);
  }
  if (!addReaders(names, kept, asked)) return undefined;
  // A test of something that is not there was switched off: it may be there now.
  for (const node of Object.values(kept.nodes)) if (node.config.enabled === false) names.add(nameOfResource(node));
  const macros = areMacrosNew || sections.has('macros') || hasAny(names, entries, 'macros');
  if (macros) addSection(names, entries, 'macros');
  const semantic = close(names, kept, entries, namesOfFile, hasOneOf(sections, SEMANTIC));
  // A function may be made of several files, and few projects have many.
  if (hasOneOf(names, functionNames(kept))) return undefined;
  return {
    names,
    macros,
    semantic,
    reads: (file) => {
      if (file.kind === 'properties')
        return names.has(nameOf(file)) || (entries.get(nameOf(file)) ?? []).some(([, name]) => names.has(name));
      if (file.kind === 'fixture') return true;
      if (MACRO_FILES.has(file.kind) || file.kind === 'docs') return false;
      return hasOneOf(names, namesOfFile.get(fileKey(file)) ?? []);
    },
  };
}

const fileKey = (file: SourceFile): string => `${file.package} ${file.path}`;

/** Names of functions, and of the files that hold their overloads. */
function* functionNames(kept: KeptProject): Generator<string> {
  const disabled = Object.values(kept.disabled).flat() as unknown as readonly Resource[];
  for (const fn of [...Object.values(kept.functions), ...disabled]) {
    if (fn.resource_type !== 'function') continue;
    yield fn.name;
    for (const { defined_in } of fn.overloads) yield defined_in;
  }
}

/** Types of resource that are files, or blocks of one. */
const IN_FILES = new Set(['model', 'seed', 'snapshot', 'analysis', 'test']);

/** Names of the nodes that were found in a file, by package and path. */
function namesByFile(kept: KeptProject): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const resource of resourcesOf(kept)) {
    if (!IN_FILES.has(resource.resource_type) || nameOfResource(resource) !== resource.name) continue;
    const key = `${resource.package_name} ${resource.original_file_path}`;
    const names = found.get(key);
    if (names) names.add(resource.name);
    else found.set(key, new Set([resource.name]));
  }
  return found;
}

function hasOneOf(names: ReadonlySet<string>, wanted: Iterable<string>): boolean {
  for (const name of wanted) if (names.has(name)) return true;
  return false;
}

/** Names of what a new file holds; undefined where that cannot be read. */
function namesIn(file: SourceFile): string[] | undefined {
  if (file.kind !== 'snapshot') return [file.name];
  try {
    return extractBlocks(file.text, file.shown, { only: ['snapshot'] }).map((block) => block.plainName);
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return undefined;
  }
}

/** Adds the name of an entry, with those of its files, and its section. */
function addEntry(names: Set<string>, sections: Set<string>, [section, name, , files]: KeptEntry): void {
  names.add(name);
  sections.add(section);
  for (const file of files ?? []) names.add(file);
}

function addSection(names: Set<string>, entries: ReadonlyMap<string, readonly KeptEntry[]>, wanted: string): void {
  for (const list of entries.values()) for (const [section, name] of list) if (section === wanted) names.add(name);
}

function hasAny(names: ReadonlySet<string>, entries: ReadonlyMap<string, readonly KeptEntry[]>, wanted: string) {
  for (const list of entries.values())
    for (const [section, name] of list) if (section === wanted && names.has(name)) return true;
  return false;
}

/** Entries that only one of two readings of a file has. */
function changedEntries(before: readonly KeptEntry[], now: readonly KeptEntry[]): KeptEntry[] {
  const key = ([section, name, digest]: KeptEntry): string => `${section} ${digest} ${name}`;
  const had = new Set(before.map(key));
  const has = new Set(now.map(key));
  return [...before.filter((entry) => !has.has(key(entry))), ...now.filter((entry) => !had.has(key(entry)))];
}

/** Macros with another text than before; undefined where others are there than before, which may answer to any name. */
function changedMacros(input: ParseInput, kept: KeptProject): string[] | undefined {
  const { nodes, problems } = readMacros(input, new Reads());
  if (problems.length || nodes.size !== Object.keys(kept.macros).length) return undefined;
  const changed: string[] = [];
  for (const [id, node] of nodes) {
    const before: MacroNode | undefined = kept.macros[id];
    if (!before) return undefined;
    if (before.macro_sql !== node.macro_sql) changed.push(id);
  }
  return changed;
}

/** Blocks of docs with another text than before; undefined where others are there than before. */
function changedDocs(input: ParseInput, kept: KeptProject): string[] | undefined {
  const { docs, problems } = readDocs(input);
  if (problems.length || docs.size !== Object.keys(kept.docs).length) return undefined;
  const changed: string[] = [];
  for (const [id, { block_contents }] of docs) {
    const before = kept.docs[id];
    if (!before) return undefined;
    if (before.block_contents !== block_contents) changed.push(id);
  }
  return changed;
}

/** Adds those who asked for something that has changed; false where the project as a whole did. */
function addReaders(names: Set<string>, { reads }: KeptProject, asked: ReadonlySet<string>): boolean {
  if (!asked.size) return true;
  const touched = new Set<number>();
  for (const [number, list] of reads.lists.entries()) if (list.some((key) => asked.has(key))) touched.add(number);
  for (const [name, number] of Object.entries(reads.names)) if (touched.has(number)) names.add(name);
  return !names.has('');
}

/**
 * Adds what hangs on the names there are, until there is no more: what stands in the same file, versions of a model, unit
 * tests of one. Answers whether anything semantic is among them.
 */
function close(
  names: Set<string>,
  kept: KeptProject,
  entries: ReadonlyMap<string, readonly KeptEntry[]>,
  namesOfFile: ReadonlyMap<string, ReadonlySet<string>>,
  isSemanticNew: boolean,
): boolean {
  const together: Iterable<string>[] = [...namesOfFile.values()].filter((all) => all.size > 1);
  for (const list of entries.values()) for (const [, name, , files] of list) if (files) together.push([name, ...files]);
  const tests = [...resourcesOf(kept)].filter((resource) => resource.resource_type === 'unit_test');
  let isSemantic = isSemanticNew;
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const all of together) if (hasOneOf(names, all)) for (const name of all) names.add(name);
    for (const { model, name } of tests) if (names.has(model)) names.add(name);
    isSemantic ||=
      [...SEMANTIC].some((section) => hasAny(names, entries, section)) ||
      Object.values(kept.semantic_models).some(({ refs }) => refs.some(({ name }) => names.has(name)));
    if (isSemantic) for (const section of SEMANTIC) addSection(names, entries, section);
  }
  return isSemantic;
}
