import type { Adapter, Credentials } from '../adapter/index.ts';
import type { GraphNode, Manifest } from '../artifacts/index.ts';
import type { BehaviorValue, MacroIndex, RelationCache, runAdapter } from '../builtins/index.ts';
import type { Invocation, Span } from '../core/index.ts';
import type { CompileCache, Value } from '../jinja/index.ts';
import type { Resolver, Templates } from '../parse/index.ts';
import type { QueryComment } from '../project/index.ts';
import type { Deferral } from '../state/index.ts';
import type { InputFilter } from './input-filter.ts';

/**
 * What rendering nodes at run needs, the same for all nodes of an invocation.
 */
export interface Workbench {
  readonly invocation: Invocation;
  readonly manifest: Manifest;
  readonly macros: MacroIndex;
  readonly templates: Templates;
  readonly resolver: Resolver;
  /** Where a resource is defined. */
  readonly placeOf: (uniqueId: string) => Span | undefined;
  readonly adapter: Adapter;
  /** Jinja's `adapter` for one template. */
  readonly adapterOf: ReturnType<typeof runAdapter>;
  readonly credentials: Credentials;
  readonly behavior: BehaviorValue;
  /** What `builtins.ref.config` is. */
  readonly runtimeConfig: Value;
  /** Quoting of the root project. */
  readonly quoting: Readonly<Record<string, boolean | undefined>>;
  /** What the root project wants to be told with every statement. */
  readonly queryComment: QueryComment;
  /** Names that are the same in all templates. */
  readonly base: ReadonlyMap<string, Value>;
  readonly findVar: (pkg: string, name: string) => Value | undefined;
  readonly varNames: (pkg: string) => Iterable<string>;
  readonly relations: RelationCache;
  /** Which rows of their inputs nodes see. */
  readonly inputs: InputFilter;
  /** Where refs go instead, for what was not built here: `--defer`. */
  readonly deferral?: Deferral;
  /** Unique ids that the command works on: Jinja's `selected_resources`. */
  readonly selected: readonly string[];
  readonly cache: CompileCache | undefined;
  /** The manifest as Jinja's `graph`, made when first asked for. */
  readonly graph: () => Value;
  /** Absolute path of the folder for artifacts. */
  readonly targetFolder: string;
  /** The same as the user names it, for artifacts to tell. */
  readonly targetPath: string;
}

/** A node of the manifest by its unique id. */
export function findNode(manifest: Manifest, id: string): GraphNode | undefined {
  return (
    manifest.nodes[id] ??
    manifest.sources[id] ??
    manifest.unit_tests[id] ??
    manifest.exposures[id] ??
    manifest.metrics[id] ??
    manifest.semantic_models[id] ??
    manifest.saved_queries[id] ??
    manifest.functions[id]
  );
}
