import { exposureNode } from '../artifacts/index.ts';
import { nearest } from '../core/index.ts';
import { checkConfig } from './check-config.ts';
import { nodeConfig, unrenderedConfig } from './config.ts';
import { badEntry } from './diagnostics.ts';
import { describe } from './docs.ts';
import { type Draft, forName } from './draft.ts';
import { type Patch, patchSpan, plainAt, tagsAt, textAt } from './patch.ts';
import type { PlainObject } from './plain.ts';
import { referencesOf } from './references.ts';
import { disable } from './sql-nodes.ts';

const TYPES = ['dashboard', 'notebook', 'analysis', 'ml', 'application'];

/** Adds the exposures of all packages. */
export function addExposures(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('exposures') ?? [])
    forName(draft, patch.name, () => addExposure(draft, patch));
}

function addExposure(draft: Draft, patch: Patch): void {
  const pkg = patch.package;
  const unique_id = `exposure.${pkg}.${patch.name}`;
  const fqn = [pkg, ...patch.file.path.split('/').slice(1, -1), patch.name];
  const type = textAt(patch.value, 'type');
  if (type === undefined || !TYPES.includes(type)) {
    const near = type === undefined ? undefined : nearest(type, TYPES);
    const reason = `type must be one of ${TYPES.join(', ')}${near ? ` (did you mean '${near}'?)` : ''}`;
    draft.problems.push(badEntry({ section: 'exposures', name: patch.name, reason }, { at: patchSpan(patch, 'type') }));
    return;
  }
  const written: PlainObject = { ...plainAt(patch.value, 'config') };
  const config = nodeConfig(draft, { type: 'exposure', package: pkg, fqn, patch: written });
  const wrong = checkConfig(`exposure '${unique_id}'`, config as never);
  draft.problems.push(...wrong.map((problem) => ({ ...problem, at: patchSpan(patch, 'config') })));
  const calls = patch.value.get('depends_on');
  const recording = referencesOf(draft, patch, Array.isArray(calls) ? calls : [], 'depends_on');
  const meta = { ...config.meta, ...plainAt(patch.value, 'meta') };
  const tags = [...new Set([...tagsAt(patch.value), ...config.tags])];
  const description = describe(draft, textAt(patch.value, 'description') ?? '', pkg, () =>
    patchSpan(patch, 'description'),
  );
  const node = exposureNode({
    name: patch.name,
    package_name: pkg,
    path: patch.file.relative,
    original_file_path: patch.file.path,
    unique_id,
    fqn,
    type: type as never,
    owner: { email: null, name: null, ...plainAt(patch.value, 'owner') },
    description: description.text,
    label: textAt(patch.value, 'label') ?? null,
    maturity: (textAt(patch.value, 'maturity') ?? null) as never,
    meta,
    tags,
    config: { ...config, meta, tags },
    unrendered_config: unrenderedConfig(draft, {
      type: 'exposure',
      package: pkg,
      fqn,
      patch: written,
      writtenPatch: plainAt(patch.written, 'config'),
    }),
    url: textAt(patch.value, 'url') ?? null,
    refs: recording.refArgs(),
    sources: recording.sourceArgs(),
    metrics: recording.metricArgs(),
    created_at: draft.input.invocation.startedAt.getTime() / 1000,
  });
  draft.recordings.set(unique_id, recording);
  if (config.enabled === false) {
    disable(draft, node);
    return;
  }
  draft.exposures.set(unique_id, node);
  draft.places.set(unique_id, { file: patch.file, yamlPath: patch.path });
}
