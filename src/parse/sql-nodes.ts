import {
  analysisNode,
  type ColumnInfo,
  type FunctionNode,
  functionNode,
  type Hook,
  type ManifestNode,
  type ModelConstraint,
  modelConstraint,
  modelNode,
  operationNode,
  seedNode,
  singularTestNode,
  snapshotNode,
  uniqueId,
} from '../artifacts/index.ts';
import { RelationValue } from '../builtins/index.ts';
import { addTo } from '../core/index.ts';
import { compileTemplate, str, type Template, toPlain, type Value } from '../jinja/index.ts';
import { SourceFile, textChecksum } from '../project/index.ts';
import { checkConfig } from './check-config.ts';
import { nodeConfig, unrenderedConfig } from './config.ts';
import { contractChecksum, type TableTerms } from './contract.ts';
import { duplicateResource, seedDepends } from './diagnostics.ts';
import { describe } from './docs.ts';
import { type Draft, forName, type Resource } from './draft.ts';
import { recordForeignKeys } from './foreign-keys.ts';
import { type Found, findIn, runHooks } from './found-sql.ts';
import { functionFields, languageOf } from './functions.ts';
import type { Subject } from './names.ts';
import { dictsAt, type Patch, patchSpan, plainAt, textAt } from './patch.ts';
import { columnsOf } from './patches.ts';
import { placedWithin, spanOf } from './places.ts';
import type { PlainObject } from './plain.ts';
import { Recording } from './recording.ts';
import type { RelationNamer } from './relation-names.ts';
import { parseTemplate, problemsOf, renderParsed, type TemplateText } from './render-node.ts';
import { versionFiles } from './versions.ts';
import { writtenConfig } from './written-config.ts';
import { hasJinja } from './yaml-render.ts';

/** Adds the models, seeds, snapshots, singular tests, analyses and run hooks of all packages. */
export function addSqlNodes(draft: Draft, namer: RelationNamer): void {
  const versions = versionFiles(draft);
  // The root project comes last: it may describe what a package would have, and take over a name from one.
  for (const pkg of [...draft.input.packages.slice(1), draft.root]) {
    const add = (found: Found): void => forName(draft, found.name, () => addNode(draft, namer, found));
    for (const file of pkg.files) for (const found of findIn(draft, pkg, file, versions)) add(found);
    for (const found of runHooks(pkg, draft.root.project.root)) add(found);
  }
}

/** Parts of a patch that dbt counts as config wherever they stand. */
function patchConfig(patch: Patch | undefined, entry = patch?.value): PlainObject | undefined {
  if (!entry) return undefined;
  const config: Record<string, unknown> = { ...plainAt(entry, 'config') };
  for (const key of ['meta', 'docs', 'group', 'access', 'contract']) {
    const value = key === 'group' || key === 'access' ? textAt(entry, key) : plainAt(entry, key);
    if (value !== undefined && config[key] === undefined) config[key] = value;
  }
  return Object.keys(config).length ? config : undefined;
}

