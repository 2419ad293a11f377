import type { ColumnConstraint, ColumnInfo } from '../artifacts/index.ts';
import type { Draft } from './draft.ts';
import type { Patch } from './patch.ts';
import type { Recording } from './recording.ts';
import { referencesOf } from './references.ts';

/** Notes the tables that a model's foreign keys point at (`to: ref('customers')`): they are built before the model. */
export function recordForeignKeys(
  draft: Draft,
  patch: Patch,
  constraints: { readonly ofColumns: readonly ColumnInfo[]; readonly ofModel: readonly ColumnConstraint[] },
  recording: Recording,
): void {
  const all = [...constraints.ofModel, ...constraints.ofColumns.flatMap((column) => column.constraints)];
  const targets = all.flatMap(({ type, to }) => (type === 'foreign_key' && to !== null ? [to] : []));
  if (!targets.length) return;
  const { refs, sources } = referencesOf(draft, patch, targets, 'constraints');
  recording.refs.push(...refs);
  recording.sources.push(...sources);
}
