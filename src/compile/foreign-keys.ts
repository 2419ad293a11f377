import type { ColumnConstraint, ModelNode } from '../artifacts/index.ts';
import { compileTemplate, type Scope } from '../jinja/index.ts';

/** The model with the tables its foreign keys point at by their names in the warehouse: `to: ref('customers')`. */
export function withForeignKeys<Node extends { readonly resource_type: string }>(node: Node, scope: Scope): Node {
  if (node.resource_type !== 'model') return node;
  const model = node as unknown as ModelNode;
  const columns = Object.entries(model.columns);
  const isForeign = ({ type, to }: ColumnConstraint): boolean => type === 'foreign_key' && to !== null;
  if (!model.constraints.some(isForeign) && !columns.some(([, column]) => column.constraints.some(isForeign)))
    return node;
  const resolved = <Constraint extends ColumnConstraint>(constraint: Constraint): Constraint =>
    isForeign(constraint)
      ? {
          ...constraint,
          to: compileTemplate(`{{ (${constraint.to}).render() }}`, model.original_file_path).render(scope).text,
        }
      : constraint;
  return {
    ...node,
    constraints: model.constraints.map(resolved),
    columns: Object.fromEntries(
      columns.map(([name, column]) => [name, { ...column, constraints: column.constraints.map(resolved) }]),
    ),
  };
}
