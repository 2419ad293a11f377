import type { Dialect } from '../adapter/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';

/** Constraints as DDL: what `adapter.render_raw_columns_constraints` and `render_raw_model_constraints` answer. */

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const list = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** A table that a foreign key points at, as the warehouse wants to read it there. */
function target(constraint: PyDict, dialect: Dialect): string {
  const to = text(constraint.get('to'));
  if (!dialect.foreignKeysWithinDatabase) return to;
  const parts = to.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [];
  return parts.length > 2 ? parts.slice(1).join('.') : to;
}

/** One constraint of a column, or undefined for a type that has no words in SQL. */
function columnConstraint(constraint: PyDict, dialect: Dialect): string | undefined {
  const expression = text(constraint.get('expression'));
  const to = target(constraint, dialect);
  const toColumns = list(constraint.get('to_columns'));
  const sql = (() => {
    switch (constraint.get('type')) {
      case 'check':
        return expression ? `check (${expression})` : undefined;
      case 'not_null':
        return `not null ${expression}`.trimEnd();
      case 'unique':
        return `unique ${expression}`.trimEnd();
      case 'primary_key':
        return `primary key ${expression}`.trimEnd();
      case 'foreign_key':
        if (to && toColumns.length) return `references ${to} (${toColumns.join(', ')})`;
        return expression ? `references ${expression}` : undefined;
      case 'custom':
        return expression || undefined;
      default:
        return undefined;
    }
  })();
  return sql?.trim();
}

/** One constraint of a table. */
function modelConstraint(constraint: PyDict, dialect: Dialect): string | undefined {
  const name = text(constraint.get('name'));
  const prefix = name ? `constraint ${name} ` : '';
  const columns = list(constraint.get('columns')).join(', ');
  const expression = text(constraint.get('expression'));
  const to = target(constraint, dialect);
  const toColumns = list(constraint.get('to_columns'));
  switch (constraint.get('type')) {
    case 'check':
      return expression ? `${prefix}check (${expression})` : undefined;
    case 'unique':
      return `${prefix}unique${expression ? ` ${expression}` : ''} (${columns})`;
    case 'primary_key':
      return `${prefix}primary key${expression ? ` ${expression}` : ''} (${columns})`;
    case 'foreign_key':
      if (to && toColumns.length) return `${prefix}foreign key (${columns}) references ${to} (${toColumns.join(', ')})`;
      return expression ? `${prefix}foreign key (${columns}) references ${expression}` : undefined;
    case 'custom':
      return expression ? `${prefix}${expression}` : undefined;
    default:
      return undefined;
  }
}

const dicts = (value: Value | undefined): PyDict[] =>
  Array.isArray(value) ? value.filter((v) => v instanceof PyDict) : [];

/**
 * Column definitions with their constraints.
 * @param columns the model's `columns`, by name
 */
export function columnDefinitions(columns: Value, dialect: Dialect): string[] {
  if (!(columns instanceof PyDict)) return [];
  const definitions: string[] = [];
  for (const column of columns.values()) {
    if (!(column instanceof PyDict)) continue;
    const name = text(column.get('name'));
    const { quoteCharacter } = dialect;
    const shown = column.get('quote') === true ? quoteCharacter + name + quoteCharacter : name;
    const constraints = dicts(column.get('constraints'))
      .map((constraint) => columnConstraint(constraint, dialect))
      .filter((sql) => sql !== undefined);
    definitions.push([shown, text(column.get('data_type')), ...constraints].join(' '));
  }
  return definitions;
}

/** Constraints of a table as lines of its DDL. */
export function tableConstraints(constraints: Value, dialect: Dialect): string[] {
  return dicts(constraints)
    .map((constraint) => modelConstraint(constraint, dialect))
    .filter((sql) => sql !== undefined);
}
