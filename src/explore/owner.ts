import type { CatalogTable, GraphNode, Manifest } from '../artifacts/index.ts';

/** Who answers for a node: what its config says, else its group, else an exposure's own owner, else the warehouse. */
export function ownerOf(node: GraphNode, manifest: Manifest, table: CatalogTable | undefined): string | undefined {
  const { meta, group } = node.config as { meta?: { owner?: unknown }; group?: string | null };
  if (typeof meta?.owner === 'string') return meta.owner;
  if (node.resource_type === 'exposure') return nameOf(node.owner);
  const owner = Object.values(manifest.groups).find(({ name }) => name === group)?.owner;
  return (owner && nameOf(owner)) ?? group ?? table?.metadata.owner ?? undefined;
}

function nameOf({
  name,
  email,
}: {
  name: string | null;
  email: string | readonly string[] | null;
}): string | undefined {
  return name ?? (typeof email === 'string' ? email : email?.[0]);
}