function addNode(draft: Draft, namer: RelationNamer, found: Found): void {
  const { type, file, name } = found;
  const pkg = found.package.project.name;
  const { credentials, invocation } = draft.input;
  const unique_id = uniqueId(type, pkg, name, found.version?.version);
  const early = {
    database: credentials.database,
    schema: credentials.schema,
    name,
    resource_type: type,
    package_name: pkg,
    path: found.path,
    original_file_path: type === 'operation' ? `./${file.path}` : file.path,
    unique_id,
    fqn: found.fqn,
    alias: name,
    raw_code: found.code,
    language: type === 'function' ? languageOf(file.path) : 'sql',
    ...(found.version ? { version: found.version.version, latest_version: found.version.latest } : {}),
    config: {},
  };
  const subject = {
    package: pkg,
    name: unique_id,
    node: early,
    this: new RelationValue(
      draft.input.adapter.dialect,
      { database: early.database, schema: early.schema, identifier: name },
      draft.root.project.quoting,
    ),
  };
  const place = { file, yamlPath: found.yamlPath };
  let recording = new Recording();
  let template: Template | undefined;
  if (type !== 'seed') {
    const parsed = parseTemplate(draft, templateText(found), subject);
    if (!('template' in parsed)) {
      draft.problems.push(...placedWithin(place, parsed.problems));
      return;
    }
    template = parsed.template;
    recording = parsed.recording;
    const isEnabled = recording.setting('enabled') !== false;
    if (isEnabled) draft.problems.push(...placedWithin(place, parsed.problems));
  }
  const sources = {
    type,
    package: pkg,
    fqn: found.fqn,
    patch: patchConfig(found.patch),
    writtenPatch: patchConfig(found.patch, found.patch?.written),
    recording,
    writtenCall: template && writtenConfig(template, found.code),
  };
  let config: ReturnType<typeof nodeConfig> & PlainObject;
  try {
    config = nodeConfig(draft, sources) as typeof config;
  } catch (error) {
    const at = spanOf(place);
    draft.problems.push(...problemsOf(error).map((problem) => ({ ...problem, at })));
    return;
  }
  if (config.enabled !== false) {
    const at = spanOf(place);
    draft.problems.push(...checkConfig(`${type} '${unique_id}'`, config).map((problem) => ({ ...problem, at })));
  }
  if (config.enabled !== false) recordHooks(draft, config, subject, recording, file.shown);
  if (type === 'seed' && config.enabled !== false && recording.dependsOnNodes) {
    draft.problems.push(seedDepends({ seed: unique_id }, { at: spanOf(place) }));
  }
  const hasRelation = type !== 'analysis' && type !== 'operation';
  const names: { database: string | null; schema: string; alias: string } = hasRelation
    ? namer.names({ ...early, config }, config)
    : { database: early.database, schema: early.schema, alias: name };
  if (type === 'snapshot') {
    names.database = (config.target_database as string | null) ?? names.database;
    names.schema = (config.target_schema as string | null) ?? names.schema;
  }
  const { patch } = found;
  const description = describe(draft, (patch && textAt(patch.value, 'description')) ?? '', pkg, () =>
    patchSpan(patch!, 'description'),
  );
  const materialized = String(config.materialized ?? '');
  const fields = {
    ...early,
    ...names,
    checksum: 'checksum' in file && file.kind !== 'properties' ? file.checksum : textChecksum(found.code),
    config,
    tags: [...((found.extra?.tags as string[] | undefined) ?? []), ...(config.tags as string[])],
    description: description.text,
    columns: patch ? columnsOf(draft, patch) : {},
    meta: config.meta,
    group: (config.group as string | null | undefined) ?? null,
    docs: { show: true, node_color: null, ...(config.docs as PlainObject | undefined) },
    patch_path: patch ? `${patch.package}://${patch.file.path}` : null,
    unrendered_config: unrenderedConfig(draft, sources),
    created_at: invocation.startedAt.getTime() / 1000,
    relation_name:
      hasRelation && (type !== 'test' || config.store_failures === true) && materialized !== 'ephemeral'
        ? namer.relationName(
            { database: names.database, schema: names.schema, identifier: names.alias },
            config.quoting as PlainObject,
          )
        : null,
    doc_blocks: description.blocks,
  };
  if (patch && type === 'model') {
    const constraints = modelConstraints(patch);
    recordForeignKeys(draft, patch, { ofColumns: Object.values(fields.columns), ofModel: constraints }, recording);
  }
  const compiled = {
    refs: recording.refArgs(),
    sources: recording.sourceArgs(),
    metrics: recording.metricArgs(),
    functions: recording.functionArgs(),
    depends_on: { macros: [...recording.macros], nodes: [] },
    ...(config.contract
      ? { contract: contractOf(config.contract as PlainObject, fields.columns, tableTerms(materialized, patch)) }
      : {}),
  };
  const node = make(draft, fields, compiled, found);
  const earlier = draft.nodes.get(unique_id) ?? draft.functions.get(unique_id);
  // One of two files of a name may be switched off: the id is that of the other.
  if (!earlier) {
    draft.recordings.set(unique_id, recording);
    if (template) draft.templates.set(unique_id, template);
  }
  if (config.enabled === false) {
    disable(draft, node);
    return;
  }
  if (earlier) {
    draft.problems.push(
      duplicateResource(
        { name, type, other: earlier.original_file_path, path: file.path },
        {
          at: { file: file.shown, start: 0, end: 0 },
          labels: [
            { span: { file: draft.places.get(unique_id)!.file.shown, start: 0, end: 0 }, text: 'the other one' },
          ],
        },
      ),
    );
    return;
  }
  if (node.resource_type === 'function') draft.functions.set(unique_id, node);
  else draft.nodes.set(unique_id, node);
  draft.places.set(unique_id, place);
}

