import { xformVersion } from '../core/index.ts';
import { type ArtifactOrigin, artifactTime } from './metadata.ts';

/** A column that another comes from, or is under the influence of. */
export interface LineageSource {
  /** Unique id of a node or source; the name as written where the project does not know the table. */
  readonly table: string;
  readonly column: string;
  /** copy, derive, aggregate; or filter, join, group, order, window, where only a clause asks for it. */
  readonly kinds: readonly string[];
}

/** A column of a node. */
export interface LineageColumn {
  readonly name: string;
  readonly type: string | null;
  readonly from: readonly LineageSource[];
  /** Why not all that it comes from is known. */
  readonly unknown?: string;
}

/** What is known of the columns of one node. */
export interface LineageNode {
  readonly columns: readonly LineageColumn[];
  /** Columns that decide which rows there are. */
  readonly rows_from: readonly LineageSource[];
  /** Why there may be further columns; empty where all are known. */
  readonly incomplete: readonly string[];
}

/** lineage.json, version 1: xform's own artifact, described in docs/lineage.md. */
export interface Lineage {
  readonly metadata: {
    readonly lineage_version: 1;
    readonly xform_version: string;
    readonly generated_at: string;
    readonly invocation_id: string | null;
    readonly project_name: string | null;
    readonly adapter_type: string | null;
  };
  readonly nodes: Readonly<Record<string, LineageNode>>;
}

/** The artifact of what is known of columns. */
export function lineageArtifact(
  origin: ArtifactOrigin,
  generatedAt: Date,
  subject: { readonly project_name: string | null; readonly adapter_type: string | null },
  nodes: Lineage['nodes'],
): Lineage {
  return {
    metadata: {
      lineage_version: 1,
      xform_version: xformVersion(),
      generated_at: artifactTime(generatedAt),
      invocation_id: origin.id,
      project_name: subject.project_name,
      adapter_type: subject.adapter_type,
    },
    nodes,
  };
}
