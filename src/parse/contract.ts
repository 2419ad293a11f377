import { createHash } from 'node:crypto';
import type { ColumnConstraint, ColumnInfo } from '../artifacts/index.ts';

const text = (value: string | null): string => (value === null ? 'None' : `'${value}'`);
const bool = (value: boolean): string => (value ? 'True' : 'False');

/** A constraint as dbt prints it into the text that it hashes. */
function constraintText(constraint: ColumnConstraint): string {
  const { type, name, expression, warn_unenforced, warn_unsupported, to, to_columns } = constraint;
  const parts = [
    `type=<ConstraintType.${type}: '${type}'>`,
    `name=${text(name)}`,
    `expression=${text(expression)}`,
    `warn_unenforced=${bool(warn_unenforced)}`,
    `warn_unsupported=${bool(warn_unsupported)}`,
    `to=${text(to)}`,
    `to_columns=[${to_columns.map(text).join(', ')}]`,
  ];
  return `ColumnLevelConstraint(${parts.join(', ')})`;
}

/** The checksum of an enforced contract: of the names, types and constraints of its columns, as dbt makes it. */
export function contractChecksum(columns: Readonly<Record<string, ColumnInfo>>): string {
  const state = Object.values(columns).map(
    ({ name, data_type, constraints }) => `|${name}${data_type ?? 'None'}[${constraints.map(constraintText).join(', ')}]`,
  );
  return createHash('sha256').update(state.join('')).digest('hex');
}
