import { join, relative } from 'node:path';
import type { ConfiguredType } from '../artifacts/index.ts';
import { extractBlocks, JinjaError } from '../jinja/index.ts';
import { SourceFile } from '../project/index.ts';
import { jinjaDiagnostic, pythonModel } from './diagnostics.ts';
import type { Draft, FilePlace, Package } from './draft.ts';
import { type Patch, textAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import type { ModelVersion } from './versions.ts';

/** The kinds of node that are a file, or a block of one. */
export type SqlType = Extract<
  ConfiguredType,
  'model' | 'seed' | 'snapshot' | 'test' | 'analysis' | 'operation' | 'function'
>;

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
  function: 'functions',
};

const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '');
const baseName = (path: string): string => withoutExtension(path.slice(path.lastIndexOf('/') + 1));
const folders = (path: string): string[] => path.split('/').slice(0, -1);

/** The nodes that a file is, or that its blocks and entries are. */
export function* findIn(
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
      patchOf(draft, project, type, name) ?? (type === 'test' ? draft.patches.find(project, 'tests', name) : undefined);
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
    case 'function':
      yield whole('function');
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
    const id = `${type}.${other.project.name}.${name}`;
    if (patch && !draft.nodes.has(id) && !draft.functions.has(id)) return patch;
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

/** The statements of on-run-start and on-run-end. */
export function* runHooks(pkg: Package, root: string): Generator<Found> {
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
