import { createHash } from 'node:crypto';
import type { ColumnConstraint, ColumnInfo, ModelConstraint } from '../artifacts/index.ts';
import { repr } from '../jinja/index.ts';

const bool = (value: boolean): string => (value ? 'True' : 'False');
const list = (names: readonly string[]): string => repr([...names]);

/** A constraint as dbt prints it into the text that it hashes. */
function constraintText(
  constraint: ColumnConstraint,
  kind = 'ColumnLevelConstraint',
  columns?: readonly string[],
): string {
  const { type, name, expression, warn_unenforced, warn_unsupported, to, to_columns } = constraint;
  const parts = [
    `type=<ConstraintType.${type}: '${type}'>`,
    `name=${repr(name)}`,
    `expression=${repr(expression)}`,
    `warn_unenforced=${bool(warn_unenforced)}`,
    `warn_unsupported=${bool(warn_unsupported)}`,
    `to=${repr(to)}`,
    `to_columns=${list(to_columns)}`,
  ];
  if (columns) parts.push(`columns=${list(columns)}`);
  return `${kind}(${parts.join(', ')})`;
}

/** What besides its columns is part of a model's contract, where the warehouse is told of it: for tables. */
export interface TableTerms {
  readonly materialized: string;
  readonly constraints: readonly ModelConstraint[];
}

/**
 * The checksum of an enforced contract, as dbt makes it: of the names, types and constraints of its columns, and for
 * tables of what the table as a whole must hold to.
 */
export function contractChecksum(columns: Readonly<Record<string, ColumnInfo>>, table?: TableTerms): string {
  const sorted = Object.values(columns).sort((a, b) => (a.name < b.name ? -1 : 1));
  const state = sorted.map(
    ({ name, data_type, constraints }) =>
      `|${name}${data_type ?? 'None'}[${constraints.map((one) => constraintText(one)).join(', ')}]`,
  );
  if (table) {
    const terms = table.constraints.map((one) => constraintText(one, 'ModelLevelConstraint', one.columns));
    state.push(`${table.materialized}[${terms.join(', ')}]`);
  }
  return createHash('sha256').update(state.join('')).digest('hex');
}
