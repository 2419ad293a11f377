import { type ColumnInfo, columnInfo, type Lineage, type Manifest } from '../artifacts/index.ts';
import { valueKinds } from '../sql/index.ts';
import { columnKey } from './column-graph.ts';

/** What is said of a column, and where it was said. */
interface ColumnDocs {
  readonly description: string;
  readonly tags: readonly string[];
  /** `unique_id.column` of who said it, where that is another column. */
  readonly from?: string;
}

/** Kinds of edge that pass a value on. */
const values: ReadonlySet<string> = new Set(valueKinds);

const NOTHING: ColumnDocs = { description: '', tags: [] };

/**
 * The manifest with descriptions and tags that follow columns as they are copied from node to node. What is said of a column
 * itself comes first: only a missing description is filled in, while tags are added. Of a column that is made of several,
 * or that is more than a copy, nothing is taken over. `meta.xform.inherited_from` tells where a text comes from.
 */
export function withInheritedDocs(manifest: Manifest, lineage: Lineage): Manifest {
  const known = new Map<string, ColumnDocs>();
  const infoOf = (table: string, column: string): ColumnInfo | undefined => {
    const columns = manifest.nodes[table]?.columns ?? manifest.sources[table]?.columns ?? {};
    return columns[column] ?? Object.values(columns).find(({ name }) => name.toLowerCase() === column.toLowerCase());
  };
  const copied = new Map(
    Object.entries(lineage.nodes).flatMap(([table, { columns }]) =>
      columns.flatMap(({ name, from }) => {
        const carrying = from.filter(({ kinds }) => kinds.some((kind) => values.has(kind)));
        const [only] = carrying;
        return carrying.length === 1 && only!.kinds.includes('copy')
          ? [[columnKey({ table, column: name }), only!] as const]
          : [];
      }),
    ),
  );
  const docsOf = (table: string, column: string): ColumnDocs => {
    const id = columnKey({ table, column });
    const found = known.get(id);
    if (found) return found;
    // A circle, of which there is none in a graph that can be built, ends here.
    known.set(id, NOTHING);
    const own = infoOf(table, column);
    const source = copied.get(id);
    const above = source ? docsOf(source.table, source.column) : NOTHING;
    const tags = [...new Set([...above.tags, ...(own?.tags ?? [])])];
    const docs: ColumnDocs = own?.description
      ? { description: own.description, tags }
      : { description: above.description, tags, from: above.from ?? `${source?.table}.${source?.column}` };
    known.set(id, docs);
    return docs;
  };
  const nodes = Object.entries(manifest.nodes).map(([id, node]) => {
    const columns = { ...node.columns };
    for (const { name } of lineage.nodes[id]?.columns ?? []) {
      const docs = docsOf(id, name);
      const own = infoOf(id, name);
      const isTold = docs.description !== (own?.description ?? '') || docs.tags.length > (own?.tags.length ?? 0);
      if (isTold) columns[own?.name ?? name] = inherited(own ?? columnInfo({ name }), docs);
    }
    return [id, { ...node, columns }];
  });
  return { ...manifest, nodes: Object.fromEntries(nodes) };
}

function inherited(column: ColumnInfo, { description, tags, from }: ColumnDocs): ColumnInfo {
  const meta = from === undefined ? column.meta : { ...column.meta, xform: { inherited_from: from } };
  return { ...column, description, tags, meta, config: { ...column.config, tags } };
}
