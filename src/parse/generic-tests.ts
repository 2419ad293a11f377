import {
  genericTestModel,
  genericTestName,
  genericTestNode,
  genericTestUniqueId,
  type PlainValue,
  type TestTarget as TestedThing,
  type TestNode,
} from '../artifacts/index.ts';
import { findMacro, findPackageMacro, type Macro } from '../builtins/index.ts';
import { type Diagnostic, DiagnosticError, nearest } from '../core/index.ts';
import { compileTemplate, PyDict, PyFloat, type Scope, str, toPlain, type Value } from '../jinja/index.ts';
import { checkConfig } from './check-config.ts';
import { nodeConfig, unrenderedConfig } from './config.ts';
import { badTest, unknownTest } from './diagnostics.ts';
import { type Draft, packageOf } from './draft.ts';
import { parseScope, type Subject } from './names.ts';
import { dictsAt, type Patch, patchSpan, tagsAt, testsAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import { Recording } from './recording.ts';
import type { RelationNamer } from './relation-names.ts';
import { problemsOf, renderParsed } from './render-node.ts';
import { disable } from './sql-nodes.ts';
import { writtenConfig } from './written-config.ts';
import { hasJinja, renderText } from './yaml-render.ts';

/** Keys of a test that are config wherever they stand. */
const CONFIG_KEYS = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'meta',
  'database',
  'schema',
  'alias',
];

/** What a test is written under. */
export interface TestTarget {
  readonly patch: Patch;
  /** For messages. */
  readonly name: string;
  /** The node or table of a source that is tested. */
  readonly tested: TestedThing;
  /** Unique id of the node tested, where it exists. */
  readonly attached: string | null;
  /** `models.orders`, the way dbt writes it. */
  readonly fileKeyName: string;
}

/** A column whose tests are added, or undefined for tests of the whole relation. */
interface TestedColumn {
  readonly name: string;
  readonly tags: readonly string[];
}

/** Adds all tests of an entry: those of its columns, then its own. */
export function addTests(
  draft: Draft,
  namer: RelationNamer,
  target: TestTarget,
  entry: PyDict,
  path: readonly (string | number)[],
  tags: readonly string[] = [],
): void {
  for (const [i, column] of dictsAt(entry, 'columns').entries()) {
    const name = column.get('name');
    if (typeof name !== 'string') continue;
    const config = column.get('config');
    const columnTags = [...tags, ...tagsAt(column), ...(config instanceof PyDict ? tagsAt(config) : [])];
    const quoted =
      column.get('quote') === true
        ? draft.input.adapter.dialect.quoteCharacter + name + draft.input.adapter.dialect.quoteCharacter
        : name;
    const { key, tests } = testsAt(column);
    for (const [k, test] of tests.entries()) {
      addTest(draft, namer, target, test, { name: quoted, tags: columnTags }, [...path, 'columns', i, key, k]);
    }
  }
  const { key, tests } = testsAt(entry);
  for (const [k, test] of tests.entries()) addTest(draft, namer, target, test, { name: '', tags }, [...path, key, k]);
}

/** A test as it was written, taken apart. */
interface Parts {
  readonly namespace: string | null;
  readonly name: string;
  readonly args: PyDict;
  readonly config: Map<string, Value>;
  readonly customName: string | undefined;
  readonly description: string;
}

function takeApart(test: Value, column: TestedColumn, target: TestTarget, scope: () => Scope): Parts {
  const definition = typeof test === 'string' ? new PyDict([[test, new PyDict()]]) : test;
  if (!(definition instanceof PyDict))
    throw bad(target, 'a test must be a name, or a mapping from a name to its arguments');
  let name: Value | undefined = definition.get('test_name');
  let given: Value | undefined = definition;
  if (name === undefined) {
    if (definition.size() !== 1) {
      const keys = [...definition.keys()].map(str).join(', ');
      throw bad(
        target,
        `a test must be a mapping with one key, its name; found ${definition.size()}: ${keys}. Are the arguments indented under the name?`,
      );
    }
    [[name, given]] = definition.entries() as unknown as [[Value, Value]];
  }
  if (typeof name !== 'string') throw bad(target, `the name of a test must be text, got ${str(name ?? null)}`);
  if (given === null) given = new PyDict();
  if (!(given instanceof PyDict)) throw bad(target, `the arguments of test '${name}' must be a mapping`);
  const args = new PyDict();
  for (const [key, value] of given.entries()) if (key !== 'test_name' && key !== 'arguments') args.set(key, value);
  if (column.name) args.set('column_name', column.name);
  const nested = given.get('arguments');
  if (nested instanceof PyDict) for (const [key, value] of nested.entries()) args.set(key, value);
  else if (nested !== undefined && nested !== null) args.set('arguments', nested);
  if (args.has('model'))
    throw bad(
      target,
      `test '${name}' may not have an argument named 'model': the tested relation is passed under that name`,
    );
  args.set('model', genericTestModel(target.tested));
  const match = /^(?:([a-zA-Z_]\w*)\.)?([a-zA-Z_]\w*)/.exec(name);
  if (!match) throw bad(target, `'${name}' is not the name of a test`);
  const config = takeConfig(args, target, scope);
  const customName = args.get('name');
  args.delete('name');
  const description = args.get('description');
  args.delete('description');
  return {
    namespace: match[1] ?? null,
    name: match[2]!,
    args,
    config,
    customName: customName === undefined || customName === null ? undefined : str(customName),
    description: description === undefined || description === null ? '' : str(description),
  };
}

