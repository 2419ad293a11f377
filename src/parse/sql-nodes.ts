import {
  analysisNode,
  type ColumnInfo,
  type ConfiguredType,
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
import { join, relative } from 'node:path';
import { RelationValue } from '../builtins/index.ts';
import { compileTemplate, extractBlocks, JinjaError, str, toPlain, type Value } from '../jinja/index.ts';
import { SourceFile, textChecksum } from '../project/index.ts';
import { checkConfig } from './check-config.ts';
import { nodeConfig, unrenderedConfig } from './config.ts';
import { contractChecksum } from './contract.ts';
import { duplicateResource, jinjaDiagnostic, pythonModel } from './diagnostics.ts';
import { describe } from './docs.ts';
import type { Draft, FilePlace, Package, Resource } from './draft.ts';
import { recordForeignKeys } from './foreign-keys.ts';
import { columnsOf, dictsAt, type Patch, patchSpan, plainAt, textAt } from './patches.ts';
import type { PlainObject } from './plain.ts';
import { Recording } from './recording.ts';
import { placedWithin, spanOf } from './places.ts';
import type { RelationNamer } from './relation-names.ts';
import type { Subject } from './names.ts';
import { parseTemplate, problemsOf, renderParsed, type TemplateText } from './render-node.ts';
import { type ModelVersion, versionFiles } from './versions.ts';
import { hasJinja } from './yaml-render.ts';

/** The kinds of node that are a file, or a block of one. */
export type SqlType = Extract<ConfiguredType, 'model' | 'seed' | 'snapshot' | 'test' | 'analysis' | 'operation'>;

/** One node as it was found: its code, and where. */
export interface Found {
  readonly type: SqlType;
  readonly package: Package;
  /** Where it was written; undefined for dbt_project.yml itself. */
  readonly file: FilePlace;
  /** Its entry in that file, where the file is YAML. */
  readonly yamlPath?: readonly (string | number)[];
  readonly name: string;
  readonly fqn: readonly string[];
  /** dbt's `path`: relative to the search path. */
  readonly path: string;
  readonly code: string;
  /** Where the code begins in the file. */
  readonly offset: number;
  readonly patch: Patch | undefined;
  /** Of a model with versions: which one this is. */
  readonly version?: ModelVersion;
  /** Further fields of the node. */
  readonly extra?: PlainObject;
}

const SECTION: Readonly<Record<SqlType, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  analysis: 'analyses',
  operation: 'operations',
};

const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '');
const baseName = (path: string): string => withoutExtension(path.slice(path.lastIndexOf('/') + 1));
const folders = (path: string): string[] => path.split('/').slice(0, -1);

/** Adds the models, seeds, snapshots, singular tests, analyses and run hooks of all packages. */
export function addSqlNodes(draft: Draft, namer: RelationNamer): void {
  const versions = versionFiles(draft);
  // The root project comes last: it may describe what a package would have, and take over a name from one.
  for (const pkg of [...draft.input.packages.slice(1), draft.root]) {
    for (const file of pkg.files) for (const found of findIn(draft, pkg, file, versions)) addNode(draft, namer, found);
    for (const found of runHooks(pkg, draft.root.project.root)) addNode(draft, namer, found);
  }
}

function* findIn(
  draft: Draft,
  pkg: Package,
  file: SourceFile,
  versions: ReadonlyMap<string, ModelVersion>,
): Generator<Found> {
  const name = baseName(file.path);
  const project = pkg.project.name;
  const fqn = [project, ...folders(file.relative), name];
  const whole = (type: SqlType, path = file.relative): Found => {
    const code = file.content;
    const offset = file.lead;
    const patch =
      patchOf(draft, project, type, name) ??
      (type === 'test' ? draft.patches.find(project, 'tests', name) : undefined);
    return { type, package: pkg, file, name, fqn, path, code, offset, patch };
  };
  const seed = (): Found => ({
    type: 'seed',
    package: pkg,
    file,
    name,
    fqn,
    path: file.relative,
    code: '',
    offset: 0,
    patch: patchOf(draft, project, 'seed', name),
  });
  switch (file.kind) {
    case 'model':
      if (file.path.endsWith('.py'))
        draft.problems.push(pythonModel({ name }, { at: { file: file.shown, start: 0, end: 0 } }));
      else yield versioned(whole('model'), versions.get(`${project}\u0000${name}`));
      return;
    case 'seed':
      yield seed();
      return;
    case 'test':
      yield whole('test');
      return;
    case 'analysis':
      yield whole('analysis', `analysis/${file.relative}`);
      return;
    case 'snapshot':
      yield* snapshotBlocks(draft, pkg, file);
      return;
    case 'properties':
      yield* yamlSnapshots(draft, pkg, file);
      return;
    default:
  }
}

/** What properties files say of a node: those of its own package, else those of one that lost the node to the root. */
function patchOf(draft: Draft, pkg: string, type: SqlType, name: string): Patch | undefined {
  const own = draft.patches.find(pkg, SECTION[type], name);
  if (own || pkg !== draft.macros.root) return own;
  for (const other of draft.input.packages.slice(1)) {
    const patch = draft.patches.find(other.project.name, SECTION[type], name);
    if (patch && !draft.nodes.has(`${type}.${other.project.name}.${name}`)) return patch;
  }
  return undefined;
}

/** A model as the version of another that its properties make it. */
function versioned(found: Found, version: ModelVersion | undefined): Found {
  if (!version) return found;
  const fqn = [...found.fqn.slice(0, -1), version.model, `v${version.version}`];
  return { ...found, name: version.model, fqn, patch: version.patch, version };
}

