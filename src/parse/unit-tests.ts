import {
  type ModelNode,
  type UnitTestFixture,
  type UnitTestInput,
  type UnitTestNode,
  unitTestNode,
} from '../artifacts/index.ts';
import { nearest, parseCsv } from '../core/index.ts';
import { PyDict, toPlain, type Value } from '../jinja/index.ts';
import type { SourceFile } from '../project/index.ts';
import { nodeConfig } from './config.ts';
import { badEntry, duplicateResource } from './diagnostics.ts';
import { type Draft, forName } from './draft.ts';
import { dictsAt, type Patch, patchSpan, plainAt, textAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import { disable } from './sql-nodes.ts';
import { unitTestChecksum } from './unit-test-checksum.ts';

/** Adds the unit tests of all packages. */
export function addUnitTests(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('unit_tests') ?? [])
    forName(draft, patch.name, () => addUnitTest(draft, patch));
}

function addUnitTest(draft: Draft, patch: Patch): void {
  const problem = (reason: string, ...inside: (string | number)[]): void => {
    draft.problems.push(
      badEntry({ section: 'unit_tests', name: patch.name, reason }, { at: patchSpan(patch, ...inside) }),
    );
  };
  const model = textAt(patch.value, 'model');
  if (model === undefined) {
    problem("it needs a 'model:'");
    return;
  }
  const expect = patch.value.get('expect');
  if (!(expect instanceof PyDict)) {
    problem("it needs an 'expect:' with rows");
    return;
  }
  const pkg = patch.package;
  const unique_id = `unit_test.${pkg}.${model}.${patch.name}`;
  const fqn = [pkg, ...patch.file.path.split('/').slice(1, -1), model, patch.name];
  const config = nodeConfig(draft, { type: 'unit_test', package: pkg, fqn, patch: plainAt(patch.value, 'config') });
  const given: UnitTestInput[] = [];
  for (const [i, input] of dictsAt(patch.value, 'given').entries()) {
    const name = textAt(input, 'input');
    if (name === undefined) {
      problem("each of 'given:' needs an 'input:'", 'given', i);
      return;
    }
    const fixture = seedFixture(draft, patch, input, name) ?? fixtureOf(draft, patch, input);
    if (typeof fixture === 'string') {
      problem(fixture, 'given', i);
      return;
    }
    given.push({ input: name, ...fixture });
  }
  const expected = fixtureOf(draft, patch, expect);
  if (typeof expected === 'string') {
    problem(expected, 'expect');
    return;
  }
  const overrides = plainAt(patch.value, 'overrides');
  const models = [...draft.nodes.values()].filter(
    (node): node is ModelNode => node.resource_type === 'model' && node.name === model,
  );
  const tested = models.find((node) => node.package_name === pkg) ?? models[0];
  const versions = plainAt(patch.value, 'versions');
  const node = unitTestNode({
    model,
    given,
    expect: expected,
    name: patch.name,
    package_name: pkg,
    path: patch.file.relative,
    original_file_path: patch.file.path,
    unique_id,
    fqn,
    description: textAt(patch.value, 'description') ?? '',
    overrides: overrides ? { macros: {}, vars: {}, env_vars: {}, ...overrides } : null,
    depends_on: { macros: [], nodes: tested ? [tested.unique_id] : [] },
    config,
    versions: versions ? ({ include: null, exclude: null, ...versions } as UnitTestNode['versions']) : null,
    checksum: unitTestChecksum({ model, versions: patch.value.get('versions') ?? null, given, expected, overrides }),
    schema: tested?.schema ?? null,
    created_at: draft.input.invocation.startedAt.getTime() / 1000,
  });
  if (config.enabled === false || (!tested && isDisabledModel(draft, model))) {
    disable(draft, node);
    return;
  }
  if (!tested) {
    const near = nearest(
      model,
      [...draft.nodes.values()].map((n) => n.name),
    );
    problem(`model '${model}' was not found${near ? `; did you mean '${near}'?` : ''}`, 'model');
    return;
  }
  const chosen = versionsOf(draft, tested, node.versions);
  if (typeof chosen === 'string') {
    problem(chosen, 'versions');
    return;
  }
  for (const { unique_id: id, version } of chosen) {
    const one =
      version === null
        ? node
        : { ...node, unique_id: `${unique_id}_v${version}`, version, depends_on: { macros: [], nodes: [id] } };
    const earlier = draft.unitTests.get(one.unique_id);
    if (earlier) {
      const both = { path: patch.file.path, other: earlier.original_file_path };
      draft.problems.push(
        duplicateResource({ name: patch.name, type: 'unit test', ...both }, { at: patchSpan(patch, 'name') }),
      );
      return;
    }
    draft.unitTests.set(one.unique_id, one);
    draft.places.set(one.unique_id, { file: patch.file, yamlPath: patch.path });
  }
}

