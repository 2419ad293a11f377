import { type ColumnInfo, columnConstraint, columnInfo } from '../artifacts/index.ts';
import { envVar } from '../builtins/index.ts';
import { type Diagnostic, DiagnosticError, type Span } from '../core/index.ts';
import { PyDict, type Scope, toPlain, type Value } from '../jinja/index.ts';
import { locateEntry, type RawEntry, type RawProperties, readProperties, type SourceFile } from '../project/index.ts';
import { duplicatePatch } from './diagnostics.ts';
import { describe } from './docs.ts';
import type { Draft, ParseInput } from './draft.ts';
import { varFunction } from './names.ts';
import type { PlainObject } from './plain.ts';
import { renderedLater, renderYaml } from './yaml-render.ts';

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

/** All entries of all properties files: by section in file order, and by package, section and name. */
export interface Patches {
  readonly bySection: ReadonlyMap<string, readonly Patch[]>;
  find(pkg: string, section: string, name: string): Patch | undefined;
}

/** Position of something inside a patch; the file is read again with positions, so only for messages. */
export function patchSpan(patch: Patch, ...inside: (string | number)[]): Span {
  return locateEntry(patch.file, [...patch.path, ...inside]);
}

/** Reads the properties files of all packages. */
export function readPatches(input: ParseInput): { patches: Patches; problems: Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const bySection = new Map<string, Patch[]>();
  const byName = new Map<string, Patch>();
  for (const pkg of input.packages) {
    const scope = propertiesScope(input, pkg.project.name);
    for (const file of pkg.files) {
      if (file.kind !== 'properties') continue;
      const read = readProperties(file);
      problems.push(...read.problems);
      for (const [section, entry] of entriesOf(read)) {
        let value: PyDict;
        try {
          value = renderYaml(entry.data, scope, file.shown, renderedLater(section)) as PyDict;
        } catch (error) {
          if (!(error instanceof DiagnosticError)) throw error;
          const at = locateEntry(file, entry.path);
          problems.push(...error.diagnostics.map((d) => ({ ...d, at })));
          continue;
        }
        const patch: Patch = {
          section,
          package: pkg.project.name,
          file,
          path: entry.path,
          name: entry.name,
          value,
          written: entry.data,
        };
        const list = bySection.get(section);
        if (list) list.push(patch);
        else bySection.set(section, [patch]);
        const key = `${patch.package}\u0000${patch.section}\u0000${patch.name}`;
        const earlier = byName.get(key);
        if (earlier && PATCHED_ONCE.has(patch.section)) {
          problems.push(
            duplicatePatch(
              { name: patch.name, section: patch.section, other: earlier.file.shown },
              {
                at: patchSpan(patch, 'name'),
                labels: [{ span: patchSpan(earlier, 'name'), text: 'first described here' }],
              },
            ),
          );
        } else byName.set(key, patch);
      }
    }
  }
  const patches: Patches = {
    bySection,
    find: (pkg, section, name) => byName.get(`${pkg}\u0000${section}\u0000${name}`),
  };
  return { patches, problems };
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