function* snapshotBlocks(draft: Draft, pkg: Package, file: SourceFile): Generator<Found> {
  try {
    for (const block of extractBlocks(file.text, file.shown, { only: ['snapshot'] })) {
      const project = pkg.project.name;
      yield {
        type: 'snapshot',
        package: pkg,
        file,
        name: block.plainName,
        fqn: [project, ...withoutExtension(file.relative).split('/'), block.plainName],
        path: file.relative,
        code: file.text.slice(block.body.start, block.body.end),
        offset: block.body.start,
        patch: patchOf(draft, project, 'snapshot', block.plainName),
      };
    }
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    draft.problems.push(jinjaDiagnostic(error));
  }
}

/** Snapshots that a properties file defines by naming a relation. */
function* yamlSnapshots(draft: Draft, pkg: Package, file: SourceFile): Generator<Found> {
  for (const patch of draft.patches.bySection.get('snapshots') ?? []) {
    const relation = textAt(patch.value, 'relation');
    if (patch.file !== file || relation === undefined) continue;
    yield {
      type: 'snapshot',
      package: pkg,
      file,
      name: patch.name,
      fqn: [pkg.project.name, ...folders(file.relative), patch.name],
      path: `${file.relative}/${patch.name}.sql`,
      code: `select * from {{ ${relation} }}`,
      offset: 0,
      patch,
      yamlPath: patch.path,
    };
  }
}

/** dbt_project.yml, which hooks are written in. */
const projectFile = ({ project }: Package, root: string): SourceFile =>
  new SourceFile({
    package: project.name,
    kind: 'properties',
    folder: '',
    relative: 'dbt_project.yml',
    absolute: join(project.root, 'dbt_project.yml'),
    shown: join(relative(root, project.root), 'dbt_project.yml'),
    maximumSeedSize: 0,
  });

function* runHooks(pkg: Package, root: string): Generator<Found> {
  if (pkg.internal) return;
  for (const [hook, statements] of [
    ['on-run-start', pkg.project.onRunStart],
    ['on-run-end', pkg.project.onRunEnd],
  ] as const) {
    for (const [index, code] of statements.entries()) {
      const name = `${pkg.project.name}-${hook}-${index}`;
      yield {
        type: 'operation',
        package: pkg,
        file: projectFile(pkg, root),
        name,
        fqn: [pkg.project.name, 'hooks', name],
        path: `hooks/${name}.sql`,
        code,
        offset: 0,
        patch: undefined,
        extra: { index, tags: [hook] },
        yamlPath: [hook, index],
      };
    }
  }
}

/** Parts of a patch that dbt counts as config wherever they stand. */
function patchConfig(patch: Patch | undefined): PlainObject | undefined {
  if (!patch) return undefined;
  const config: Record<string, unknown> = { ...plainAt(patch.value, 'config') };
  for (const key of ['meta', 'docs', 'group', 'access', 'contract']) {
    const value = key === 'group' || key === 'access' ? textAt(patch.value, key) : plainAt(patch.value, key);
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
    language: 'sql',
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
  if (type !== 'seed') {
    const parsed = parseTemplate(draft, templateText(found), subject);
    if (!('template' in parsed)) {
      draft.problems.push(...placedWithin(place, parsed.problems));
      return;
    }
    draft.templates.set(unique_id, parsed.template);
    recording = parsed.recording;
    const isEnabled = recording.setting('enabled') !== false;
    if (isEnabled) draft.problems.push(...placedWithin(place, parsed.problems));
  }
  const sources = { type, package: pkg, fqn: found.fqn, patch: patchConfig(found.patch), recording };
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
    ...(config.contract ? { contract: contractOf(config.contract as PlainObject, fields.columns) } : {}),
  };
  const node = make(type, fields, compiled, found, patch);
  draft.recordings.set(unique_id, recording);
  if (config.enabled === false) {
    disable(draft, node);
    return;
  }
  const earlier = draft.nodes.get(unique_id);
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
  draft.nodes.set(unique_id, node);
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
  const list = draft.disabled.get(resource.unique_id);
  if (list) list.push(resource);
  else draft.disabled.set(resource.unique_id, [resource]);
}

function make(type: SqlType, fields: object, compiled: object, found: Found, patch: Patch | undefined): ManifestNode {
  const { language, ...seedFields } = fields as Record<string, unknown>;
  switch (type) {
    case 'model':
      return modelNode({ ...fields, ...compiled, ...modelFields(patch, fields as PlainObject) } as never);
    case 'seed':
      return seedNode({ ...seedFields, root_path: found.package.project.root } as never);
    case 'snapshot':
      return snapshotNode({ ...fields, ...compiled } as never);
    case 'test':
      return singularTestNode({ ...fields, ...compiled } as never);
    case 'analysis':
      return analysisNode({ ...fields, ...compiled } as never);
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
function contractOf(config: PlainObject, columns: Readonly<Record<string, ColumnInfo>>): PlainObject {
  return { checksum: config.enforced === true ? contractChecksum(columns) : null, ...config };
}

/** Hooks are rendered when they run; what they ask for is known before. */
function recordHooks(draft: Draft, config: PlainObject, subject: Subject, recording: Recording, file: string): void {
  for (const { sql } of [...((config['pre-hook'] as Hook[] | undefined) ?? []), ...((config['post-hook'] as Hook[] | undefined) ?? [])]) {
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
