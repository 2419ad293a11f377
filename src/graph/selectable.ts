/** What selecting needs to know of a node. The nodes of a manifest have it all. */
export interface SelectableNode {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly name: string;
  readonly package_name: string;
  readonly fqn: readonly string[];
  readonly original_file_path: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly patch_path?: string | null;
  readonly access?: string;
  readonly version?: string | number | null;
  readonly latest_version?: string | number | null;
  readonly source_name?: string;
  readonly test_metadata?: { readonly name: string };
  readonly depends_on?: { readonly nodes?: readonly string[] };
  readonly raw_code?: string;
}

/** What may differ between a node and its earlier self. */
export type StateAspect = 'body' | 'configs' | 'persisted_descriptions' | 'relation' | 'macros' | 'contract';

/** All of them. */
export const STATE_ASPECTS: readonly StateAspect[] = [
  'body',
  'configs',
  'persisted_descriptions',
  'relation',
  'macros',
  'contract',
];

/** An earlier state of the project, as far as selecting asks for it. Any part may be missing. */
export interface PreviousState {
  readonly manifest?: {
    /** Whether the node was there. */
    has(id: string): boolean;
    /** Whether the node differs from what it was, in one aspect or in any; a new node differs in all. */
    modified(id: string, aspect?: StateAspect): boolean;
  };
  /** The statuses of the earlier run by unique id. */
  readonly results?: ReadonlyMap<string, string>;
  /** When the sources were loaded, then and now, as ISO 8601 in UTC, by unique id; null where asking failed. */
  readonly sources?: {
    readonly previous: ReadonlyMap<string, string | null>;
    readonly current: ReadonlyMap<string, string | null>;
  };
}
