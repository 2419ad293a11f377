import { uniqueId } from '../artifacts/index.ts';
import { nearest } from '../core/index.ts';
import { patchWithoutNode } from './diagnostics.ts';
import { type Draft, forName } from './draft.ts';
import { addTests } from './generic-tests.ts';
import { type Patch, patchSpan } from './patch.ts';
import type { RelationNamer } from './relation-names.ts';
import { versionsOf } from './versions.ts';

const TYPES: Readonly<Record<string, string>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  analyses: 'analysis',
};

/** Adds the tests of models, seeds and snapshots; warns of entries that describe nothing. */
export function addNodeTests(draft: Draft, namer: RelationNamer): void {
  for (const section of Object.keys(TYPES)) {
    for (const patch of draft.patches.bySection.get(section) ?? [])
      forName(draft, patch.name, () => addTestsOf(draft, namer, section, patch));
  }
}

function addTestsOf(draft: Draft, namer: RelationNamer, section: string, patch: Patch): void {
  const type = TYPES[section]!;
  const versions = type === 'model' ? versionsOf(patch) : [];
  const ids = versions.length
    ? versions.map((v) => uniqueId('model', patch.package, patch.name, v.version))
    : [`${type}.${patch.package}.${patch.name}`];
  const [id = ''] = ids;
  const adopted = `${type}.${draft.macros.root}.${patch.name}`;
  const isThere = ids.some((one) => draft.nodes.has(one)) || draft.nodes.has(adopted);
  if (!isThere && !ids.some((one) => draft.disabled.has(one))) {
    const names = [...draft.nodes.values()].filter((n) => n.resource_type === type).map((n) => n.name);
    draft.problems.push(
      patchWithoutNode(
        { name: patch.name, section, path: patch.file.path, near: nearest(patch.name, names) },
        { at: patchSpan(patch, 'name') },
      ),
    );
  }
  if (section === 'analyses') return;
  for (const { version, patch: own } of versions) {
    const tested = { kind: 'node' as const, name: patch.name, version };
    const attached = uniqueId('model', patch.package, patch.name, version);
    const fileKeyName = `${section}.${patch.name}`;
    addTests(draft, namer, { patch: own, name: patch.name, tested, attached, fileKeyName }, own.value, patch.path);
  }
  if (versions.length) return;
  const target = {
    patch,
    name: patch.name,
    tested: { kind: 'node' as const, name: patch.name },
    attached: draft.nodes.has(id) || (!isThere && draft.disabled.has(id)) ? id : isThere ? adopted : null,
    fileKeyName: `${section}.${patch.name}`,
  };
  addTests(draft, namer, target, patch.value, patch.path);
}
