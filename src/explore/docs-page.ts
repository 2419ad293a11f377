import { type Catalog, type CatalogTable, type GraphNode, graphNodes, type Manifest } from '../artifacts/index.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** A column as the page shows it: what the project says of it and what the warehouse says. */
interface PageColumn {
  readonly name: string;
  /** Null where the warehouse was not asked or has no such column. */
  readonly type: string | null;
  readonly description: string;
}

/** A resource as the page shows it. */
interface PageNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly package: string;
  readonly path: string;
  readonly description: string;
  /** Lines of facts, name and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly columns: readonly PageColumn[];
  readonly code: string | null;
  readonly compiled: string | null;
  readonly parents: readonly string[];
  readonly children: readonly string[];
  /** Whether the catalog holds it; null where it can hold none of its kind. */
  readonly found: boolean | null;
}

type Described = Readonly<
  Record<string, { readonly name: string; readonly description: string; readonly data_type: string | null }>
>;

/** The page of `docs generate`: everything it shows is in the file, so that it opens from a folder. */
export function docsPage(manifest: Manifest, catalog: Catalog): string {
  const title = manifest.metadata.project_name ?? 'project';
  const data = {
    project: title,
    generated: catalog.metadata.generated_at,
    adapter: manifest.metadata.adapter_type,
    errors: catalog.errors ?? [],
    nodes: [...graphNodes(manifest)].map((node) => pageNode(node, manifest, catalog)),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<nav><header><h1>${escaped(title)}</h1><input type="search" placeholder="Search names, columns, descriptions" aria-label="Search"></header><div id="list"></div></nav>
<main tabindex="-1"></main>
<script type="application/json" id="data">${island(data)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

function pageNode(node: GraphNode, manifest: Manifest, catalog: Catalog): PageNode {
  const fields = node as Partial<{
    description: string;
    columns: Described;
    raw_code: string;
    compiled_code: string | null;
    relation_name: string | null;
    tags: readonly string[];
    group: string | null;
  }>;
  const table = catalog.nodes[node.unique_id] ?? catalog.sources[node.unique_id];
  const { materialized } = node.config as { materialized?: unknown };
  const facts: [string, string][] = [];
  if (typeof materialized === 'string' && node.resource_type !== 'test') facts.push(['Materialized', materialized]);
  if (fields.relation_name) facts.push(['Relation', fields.relation_name]);
  if (table) facts.push(['In the warehouse', table.metadata.type]);
  if (table?.metadata.owner) facts.push(['Owner', table.metadata.owner]);
  for (const stat of Object.values(table?.stats ?? {})) {
    if (stat.include && stat.value !== null) facts.push([stat.label, String(stat.value)]);
  }
  if (fields.tags?.length) facts.push(['Tags', fields.tags.join(', ')]);
  if (fields.group) facts.push(['Group', fields.group]);
  const isRelation =
    ['model', 'seed', 'snapshot', 'source'].includes(node.resource_type) && materialized !== 'ephemeral';
  return {
    id: node.unique_id,
    type: node.resource_type,
    name: node.resource_type === 'source' ? `${node.source_name}.${node.name}` : node.name,
    package: node.package_name,
    path: node.original_file_path,
    description: fields.description ?? '',
    facts,
    columns: columnsOf(fields.columns ?? {}, table),
    code: fields.raw_code || null,
    compiled: fields.compiled_code ?? null,
    parents: manifest.parent_map[node.unique_id] ?? [],
    children: manifest.child_map[node.unique_id] ?? [],
    found: isRelation ? table !== undefined : null,
  };
}

/** The warehouse's columns in its order, then those that only the project knows. */
function columnsOf(described: Described, table: CatalogTable | undefined): PageColumn[] {
  const rest = new Map(Object.values(described).map((column) => [column.name.toLowerCase(), column]));
  const found = Object.values(table?.columns ?? {}).sort((a, b) => a.index - b.index);
  const columns = found.map(({ name, type, comment }): PageColumn => {
    const known = rest.get(name.toLowerCase());
    rest.delete(name.toLowerCase());
    return { name, type, description: known?.description || (comment ?? '') };
  });
  const unseen = [...rest.values()].map(({ name, description, data_type }) => ({
    name,
    type: table ? null : data_type,
    description,
  }));
  return [...columns, ...unseen];
}

/** JSON that no HTML parser takes for markup. */
const island = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