function takeConfig(args: PyDict, target: TestTarget, scope: () => Scope): Map<string, Value> {
  const nested = args.get('config');
  const inConfig = nested instanceof PyDict ? new PyDict(nested.entries()) : undefined;
  const config = new Map<string, Value>();
  const put = (key: string, value: Value | undefined): void => {
    if (value === undefined || value === null) return;
    const isTemplate = typeof value === 'string' && hasJinja(value);
    const rendered = isTemplate ? renderText(value, scope(), target.patch.file.shown) : value;
    if (rendered !== null) config.set(key, rendered);
  };
  for (const key of CONFIG_KEYS) {
    const value = args.get(key);
    args.delete(key);
    if (value !== undefined && value !== null && value !== false && inConfig?.has(key)) {
      throw bad(target, `'${key}' is given twice, once under config: and once beside it`);
    }
    put(key, value === undefined || value === null ? inConfig?.get(key) : value);
    inConfig?.delete(key);
  }
  args.delete('config');
  if (inConfig) for (const [key, value] of inConfig.entries()) put(str(key), value);
  return config;
}

const bad = (target: TestTarget, reason: string): DiagnosticError =>
  new DiagnosticError(badTest({ name: target.name, reason }));

/** A value as the source of a Jinja literal, for the `config(…)` that a test's code ends with. */
function literal(value: Value): string {
  if (typeof value === 'string') return `"${value.replaceAll('"', '\\"')}"`;
  return value instanceof PyFloat ? value.repr() : pythonText(value);
}

function pythonText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (value instanceof PyDict)
    return `{${[...value.entries()].map(([k, v]) => `${pythonText(k)}: ${pythonText(v)}`).join(', ')}}`;
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return str(value);
}

