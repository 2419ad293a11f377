import {
  type FreshnessThreshold,
  type FreshnessTime,
  hasFreshness,
  type SourceNode,
  sourceNode,
} from '../artifacts/index.ts';
import { type PyDict, toPlain } from '../jinja/index.ts';
import { checkConfig } from './check-config.ts';
import { nodeConfig, unrenderedConfig } from './config.ts';
import { badEntry, unknownLoading } from './diagnostics.ts';
import { describe } from './docs.ts';
import { type Draft, forName } from './draft.ts';
import { addTests } from './generic-tests.ts';
import { dictsAt, type Patch, patchSpan, plainAt, tagsAt, textAt } from './patch.ts';
import { columnsOf } from './patches.ts';
import type { PlainObject } from './plain.ts';
import type { RelationNamer } from './relation-names.ts';
import { disable } from './sql-nodes.ts';

/** Adds the sources of all packages with their tests. */
export function addSources(draft: Draft, namer: RelationNamer): void {
  for (const patch of draft.patches.bySection.get('sources') ?? []) {
    forName(draft, patch.name, () => {
      for (const [i, table] of dictsAt(patch.value, 'tables').entries()) addTable(draft, namer, patch, table, i);
    });
  }
}

const NO_TIME = { count: null, period: null };

/** Freshness of a table over that of its source, and in either `config:` over what stands beside it. */
function freshness(source: PyDict, table: PyDict): FreshnessThreshold | null | undefined {
  const parts = [source, table]
    .flatMap((level) => [readAt(level, 'freshness'), plainAt(level, 'config')?.freshness])
    .filter((part) => part !== undefined) as (PlainObject | null)[];
  if (!parts.length) return undefined;
  return parts.reduce<FreshnessThreshold | null>(freshnessOver, {
    warn_after: NO_TIME,
    error_after: NO_TIME,
    filter: null,
  });
}

/** An explicit null switches off; a time that is not said, or not all of it, stays as it was. */
function freshnessOver(before: FreshnessThreshold | null, part: PlainObject | null): FreshnessThreshold | null {
  if (part === null) return null;
  const time = (key: 'warn_after' | 'error_after') => {
    const said = part[key] as Partial<FreshnessTime> | null | undefined;
    if (said === null) return null;
    const isWhole = said?.count != null && said.period != null;
    return isWhole ? { ...NO_TIME, ...said } : before === null ? NO_TIME : before[key];
  };
  const filter = (part.filter as string | null | undefined) ?? before?.filter ?? null;
  return { warn_after: time('warn_after'), error_after: time('error_after'), filter } as FreshnessThreshold;
}

function readAt(value: PyDict, key: string): unknown {
  const found = value.get(key);
  return found === undefined ? undefined : toPlain(found);
}

type LoadedAt = Pick<SourceNode, 'loaded_at_field' | 'loaded_at_query'>;

/** How one level says when rows were loaded: its own word, or that of its config. */
function loadedAtOf(level: PyDict): LoadedAt {
  const said = (key: string): string | null => {
    const text = textAt(level, key) ?? plainAt(level, 'config')?.[key];
    return typeof text === 'string' ? text : null;
  };
  return { loaded_at_field: said('loaded_at_field'), loaded_at_query: said('loaded_at_query') };
}

/** The same of a table, which may take back what its source says: with a null, or a field in place of a query. */
function loadedAt(source: PyDict, table: PyDict): LoadedAt {
  const [outer, own] = [loadedAtOf(source), loadedAtOf(table)];
  const hasField = table.has('loaded_at_field');
  return {
    loaded_at_field: own.loaded_at_field ?? (hasField ? null : outer.loaded_at_field),
    loaded_at_query: own.loaded_at_query ?? (hasField ? null : outer.loaded_at_query),
  };
}

const saysTwice = ({ loaded_at_field, loaded_at_query }: LoadedAt): boolean =>
  loaded_at_field !== null && loaded_at_query !== null;

