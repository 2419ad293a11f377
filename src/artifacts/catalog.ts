import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata } from './metadata.ts';

/** A column as the warehouse describes it. */
export interface CatalogColumn {
  readonly type: string;
  readonly index: number;
  readonly name: string;
  readonly comment: string | null;
}

/** A number the warehouse knows of a table. */
export interface CatalogStat {
  readonly id: string;
  readonly label: string;
  readonly value: boolean | string | number | null;
  readonly include: boolean;
  readonly description: string | null;
}

/** A relation as the warehouse describes it. */
export interface CatalogTable {
  readonly metadata: {
    readonly type: string;
    readonly schema: string;
    readonly name: string;
    readonly database: string | null;
    readonly comment: string | null;
    readonly owner: string | null;
  };
  readonly columns: Readonly<Record<string, CatalogColumn>>;
  readonly stats: Readonly<Record<string, CatalogStat>>;
  readonly unique_id: string | null;
}

/** dbt's catalog.json, version 1. */
export interface Catalog {
  readonly metadata: ArtifactMetadata;
  readonly nodes: Readonly<Record<string, CatalogTable>>;
  readonly sources: Readonly<Record<string, CatalogTable>>;
  readonly errors: readonly string[] | null;
}

/** What a catalog says where the warehouse keeps no statistics. */
export const noStats: Readonly<Record<string, CatalogStat>> = {
  has_stats: {
    id: 'has_stats',
    label: 'Has Stats?',
    value: false,
    include: false,
    description: 'Indicates whether there are statistics for this table',
  },
};

/** The artifact of what the warehouse has. */
export function catalog(origin: ArtifactOrigin, generatedAt: Date, found: Omit<Catalog, 'metadata'>): Catalog {
  return {
    metadata: artifactMetadata('catalog', origin, generatedAt),
    nodes: found.nodes,
    sources: found.sources,
    errors: found.errors === null || found.errors.length === 0 ? null : found.errors,
  };
}
