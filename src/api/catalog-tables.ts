import type { CatalogColumn, CatalogStat, CatalogTable } from '../artifacts/index.ts';
import type { TableValue } from '../builtins/index.ts';
import { toPlain } from '../jinja/index.ts';

/** The name a relation is known by, whatever the case of its letters. */
export const relationKey = (database: string | null, schema: string, identifier: string): string =>
  [database ?? '', schema, identifier].join('\u0000').toLowerCase();

/** The rows of a catalog query, a row for each column, as tables by `relationKey`. */
export function catalogTables(table: TableValue): Map<string, CatalogTable> {
  const tables = new Map<string, CatalogTable & { readonly columns: Record<string, CatalogColumn> }>();
  for (const row of table.rows) {
    const cells = Object.fromEntries(table.columnNames.map((name, at) => [name, toPlain(row[at]!)]));
    const schema = String(cells.table_schema);
    const name = String(cells.table_name);
    const database = textOrNull(cells.table_database);
    const key = relationKey(database, schema, name);
    let found = tables.get(key);
    if (!found) {
      const metadata = {
        type: String(cells.table_type),
        schema,
        name,
        database,
        comment: textOrNull(cells.table_comment),
        owner: textOrNull(cells.table_owner),
      };
      found = { metadata, columns: {}, stats: statsOf(cells), unique_id: null };
      tables.set(key, found);
    }
    const column = String(cells.column_name);
    found.columns[column] = {
      type: String(cells.column_type),
      index: Number(cells.column_index),
      name: column,
      comment: textOrNull(cells.column_comment),
    };
  }
  return tables;
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** Statistics come as columns `stats:<id>:label`, `:value`, `:description` and `:include`. */
function statsOf(cells: Readonly<Record<string, unknown>>): Record<string, CatalogStat> {
  const ids = new Set(Object.keys(cells).flatMap((name) => /^stats:(.+):label$/.exec(name)?.[1] ?? []));
  const stats: Record<string, CatalogStat> = {};
  for (const id of ids) {
    const part = (name: string): unknown => cells[`stats:${id}:${name}`] ?? null;
    if (part('include') !== true) continue;
    stats[id] = {
      id,
      label: String(part('label')),
      value: part('value') as CatalogStat['value'],
      include: true,
      description: textOrNull(part('description')),
    };
  }
  stats.has_stats = {
    id: 'has_stats',
    label: 'Has Stats?',
    value: ids.size > 0 && Object.keys(stats).length > 0,
    include: false,
    description: 'Indicates whether there are statistics for this table',
  };
  return stats;
}
