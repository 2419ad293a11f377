import type { CatalogTable, GraphNode } from '../artifacts/index.ts';
import { RelationValue, TableValue } from '../builtins/index.ts';
import type { Workbench } from '../compile/index.ts';
import { addTo, DiagnosticError } from '../core/index.ts';
import { callSteps, drive, JinjaError, type Value } from '../jinja/index.ts';
import { Connection, type SessionPool } from '../run/index.ts';
import { catalogTables, relationKey } from './catalog-tables.ts';
import { masterScope } from './master-scope.ts';

/** Up to so many relations are asked for by name; beyond that, whole schemas are read. */
const MOST_BY_NAME = 100;

/** What the warehouse has of the wanted nodes and sources. */
export interface CatalogReading {
  readonly nodes: Readonly<Record<string, CatalogTable>>;
  readonly sources: Readonly<Record<string, CatalogTable>>;
  readonly errors: readonly string[];
}

interface Located {
  readonly id: string;
  readonly isSource: boolean;
  readonly database: string | null;
  readonly schema: string;
  readonly identifier: string;
}

/** The place of a node that is a relation of its own in the warehouse. */
function located(node: GraphNode, home: string): Located | undefined {
  switch (node.resource_type) {
    case 'source':
      return { ...pick(node, home), isSource: true, identifier: node.identifier };
    case 'model':
    case 'seed':
    case 'snapshot':
      if (node.config.materialized === 'ephemeral') return undefined;
      return { ...pick(node, home), isSource: false, identifier: node.alias };
    default:
      return undefined;
  }
}

const pick = (node: { unique_id: string; database: string | null; schema: string }, home: string) => ({
  id: node.unique_id,
  database: node.database ?? home,
  schema: node.schema,
});

/**
 * Asks for relations and their columns: one query for each database. One that fails is told and leaves a gap; a warehouse
 * that is not there throws a DiagnosticError.
 */
export async function askCatalog(
  bench: Workbench,
  pool: SessionPool,
  wanted: Iterable<GraphNode>,
): Promise<CatalogReading> {
  const byDatabase = new Map<string, Located[]>();
  for (const node of wanted) {
    const place = located(node, bench.credentials.database);
    if (!place) continue;
    addTo(byDatabase, (place.database ?? '').toLowerCase(), place);
  }
  const nodes: Record<string, CatalogTable> = {};
  const sources: Record<string, CatalogTable> = {};
  const errors: string[] = [];
  const connection = new Connection(bench.invocation, 'generate_catalog', () => pool.take('generate_catalog'));
  if (byDatabase.size > 0) await connection.session();
  for (const places of byDatabase.values()) {
    try {
      const tables = catalogTables(await query(bench, connection, places));
      for (const place of places) {
        const table = tables.get(relationKey(place.database, place.schema, place.identifier));
        if (table) (place.isSource ? sources : nodes)[place.id] = { ...table, unique_id: place.id };
      }
    } catch (error) {
      if (error instanceof DiagnosticError) errors.push(...error.diagnostics.map((problem) => problem.message));
      else if (error instanceof JinjaError) errors.push(error.message);
      else throw error;
    } finally {
      await connection.rollback();
    }
  }
  return { nodes, sources, errors };
}

/** The catalog of some relations of one database. */
async function query(bench: Workbench, connection: Connection, places: readonly Located[]): Promise<TableValue> {
  const { dialect } = bench.adapter;
  const { scope } = masterScope(bench, connection);
  const relations = places.map(
    ({ database, schema, identifier }) => new RelationValue(dialect, { database, schema, identifier }, bench.quoting),
  );
  const information = relations[0]!.informationSchema();
  const byName = scope.macros.dispatched('get_catalog_relations', 'dbt');
  const canNarrow = 'name' in byName && !byName.name.startsWith('default__') && relations.length <= MOST_BY_NAME;
  const schemas = [...new Set(places.map(({ schema }) => schema.toLowerCase()))];
  const [macro, second]: [string, Value] = canNarrow ? ['get_catalog_relations', relations] : ['get_catalog', schemas];
  const table = await drive(callSteps(scope.macros.rootMacro(macro), [information, second], null, scope));
  return table instanceof TableValue ? table : new TableValue([], [], []);
}
