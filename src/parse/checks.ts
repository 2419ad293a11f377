import { isRefable, type ManifestNode } from '../artifacts/index.ts';
import type { Span } from '../core/index.ts';
import { buildDag, findCycle } from '../graph/index.ts';
import { ambiguousRelation, cycle, duplicateResource, invalidConfig } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import { spanOf } from './places.ts';

/** Two resources that `ref` could not tell apart: the same name in one package, across models, seeds and snapshots. */
export function checkNames(draft: Draft): void {
  const seen = new Map<string, ManifestNode>();
  for (const node of draft.nodes.values()) {
    if (!isRefable(node.resource_type)) continue;
    const version = 'version' in node && node.version !== null ? `.v${node.version}` : '';
    const key = `${node.package_name}.${node.name}${version}`;
    const other = seen.get(key);
    if (!other) seen.set(key, node);
    else {
      const at = { file: draft.places.get(node.unique_id)!.file.shown, start: 0, end: 0 };
      draft.problems.push(
        duplicateResource(
          { name: node.name, type: 'resource', other: other.original_file_path, path: node.original_file_path },
          { at },
        ),
      );
    }
  }
}

/** Two nodes that would write the same relation. */
export function checkRelations(draft: Draft): void {
  const seen = new Map<string, ManifestNode>();
  for (const node of draft.nodes.values()) {
    if (!isRefable(node.resource_type) || node.relation_name === null) continue;
    const key = node.relation_name.toLowerCase();
    const other = seen.get(key);
    if (!other) seen.set(key, node);
    else {
      const at = { file: draft.places.get(node.unique_id)!.file.shown, start: 0, end: 0 };
      draft.problems.push(
        ambiguousRelation(
          { relation: node.relation_name, a: other.unique_id, b: node.unique_id },
          { at, labels: [{ span: spanOf(draft.places.get(other.unique_id))!, text: 'the other one' }] },
        ),
      );
    }
  }
}

/** Models that everybody may read, though nothing of them is there to be read. */
export function checkAccess(draft: Draft): void {
  for (const node of draft.nodes.values()) {
    if (node.resource_type !== 'model' || node.access !== 'public' || node.config.materialized !== 'ephemeral')
      continue;
    const want = "'protected' or 'private' where materialized is 'ephemeral'";
    const problem = invalidConfig({ node: `model '${node.unique_id}'`, key: 'access', value: '"public"', want });
    draft.problems.push({ ...problem, at: spanOf(draft.places.get(node.unique_id)) });
  }
}

/** Where a node refers to another. */
function useOf(draft: Draft, id: string, parent: string): Span | undefined {
  const recording = draft.recordings.get(id);
  const fn = draft.functions.get(parent)?.name;
  const name = draft.nodes.get(parent)?.name;
  const asked = fn
    ? recording?.functions.find(({ wanted }) => wanted.at(-1) === fn)
    : recording?.refs.find(({ wanted }) => wanted.name === name);
  return asked?.at ?? spanOf(draft.places.get(id));
}

/** Models that build on each other in a circle. */
export function checkCycles(draft: Draft): void {
  const parents = new Map<string, readonly string[]>();
  for (const node of draft.nodes.values()) {
    if ('nodes' in node.depends_on) parents.set(node.unique_id, node.depends_on.nodes as readonly string[]);
    else parents.set(node.unique_id, []);
  }
  for (const fn of draft.functions.values()) parents.set(fn.unique_id, fn.depends_on.nodes);
  for (const metric of draft.metrics.values()) parents.set(metric.unique_id, metric.depends_on.nodes);
  const path = findCycle(buildDag(parents));
  if (!path) return;
  const uses = path.slice(1).map((id, i) => useOf(draft, id, path[i]!));
  const [at, ...others] = uses.toReversed().filter((span) => span !== undefined);
  draft.problems.push(cycle({ path }, { at, labels: others.map((span) => ({ span, text: 'and here' })) }));
}
