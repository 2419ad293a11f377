import { defaultConfig, type SavedQueryConfig } from './config.ts';
import type { SourceFileMetadata, WhereFilterIntersection } from './metric.ts';
import type { DependsOn, Given, RefArgs } from './parts.ts';

/** A table or view a saved query is written to. */
export interface SavedQueryExport {
  readonly name: string;
  readonly config: {
    readonly export_as: 'table' | 'view';
    readonly schema_name: string | null;
    readonly alias: string | null;
    readonly database: string | null;
  };
  readonly unrendered_config: Readonly<Record<string, unknown>>;
}

/** A named query over metrics. */
export interface SavedQueryNode {
  readonly name: string;
  readonly resource_type: 'saved_query';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly query_params: {
    readonly metrics: readonly string[];
    readonly group_by: readonly string[];
    readonly where: WhereFilterIntersection | null;
    readonly order_by: readonly string[];
    readonly limit: number | null;
  };
  readonly exports: readonly SavedQueryExport[];
  readonly description: string | null;
  readonly label: string | null;
  readonly metadata: SourceFileMetadata | null;
  readonly config: SavedQueryConfig;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  readonly group: string | null;
  readonly depends_on: DependsOn;
  readonly created_at: number;
  readonly refs: readonly RefArgs[];
  readonly tags: readonly string[];
}

type Required = 'name' | 'package_name' | 'path' | 'original_file_path' | 'unique_id' | 'fqn' | 'query_params';

/** A saved query with dbt's defaults. */
export function savedQueryNode(given: Given<SavedQueryNode, Required>): SavedQueryNode {
  const blank = {
    name: '',
    resource_type: 'saved_query' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    query_params: given.query_params,
    exports: [],
    description: null,
    label: null,
    metadata: null,
    config: given.config ?? defaultConfig('saved_query'),
    unrendered_config: {},
    group: null,
    depends_on: { macros: [], nodes: [] },
    created_at: 0,
    refs: [],
    tags: [],
  };
  return { ...blank, ...given };
}