/** The template of a node: a stretch of its file, or text that only its YAML holds. */
function templateText({ file, code, offset }: Found): TemplateText {
  const isInFile = file instanceof SourceFile && file.kind !== 'properties';
  return isInFile
    ? { file: file.shown, text: file.text, range: { start: offset, end: offset + code.length } }
    : { file: file.shown, text: code, range: { start: 0, end: code.length } };
}

/** Keeps a resource that is switched off, so that a reference to it can say so. */
export function disable(draft: Draft, resource: Resource): void {
  addTo(draft.disabled, resource.unique_id, resource);
}

/** What the template of a node asked for. */
interface Compiled {
  readonly depends_on: { readonly macros: readonly string[] };
}

function make(draft: Draft, fields: object, compiled: Compiled, found: Found): ManifestNode | FunctionNode {
  const { type, patch } = found;
  const { language, ...seedFields } = fields as Record<string, unknown>;
  switch (type) {
    case 'model':
      return modelNode({ ...fields, ...compiled, ...modelFields(patch, fields as PlainObject) } as never);
    case 'seed':
      return seedNode({
        ...seedFields,
        root_path: found.package.project.root,
        depends_on: { macros: compiled.depends_on.macros },
      } as never);
    case 'snapshot':
      return snapshotNode({ ...fields, ...compiled } as never);
    case 'test':
      return singularTestNode({ ...fields, ...compiled } as never);
    case 'analysis':
      return analysisNode({ ...fields, ...compiled } as never);
    case 'function':
      return functionNode({ ...fields, ...compiled, ...functionFields(draft, patch) } as never);
    case 'operation':
      return operationNode({ ...fields, ...compiled, index: found.extra?.index } as never);
  }
}

/** A date or time as dbt keeps it: in ISO form, with a time and a zone. */
function dateTime(value: Value): string {
  const text = str(value).replace(' ', 'T');
  const full = text.includes('T') ? text : `${text}T00:00:00`;
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(full) ? full : `${full}+00:00`;
}

/** A node's contract, with its checksum where it is enforced. */
function contractOf(
  config: PlainObject,
  columns: Readonly<Record<string, ColumnInfo>>,
  table: TableTerms | undefined,
): PlainObject {
  return { checksum: config.enforced === true ? contractChecksum(columns, table) : null, ...config };
}

/** What a model that is a table promises beyond its columns. */
function tableTerms(materialized: string, patch: Patch | undefined): TableTerms | undefined {
  if (materialized !== 'table' && materialized !== 'incremental') return undefined;
  return { materialized, constraints: patch ? modelConstraints(patch) : [] };
}

/** Hooks are rendered when they run; what they ask for is known before. */
function recordHooks(draft: Draft, config: PlainObject, subject: Subject, recording: Recording, file: string): void {
  for (const { sql } of [
    ...((config['pre-hook'] as Hook[] | undefined) ?? []),
    ...((config['post-hook'] as Hook[] | undefined) ?? []),
  ]) {
    if (!hasJinja(sql)) continue;
    try {
      draft.problems.push(...renderParsed(draft, compileTemplate(sql, `${file} (hook)`), subject, recording));
    } catch (error) {
      draft.problems.push(...problemsOf(error));
    }
  }
}

function modelConstraints(patch: Patch): ModelConstraint[] {
  return dictsAt(patch.value, 'constraints').map((c) => modelConstraint(toPlain(c) as never));
}

function modelFields(patch: Patch | undefined, fields: PlainObject): PlainObject {
  const access = (fields.config as PlainObject).access ?? 'protected';
  if (!patch) return { access };
  const deprecation = patch.value.get('deprecation_date');
  const spine = plainAt(patch.value, 'time_spine');
  return {
    access,
    constraints: modelConstraints(patch),
    deprecation_date: deprecation === undefined || deprecation === null ? null : dateTime(deprecation),
    time_spine: spine ? { custom_granularities: [], ...spine } : null,
  };
}
