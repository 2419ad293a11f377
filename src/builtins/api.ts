import type { Dialect } from '../adapter/index.ts';
import { PyDict } from '../jinja/index.ts';
import { columnApi } from './column.ts';
import { RelationValue } from './relation.ts';
import type { Quoting } from './relation-policy.ts';

/** The `api` of a template: the classes Relation and Column of its warehouse. `quoting` is the project's. */
export function apiObject(dialect: Dialect, quoting: Quoting = {}): PyDict {
  return new PyDict([
    ['Relation', RelationValue.api(dialect, quoting)],
    ['Column', columnApi(dialect)],
  ]);
}