/** The versions of a model that a unit test is made for, each a test of its own; or what is wrong with what it says. */
function versionsOf(
  draft: Draft,
  tested: ModelNode,
  versions: UnitTestNode['versions'],
): readonly ModelNode[] | string {
  const { include = null, exclude = null } = versions ?? {};
  if (tested.version === null)
    return (include ?? exclude) ? `model '${tested.name}' has no versions to include or exclude` : [tested];
  const all = [...draft.nodes.values()].filter(
    (node): node is ModelNode =>
      node.resource_type === 'model' && node.name === tested.name && node.package_name === tested.package_name,
  );
  const chosen = all.filter(({ version }) => (include?.includes(version!) ?? true) && !exclude?.includes(version!));
  return chosen.length ? chosen : `none of these are versions of model '${tested.name}'`;
}

const isDisabledModel = (draft: Draft, name: string): boolean =>
  [...draft.disabled.values()].some((list) => list.some((r) => r.resource_type === 'model' && r.name === name));

/** The rows of one input or of the expectation, as objects, or as SQL; or what is wrong with them. */
function fixtureOf(draft: Draft, patch: Patch, value: PyDict): UnitTestFixture | string {
  const format = (textAt(value, 'format') ?? 'dict') as UnitTestFixture['format'];
  const name = textAt(value, 'fixture') ?? null;
  let rows: Value | undefined = value.get('rows');
  if (format !== 'dict' && format !== 'csv' && format !== 'sql')
    return `format must be dict, csv or sql, got '${String(format)}'`;
  if (name !== null) {
    const [file, twin] = fixtureFiles(draft, patch.package, name, format);
    if (file && twin) {
      const both = { path: twin.path, other: file.path };
      draft.problems.push(duplicateResource({ name, type: 'fixture', ...both }, { at: patchSpan(patch) }));
    }
    if (!file) return `fixture '${name}' was not found: there is no tests/fixtures/${name}.${format}`;
    rows = file.content;
  }
  switch (format) {
    case 'sql':
      return typeof rows === 'string' ? { rows, format, fixture: name } : 'rows of format sql must be a SQL text';
    case 'csv':
      return typeof rows === 'string'
        ? { rows: csvRows(rows), format: 'dict', fixture: name }
        : 'rows of format csv must be a CSV text';
    default:
      if (rows === undefined || rows === null) return { rows: [], format, fixture: name };
      if (!Array.isArray(rows)) return 'rows of format dict must be a list of mappings';
      return { rows: rows.map((row) => toPlain(row) as PlainObject), format, fixture: name };
  }
}

function csvRows(text: string, delimiter = ','): PlainObject[] {
  const { header, rows } = parseCsv(text, delimiter);
  return rows.map((row) =>
    Object.fromEntries(header.map((column, i) => [column, row[i] === '' ? null : (row[i] ?? null)])),
  );
}

const SEED = /^\s*ref\(\s*(?:['"](\w+)['"]\s*,\s*)?['"]([^'"]+)['"]\s*\)\s*$/;

/** The rows of a seed, which stands for itself where an input gives no rows; undefined for an input that has its own. */
function seedFixture(draft: Draft, patch: Patch, input: PyDict, written: string): UnitTestFixture | string | undefined {
  const rows = input.get('rows') ?? null;
  const [, pkg = patch.package, name] = SEED.exec(written) ?? [];
  const isOwn = rows !== null || textAt(input, 'fixture') !== undefined || textAt(input, 'format') === 'sql';
  if (isOwn || name === undefined) return undefined;
  const seeds = [...draft.nodes.values()].filter((node) => node.resource_type === 'seed' && node.name === name);
  const seed = seeds.find((node) => node.package_name === pkg) ?? seeds[0];
  const owner = draft.input.packages.find(({ project }) => project.name === seed?.package_name);
  const file = owner?.files.find(({ kind, path }) => kind === 'seed' && path === seed?.original_file_path);
  if (!file) return `Unable to find seed '${pkg}.${name}' for unit tests: ${written} gives no rows, and is no seed`;
  return { rows: csvRows(file.content, String(seed?.config.delimiter ?? ',')), format: 'dict', fixture: null };
}

function fixtureFiles(draft: Draft, pkg: string, name: string, format: string): readonly SourceFile[] {
  const owner = draft.input.packages.find((p) => p.project.name === pkg);
  return (owner?.files ?? []).filter((f) => f.kind === 'fixture' && f.path.endsWith(`/${name}.${format}`));
}
