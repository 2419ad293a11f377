import { defaultConfig, type SourceConfig } from './config.ts';
import type { ColumnInfo, FreshnessThreshold, Given, Quoting } from './parts.ts';

/** A table that somebody else fills. */
export interface SourceNode {
  readonly database: string | null;
  readonly schema: string;
  readonly name: string;
  readonly resource_type: 'source';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly source_name: string;
  readonly source_description: string;
  readonly loader: string;
  readonly identifier: string;
  readonly quoting: Quoting;
  readonly loaded_at_field: string | null;
  readonly loaded_at_query: string | null;
  readonly freshness: FreshnessThreshold | null;
  readonly external: Readonly<Record<string, unknown>> | null;
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly source_meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly config: SourceConfig;
  readonly patch_path: string | null;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  readonly relation_name: string | null;
  readonly created_at: number;
  readonly unrendered_database: string | null;
  readonly unrendered_schema: string | null;
  readonly doc_blocks: readonly string[];
}

type Required =
  | 'schema'
  | 'name'
  | 'package_name'
  | 'path'
  | 'original_file_path'
  | 'unique_id'
  | 'fqn'
  | 'source_name'
  | 'identifier';

/** A source table with dbt's defaults. */
export function sourceNode(given: Given<SourceNode, Required>): SourceNode {
  const blank = {
    database: null,
    schema: '',
    name: '',
    resource_type: 'source' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    source_name: '',
    source_description: '',
    loader: '',
    identifier: '',
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    external: null,
    description: '',
    columns: {},
    meta: {},
    source_meta: {},
    tags: [],
    config: given.config ?? defaultConfig('source'),
    patch_path: null,
    unrendered_config: {},
    relation_name: null,
    created_at: 0,
    unrendered_database: null,
    unrendered_schema: null,
    doc_blocks: [],
  };
  return { ...blank, ...given };
}
