import type { ModelNode, TestNode } from '../artifacts/index.ts';
import type { Draft, Resource } from './draft.ts';

/** Columns of the tests of one model that say something about its key. */
interface KeyTests {
  readonly unique: Set<string>;
  readonly disabledUnique: Set<string>;
  readonly notNull: Set<string>;
}

function columnsOf(test: TestNode): string[] {
  const { column_name: column, combination_of_columns: several } = test.test_metadata?.kwargs ?? {};
  if (typeof column === 'string') return [column];
  return Array.isArray(several) ? several.filter((name) => typeof name === 'string') : [];
}

function keyTests(tests: Iterable<Resource>): ReadonlyMap<string, KeyTests> {
  const byModel = new Map<string, KeyTests>();
  for (const test of tests) {
    if (test.resource_type !== 'test' || !test.attached_node || !test.test_metadata) continue;
    let found = byModel.get(test.attached_node);
    if (!found) {
      found = { unique: new Set(), disabledUnique: new Set(), notNull: new Set() };
      byModel.set(test.attached_node, found);
    }
    const { name } = test.test_metadata;
    const isUnique = name === 'unique' || name === 'unique_combination_of_columns';
    const into = isUnique
      ? test.config.enabled
        ? found.unique
        : found.disabledUnique
      : name === 'not_null'
        ? found.notNull
        : undefined;
    if (into) for (const column of columnsOf(test)) into.add(column);
  }
  return byModel;
}

/** What constraints and tests say of a model's key: a constraint first, then unique and not null, then unique alone. */
function primaryKey(model: ModelNode, tests: KeyTests | undefined): readonly string[] {
  const constraint = model.constraints.find(({ type }) => type === 'primary_key');
  if (constraint) return constraint.columns;
  const column = Object.values(model.columns).find((c) => c.constraints.some(({ type }) => type === 'primary_key'));
  if (column) return [column.name];
  if (!tests) return [];
  const both = [...tests.notNull].filter((name) => tests.unique.has(name) || tests.disabledUnique.has(name));
  if (both.length) return both;
  return [...(tests.unique.size ? tests.unique : tests.disabledUnique)];
}

/** Fills in the `primary_key` of models. */
export function inferPrimaryKeys(draft: Draft): void {
  const tests = keyTests([...draft.nodes.values(), ...[...draft.disabled.values()].flat()]);
  for (const node of draft.nodes.values()) {
    if (node.resource_type !== 'model') continue;
    const key = primaryKey(node, tests.get(node.unique_id));
    if (key.length) draft.nodes.set(node.unique_id, { ...node, primary_key: key });
  }
}