function addTable(draft: Draft, namer: RelationNamer, patch: Patch, table: PyDict, index: number): void {
  const source = patch.value;
  const tableName = textAt(table, 'name');
  const at = () => patchSpan(patch, 'tables', index);
  if (tableName === undefined) {
    draft.problems.push(
      badEntry({ section: 'sources', name: patch.name, reason: `table ${index + 1} has no name` }, { at: at() }),
    );
    return;
  }
  const pkg = patch.package;
  const unique_id = `source.${pkg}.${patch.name}.${tableName}`;
  const folders = patch.file.path.split('/').slice(1, -1);
  const fqn = [pkg, ...folders, patch.name, tableName];
  const sourceConfig = plainAt(source, 'config') ?? {};
  const tableConfig = plainAt(table, 'config') ?? {};
  const sourceMeta = { ...plainAt(source, 'meta'), ...(sourceConfig.meta as PlainObject | undefined) };
  const meta = { ...sourceMeta, ...plainAt(table, 'meta'), ...(tableConfig.meta as PlainObject | undefined) };
  const tags = [...tagsAt(source), ...listOf(sourceConfig.tags), ...tagsAt(table), ...listOf(tableConfig.tags)];
  const fresh = freshness(source, table);
  const written: Record<string, unknown> = {
    ...sourceConfig,
    ...tableConfig,
    ...(fresh === undefined ? {} : { freshness: fresh }),
    ...loadedAt(source, table),
    meta,
    tags: [...new Set(tags)],
  };
  if (fresh === undefined) delete written.freshness;
  const sources = { type: 'source' as const, package: pkg, fqn, patch: written };
  const config = nodeConfig(draft, sources);
  const wrong = checkConfig(`source '${unique_id}'`, config as never);
  draft.problems.push(...wrong.map((problem) => ({ ...problem, at: at() })));
  const quoting = { ...plainAt(source, 'quoting'), ...plainAt(table, 'quoting') };
  const database = textAt(source, 'database') ?? textAt(source, 'catalog') ?? draft.input.credentials.database;
  const schema = textAt(source, 'schema') ?? patch.name;
  const identifier = textAt(table, 'identifier') ?? tableName;
  const text = describe(draft, textAt(table, 'description') ?? '', pkg, at);
  const sourceText = describe(draft, textAt(source, 'description') ?? '', pkg, () => patchSpan(patch));
  const node: SourceNode = sourceNode({
    database,
    schema,
    name: tableName,
    package_name: pkg,
    path: patch.file.path,
    original_file_path: patch.file.path,
    unique_id,
    fqn,
    source_name: patch.name,
    source_description: sourceText.text,
    loader: textAt(table, 'loader') ?? textAt(source, 'loader') ?? '',
    identifier,
    quoting: { database: null, schema: null, identifier: null, column: null, ...quoting } as never,
    loaded_at_field: config.loaded_at_field,
    loaded_at_query: config.loaded_at_query,
    freshness: config.freshness,
    external: (plainAt(table, 'external') ?? null) as never,
    description: text.text,
    columns: columnsOf(draft, patch, table),
    meta: config.meta,
    source_meta: sourceMeta,
    tags: config.tags,
    config,
    unrendered_config: unrenderedConfig(draft, sources),
    unrendered_database: textAt(patch.written, 'database') || null,
    unrendered_schema: textAt(patch.written, 'schema') || null,
    relation_name: namer.relationName({ database, schema, identifier }, quoting),
    created_at: draft.input.invocation.startedAt.getTime() / 1000,
    doc_blocks: text.blocks,
  });
  for (const [level, where] of [
    [source, 'source'],
    [table, 'table'],
  ] as const) {
    if (!saysTwice(loadedAtOf(level))) continue;
    const reason = `it cannot have both loaded_at_field and loaded_at_query at the level of the ${where}`;
    draft.problems.push(badEntry({ section: 'sources', name: `${patch.name}.${tableName}`, reason }, { at: at() }));
  }
  if (config.enabled === false) disable(draft, node);
  else {
    // Warehouses that can only be parsed may know it by themselves.
    if (hasFreshness(node) && !node.loaded_at_field && !node.loaded_at_query && !draft.input.adapter.parseOnly)
      draft.problems.push(unknownLoading({ source: `${patch.name}.${tableName}` }, { at: at() }));
    draft.sources.set(unique_id, node);
    draft.places.set(unique_id, { file: patch.file, yamlPath: [...patch.path, 'tables', index] });
  }
  // Tests of what is switched off are nodes all the same, switched off where their references are resolved.
  const target = {
    patch,
    name: `${patch.name}.${tableName}`,
    tested: { kind: 'source' as const, sourceName: patch.name, name: tableName },
    attached: null,
    fileKeyName: `sources.${patch.name}`,
  };
  addTests(draft, namer, target, table, [...patch.path, 'tables', index], [...tagsAt(source), ...tagsAt(table)]);
}

const listOf = (tags: unknown): string[] => (tags === undefined ? [] : ([tags].flat() as string[]));
