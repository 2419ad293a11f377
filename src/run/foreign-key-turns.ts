import type { ColumnConstraint, Manifest, ManifestNode, ModelNode } from '../artifacts/index.ts';

const KEYS: ReadonlySet<string> = new Set(['primary_key', 'unique', 'foreign_key']);

/**
 * Building a table with a foreign key changes the table it points at too, and some warehouses let two transactions do
 * that only one after the other. So, where a project has foreign keys, models with keys take turns.
 */
export class ForeignKeyTurns {
  readonly #isNeeded: boolean;
  #last: Promise<unknown> = Promise.resolve();

  constructor(manifest: Manifest, isNeeded: boolean) {
    const has = (node: ManifestNode): boolean => constraintsOf(node).some(({ type }) => type === 'foreign_key');
    this.#isNeeded = isNeeded && Object.values(manifest.nodes).some(has);
  }

  /** Does work on a node, when it is its turn where it must wait for one. */
  async take<T>(node: ManifestNode, work: () => Promise<T>): Promise<T> {
    if (!this.#isNeeded || !constraintsOf(node).some(({ type }) => KEYS.has(type))) return work();
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** The constraints that an enforced contract puts on a model's table. */
function constraintsOf(node: ManifestNode): readonly ColumnConstraint[] {
  if (node.resource_type !== 'model') return [];
  const { contract, constraints, columns } = node as ModelNode;
  if (!contract.enforced) return [];
  return [...constraints, ...Object.values(columns).flatMap((column) => column.constraints)];
}
