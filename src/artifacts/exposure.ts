import { defaultConfig, type ExposureConfig } from './config.ts';
import type { DependsOn, Given, Owner, RefArgs } from './parts.ts';

/** Something outside the project that uses it. */
export interface ExposureNode {
  readonly name: string;
  readonly resource_type: 'exposure';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly type: 'dashboard' | 'notebook' | 'analysis' | 'ml' | 'application';
  readonly owner: Owner;
  readonly description: string;
  readonly label: string | null;
  readonly maturity: 'low' | 'medium' | 'high' | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly config: ExposureConfig;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  readonly url: string | null;
  readonly depends_on: DependsOn;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly metrics: readonly (readonly string[])[];
  readonly created_at: number;
}

type Required = 'name' | 'package_name' | 'path' | 'original_file_path' | 'unique_id' | 'fqn' | 'type' | 'owner';

/** An exposure with dbt's defaults. */
export function exposureNode(given: Given<ExposureNode, Required>): ExposureNode {
  const blank = {
    name: '',
    resource_type: 'exposure' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    type: given.type,
    owner: given.owner,
    description: '',
    label: null,
    maturity: null,
    meta: {},
    tags: [],
    config: given.config ?? defaultConfig('exposure'),
    unrendered_config: {},
    url: null,
    depends_on: { macros: [], nodes: [] },
    refs: [],
    sources: [],
    metrics: [],
    created_at: 0,
  };
  return { ...blank, ...given };
}