function addTest(
  draft: Draft,
  namer: RelationNamer,
  target: TestTarget,
  test: Value,
  column: TestedColumn,
  path: readonly (string | number)[],
): void {
  const { patch } = target;
  const inPatch = path.slice(patch.path.length);
  const at = () => patchSpan(patch, ...inPatch);
  const report = (problems: readonly Diagnostic[]): void => {
    for (const problem of problems)
      draft.problems.push({ ...problem, at: problem.at?.via?.length ? { ...problem.at, origin: at() } : at() });
  };
  // Most tests have no Jinja in their settings.
  const yamlNames = (): Scope =>
    parseScope(draft, { package: patch.package, name: target.name, node: {}, this: null }, new Recording());
  let parts: Parts;
  try {
    parts = takeApart(test, column, target, yamlNames);
  } catch (error) {
    report(problemsOf(error));
    return;
  }
  const macro = testMacro(draft, patch.package, parts);
  const kwargs = toPlain(parts.args) as PlainObject;
  const metadata = { name: parts.name, kwargs, namespace: parts.namespace };
  const args = printable(parts.args);
  const synthetic = genericTestName({ name: parts.name, namespace: parts.namespace, target: target.tested, args });
  const name = parts.customName ?? synthetic.full;
  const alias = parts.customName ?? synthetic.short;
  if (parts.customName === undefined && synthetic.short !== synthetic.full && !parts.config.has('alias'))
    parts.config.set('alias', synthetic.short);
  const project = packageOf(draft, patch.package).project.name;
  const unique_id = genericTestUniqueId(project, name, { ...metadata, kwargs: args });
  const folders = patch.file.path.split('/').slice(1, -1);
  const fqn = [project, ...folders, name];
  const macroCall = parts.namespace ? `${parts.namespace}.test_${parts.name}` : `test_${parts.name}`;
  const settings = [...parts.config].map(([key, value]) => `${key}=${literal(value)}`).join(',');
  const code = `{{ ${macroCall}(**_dbt_generic_test_kwargs) }}${settings ? `{{ config(${settings}) }}` : ''}`;
  const { credentials, invocation } = draft.input;
  const early = {
    database: credentials.database,
    schema: credentials.schema,
    name,
    resource_type: 'test' as const,
    package_name: project,
    path: `${alias}.sql`,
    original_file_path: patch.file.path,
    unique_id,
    fqn,
    alias,
    raw_code: code,
    language: 'sql',
    test_metadata: metadata,
    column_name: column.name || null,
    config: {},
  };
  const recording = new Recording();
  if (macro) recording.macros.add(macro.uniqueId);
  const subject = { package: project, name: unique_id, node: early, this: null };
  const template = compileTemplate(code, patch.file.shown, { cache: draft.input.cache });
  const problems: Diagnostic[] = [];
  const rendered = renderKwargs(draft, subject, recording, parts.args, patch.file.shown, problems);
  // dbt takes these two as known and does not render them; the difference shows in what a manifest says of macros.
  const isShortcut = macro?.uniqueId === 'macro.dbt.test_not_null' || macro?.uniqueId === 'macro.dbt.test_unique';
  if (!isShortcut) recording.macros.add(findMacro(draft.macros, project, 'get_where_subquery')!.uniqueId);
  if (isShortcut || !rendered) recording.addConfig(new PyDict(parts.config));
  else problems.push(...renderParsed(draft, template, { ...subject, testArguments: rendered }, recording));
  const writtenCall = isShortcut ? undefined : writtenConfig(template, code);
  const sources = { type: 'test' as const, package: project, fqn, recording, writtenCall };
  const config = nodeConfig(draft, sources);
  const made = namer.names({ ...early, config }, config);
  const names = { ...made, alias: (config.alias as string | null) === null ? alias : made.alias };
  const tags = [...new Set([...column.tags, ...config.tags])].sort();
  const node: TestNode = genericTestNode({
    ...early,
    ...names,
    config,
    tags,
    description: parts.description,
    meta: config.meta,
    group: config.group,
    unrendered_config: unrenderedConfig(draft, sources),
    created_at: invocation.startedAt.getTime() / 1000,
    relation_name: config.store_failures === true ? namer.relationName({ ...names, identifier: names.alias }) : null,
    refs: recording.refArgs(),
    sources: recording.sourceArgs(),
    metrics: recording.metricArgs(),
    functions: recording.functionArgs(),
    depends_on: { macros: [...recording.macros], nodes: [] },
    file_key_name: target.fileKeyName,
    attached_node: target.attached,
  });
  // One of two tests of a name may be switched off: the id is that of the other.
  if (!draft.nodes.has(unique_id)) {
    draft.recordings.set(unique_id, recording);
    draft.templates.set(unique_id, template);
  }
  if (config.enabled === false) {
    disable(draft, node);
    return;
  }
  if (!macro) report([noSuchTest(draft, parts)]);
  report([...problems, ...checkConfig(`test '${name}'`, config as unknown as PlainObject)]);
  draft.nodes.set(unique_id, node);
  draft.places.set(unique_id, { file: patch.file, yamlPath: path });
}

/** Arguments with mappings as objects; other values keep their Python text. */
function printable(value: PyDict): Readonly<Record<string, PlainValue>> {
  return Object.fromEntries([...value.entries()].map(([key, item]) => [str(key), printableValue(item)]));
}

function printableValue(value: Value): PlainValue {
  if (value instanceof PyDict) return printable(value);
  return Array.isArray(value) ? value.map(printableValue) : value;
}

/** The macro that a test is: its package's, the root project's or dbt's. */
function testMacro(draft: Draft, pkg: string, parts: Parts): Macro | undefined {
  const name = `test_${parts.name}`;
  return parts.namespace ? findPackageMacro(draft.macros, parts.namespace, name) : findMacro(draft.macros, pkg, name);
}

/** A test that nobody has written: told while it is parsed, and an error where it is run. */
function noSuchTest(draft: Draft, { name, namespace }: Parts): Diagnostic {
  const names = [...draft.macros.packages.values()]
    .flatMap((macros) => [...macros.keys()])
    .flatMap((macro) => (macro.startsWith('test_') ? [macro.slice(5)] : []));
  return unknownTest({ test: namespace ? `${namespace}.${name}` : name, near: nearest(name, names) });
}

/** Renders the arguments of a test, which records the relations they name. */
function renderKwargs(
  draft: Draft,
  subject: Subject,
  recording: Recording,
  args: PyDict,
  file: string,
  problems: Diagnostic[],
): Value | undefined {
  try {
    return renderAll(args, parseScope(draft, subject, recording), file);
  } catch (error) {
    problems.push(...problemsOf(error));
    return undefined;
  }
}

/** A bare call, which test arguments may be written as: `to: ref('customers')`. */
const BARE_CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/s;

/** Test arguments with their Jinja rendered; a column's name is taken as it stands. */
export function renderAll(value: Value, scope: Scope, file: string): Value {
  if (typeof value === 'string') return renderText(BARE_CALL.test(value) ? `{{ ${value} }}` : value, scope, file);
  if (Array.isArray(value)) return value.map((item) => renderAll(item, scope, file));
  if (value instanceof PyDict) {
    return new PyDict(
      [...value.entries()].map(([key, item]): [Value, Value] => [
        key,
        key === 'column_name' ? item : renderAll(item, scope, file),
      ]),
    );
  }
  return value;
}
