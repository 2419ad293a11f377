import type { ProjectPaths } from '../project-paths.ts';
import type { PreviousState, SelectableNode } from '../selectable.ts';

/** Decides whether a node is meant. */
export type NodeTest = (node: SelectableNode) => boolean;

/** What methods may ask beside the node. */
export interface MethodContext {
  /** The root project, for `package:this`. */
  readonly projectName?: string;
  readonly previous?: PreviousState;
  /** The files and folders of the root project. */
  readonly paths: () => ProjectPaths;
  /** The ids the named selectors that fit a pattern select. */
  readonly selectedBy: (pattern: string) => ReadonlySet<string>;
}

/** One use of a method. */
export interface MethodUse {
  /** What stands behind the colon, as text. */
  readonly text: string;
  /** The same as the user wrote it in selectors.yml, where it need not be text. */
  readonly value: unknown;
  /** What stands behind the dots of the method. */
  readonly arguments: readonly string[];
  readonly context: MethodContext;
}

/** A way to name nodes: reads the value once and gives the test for all nodes. */
export type Method = (use: MethodUse) => NodeTest;

const NOT_PARSED = new Set(['source', 'exposure', 'metric', 'semantic_model', 'saved_query', 'unit_test', 'function']);

/** Whether a node stands under `nodes` in a manifest: some methods look at no others. */
export function isParsed(node: SelectableNode): boolean {
  return !NOT_PARSED.has(node.resource_type);
}
