import { hash } from 'node:crypto';
import { type ColumnInfo, columnConstraint, columnInfo } from '../artifacts/index.ts';
import { envVar } from '../builtins/index.ts';
import { addTo, type Diagnostic, DiagnosticError } from '../core/index.ts';
import { type PyDict, repr, type Scope, toPlain } from '../jinja/index.ts';
import { locateEntry, type RawEntry, type RawProperties, readProperties, type SourceFile } from '../project/index.ts';
import { badEntry, duplicatePatch } from './diagnostics.ts';
import { describe } from './docs.ts';
import type { Draft, ParseInput } from './draft.ts';
import { misfitOf } from './entry-shape.ts';
import { nameOf } from './fingerprint.ts';
import { varFunction } from './names.ts';
import { dictsAt, type Patch, patchSpan, plainAt, tagsAt, textAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import type { Reads } from './reads.ts';
import { versionFileNames } from './versions.ts';
import { renderedLater, renderYaml } from './yaml-render.ts';

/** All entries of all properties files: by section in file order, and by package, section and name. */
export interface Patches {
  readonly bySection: ReadonlyMap<string, readonly Patch[]>;
  find(pkg: string, section: string, name: string): Patch | undefined;
}

/** What is kept of an entry to tell whether it has changed: its section, name and digest, and files of model versions. */
export type KeptEntry = readonly [section: string, name: string, digest: string, versionFiles?: readonly string[]];

/** Entries of a properties file as they are kept. */
export const keptEntriesOf = (read: RawProperties): KeptEntry[] =>
  [...entriesOf(read)].map(([section, { name, data }]) => {
    const files = section === 'models' ? versionFileNames(name, data) : [];
    const digest = hash('sha256', repr(data));
    return files.length ? [section, name, digest, files] : [section, name, digest];
  });

/** What the properties files say. */
export interface ReadPatches {
  readonly patches: Patches;
  readonly problems: Diagnostic[];
  /** Names of entries, and of files (`nameOf`), that something is wrong with. */
  readonly troubled: Set<string>;
  /** The entries there are, by `nameOf` their file. */
  readonly entries: ReadonlyMap<string, readonly KeptEntry[]>;
}

/**
 * Reads the properties files of all packages.
 * @param only names of the entries that are read, where not all of them are
 */
export function readPatches(input: ParseInput, reads: Reads, only?: ReadonlySet<string>): ReadPatches {
  const problems: Diagnostic[] = [];
  const troubled = new Set<string>();
  const entries = new Map<string, readonly KeptEntry[]>();
  const bySection = new Map<string, Patch[]>();
  const byName = new Map<string, Patch>();
  for (const pkg of input.packages) {
    const scope = propertiesScope(input, pkg.project.name);
    for (const file of pkg.files) {
      if (file.kind !== 'properties') continue;
      const read = readProperties(file);
      entries.set(nameOf(file), keptEntriesOf(read));
      problems.push(...read.problems);
      if (read.problems.length) troubled.add(nameOf(file));
      for (const [section, entry] of entriesOf(read)) {
        if (only && !only.has(entry.name)) continue;
        const before = problems.length;
        reads.for(entry.name, () => readEntry(section, entry, file, scope));
        if (problems.length > before) troubled.add(entry.name);
      }
    }
  }
  const patches: Patches = {
    bySection,
    find: (pkg, section, name) => byName.get(`${pkg}\u0000${section}\u0000${name}`),
  };
  return { patches, problems, troubled, entries };

  function readEntry(section: string, entry: RawEntry, file: SourceFile, scope: Scope): void {
    let value: PyDict;
    try {
      value = renderYaml(entry.data, scope, file.shown, renderedLater(section)) as PyDict;
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      const at = locateEntry(file, entry.path);
      problems.push(...error.diagnostics.map((d) => ({ ...d, at })));
      return;
    }
    const { name, path, data: written } = entry;
    const patch: Patch = { section, package: file.package, file, path, name, value, written };
    const wrong = misfitOf(section, value);
    if (wrong) {
      problems.push(badEntry({ section, name, reason: wrong.reason }, { at: patchSpan(patch, ...wrong.path) }));
      return;
    }
    addTo(bySection, section, patch);
    const key = `${patch.package}\u0000${section}\u0000${name}`;
    const earlier = byName.get(key);
    if (!earlier || !PATCHED_ONCE.has(section)) {
      byName.set(key, patch);
      return;
    }
    problems.push(
      duplicatePatch(
        { name, section, other: earlier.file.shown },
        {
          at: patchSpan(patch, 'name'),
          labels: [{ span: patchSpan(earlier, 'name'), text: 'first described here' }],
        },
      ),
    );
  }
}

function* entriesOf(read: RawProperties): Generator<[string, RawEntry]> {
  for (const [section, entries] of read.sections) for (const entry of entries) yield [section, entry];
}

/** Sections in which a name may stand once in a package. */
const PATCHED_ONCE = new Set(['models', 'seeds', 'snapshots', 'macros', 'analyses']);

/** What Jinja in properties files sees: the base names, `var` and `env_var`. */
function propertiesScope(input: ParseInput, pkg: string): Scope {
  const vars = varFunction({ input }, pkg, pkg);
  const environment = envVar({ env: input.env });
  return {
    lookup: (name) => (name === 'var' ? vars : name === 'env_var' ? environment : input.base.get(name)),
  };
}

const COLUMN_KEYS = new Set([
  'name',
  'description',
  'meta',
  'data_type',
  'constraints',
  'quote',
  'config',
  'tags',
  'tests',
  'data_tests',
  'granularity',
  'dimension',
  'entity',
]);

/** The `columns:` of an entry, by name, as the manifest keeps them. */
export function columnsOf(draft: Draft, patch: Patch, value: PyDict = patch.value): Record<string, ColumnInfo> {
  const columns: Record<string, ColumnInfo> = {};
  for (const column of dictsAt(value, 'columns')) {
    const name = column.get('name');
    if (name === undefined || name === null) continue;
    const { text, blocks } = describe(draft, textAt(column, 'description') ?? '', patch.package, () =>
      patchSpan(patch),
    );
    const config = plainAt(column, 'config') ?? {};
    const meta = { ...plainAt(column, 'meta'), ...(config.meta as PlainObject | undefined) };
    const configTags = config.tags === undefined ? [] : ([config.tags].flat() as string[]);
    const tags = [...new Set([...tagsAt(column), ...configTags])];
    const extra = Object.fromEntries(
      [...column.entries()]
        .filter(([key]) => !COLUMN_KEYS.has(String(key)))
        .map(([key, v]) => [String(key), toPlain(v)]),
    );
    columns[String(name)] = columnInfo({
      name: String(name),
      description: text,
      meta,
      data_type: textAt(column, 'data_type') ?? null,
      constraints: dictsAt(column, 'constraints').map((c) => columnConstraint(toPlain(c) as never)),
      quote: (column.get('quote') as boolean | undefined) ?? null,
      config: { ...config, meta, tags },
      tags,
      granularity: textAt(column, 'granularity') ?? null,
      dimension: column.has('dimension') ? toPlain(column.get('dimension')!) : null,
      entity: column.has('entity') ? toPlain(column.get('entity')!) : null,
      doc_blocks: blocks,
      ...extra,
    });
  }
  return columns;
}
