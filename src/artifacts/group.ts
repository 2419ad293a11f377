import { defaultConfig, type GroupConfig } from './config.ts';
import type { Given, Owner } from './parts.ts';

/** A group of models with an owner. */
export interface GroupNode {
  readonly name: string;
  readonly resource_type: 'group';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly owner: Owner;
  readonly description: string | null;
  readonly config: GroupConfig;
}

type Required = 'name' | 'package_name' | 'path' | 'original_file_path' | 'unique_id';

/** A group with dbt's defaults. */
export function groupNode(given: Given<GroupNode, Required>): GroupNode {
  const blank = {
    name: '',
    resource_type: 'group' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    owner: { email: null, name: null },
    description: null,
    config: given.config ?? defaultConfig('group'),
  };
  return { ...blank, ...given };
}
