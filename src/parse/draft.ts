import type { Adapter, Credentials } from '../adapter/index.ts';
import type {
  DocNode,
  ExposureNode,
  FunctionNode,
  GroupNode,
  MacroNode,
  Manifest,
  ManifestNode,
  MetricNode,
  SavedQueryNode,
  SemanticModelNode,
  SourceNode,
  UnitTestNode,
} from '../artifacts/index.ts';
import type { BehaviorValue, MacroIndex, parseAdapter } from '../builtins/index.ts';
import type { Diagnostic, Invocation, Span } from '../core/index.ts';
import type { CompileCache, Template, Value } from '../jinja/index.ts';
import type { ConfigTree, Project, SourceFile } from '../project/index.ts';
import type { Patches } from './patches.ts';
import type { Reads } from './reads.ts';
import type { Recording } from './recording.ts';

/** One package of the invocation with its files: the root project, an installed package, or one of dbt's own. */
export interface Package {
  readonly project: Project;
  readonly files: readonly SourceFile[];
  /** True for `dbt` and the adapter's package, which users never see as packages of theirs. */
  readonly internal: boolean;
}

/** All that parsing needs to know. */
export interface ParseInput {
  readonly invocation: Invocation;
  /** The environment as templates read it. */
  readonly env: Invocation['env'];
  /** The root project first, then installed packages, then the adapter's and dbt's own. */
  readonly packages: readonly Package[];
  readonly adapter: Adapter;
  readonly credentials: Credentials;
  readonly behavior: BehaviorValue;
  /** What `builtins.ref.config` is. */
  readonly runtimeConfig: Value;
  /** Value of a variable for a package, or undefined. */
  readonly findVar: (pkg: string, name: string) => Value | undefined;
  readonly varNames: (pkg: string) => Iterable<string>;
  /** Names that are the same in all templates. */
  readonly base: ReadonlyMap<string, Value>;
  readonly cache: CompileCache | undefined;
  /** The manifest's `selectors`. */
  readonly selectors: Manifest['selectors'];
}

/** A file as far as naming it goes: dbt_project.yml is one too. */
export type FilePlace = SourceFile | Pick<SourceFile, 'path' | 'shown' | 'kind'>;

/** Where a resource was written. */
export interface Place {
  readonly file: FilePlace;
  /** Offset of its definition in the file, where it does not fill the file. */
  readonly at?: Span;
  /** Path of its definition in a properties file, from which a position can be computed. */
  readonly yamlPath?: readonly (string | number)[];
}

/** A generic test, or another resource that may be disabled. */
export type Resource =
  | ManifestNode
  | SourceNode
  | ExposureNode
  | MetricNode
  | SemanticModelNode
  | SavedQueryNode
  | UnitTestNode
  | FunctionNode;

/**
 * The manifest while it is being made. Passes add to it in turn; nothing outside this room sees it.
 */
export interface Draft {
  readonly input: ParseInput;
  readonly root: Package;
  readonly problems: Diagnostic[];
  readonly macros: MacroIndex;
  readonly macroNodes: Map<string, MacroNode>;
  readonly docs: Map<string, DocNode>;
  readonly groups: Map<string, GroupNode>;
  readonly nodes: Map<string, ManifestNode>;
  readonly functions: Map<string, FunctionNode>;
  readonly sources: Map<string, SourceNode>;
  readonly exposures: Map<string, ExposureNode>;
  readonly metrics: Map<string, MetricNode>;
  readonly semanticModels: Map<string, SemanticModelNode>;
  readonly savedQueries: Map<string, SavedQueryNode>;
  readonly unitTests: Map<string, UnitTestNode>;
  readonly disabled: Map<string, Resource[]>;
  readonly patches: Patches;
  readonly places: Map<string, Place>;
  readonly recordings: Map<string, Recording>;
  readonly templates: Map<string, Template>;
  /** Jinja's `adapter` for the macros of one scope. */
  readonly adapterFor: ReturnType<typeof parseAdapter>;
  /** What was asked of the project's surroundings, and for which resource. */
  readonly reads: Reads;
  /** Names of resources that something is wrong with. */
  readonly troubled: Set<string>;
  /** Config sections of dbt_project.yml by project and section. */
  readonly configTrees: ReadonlyMap<string, ReadonlyMap<string, ConfigTree>>;
  /** The same before rendering. */
  readonly unrenderedTrees: ReadonlyMap<string, ReadonlyMap<string, ConfigTree>>;
}

/** The part of a draft that a template is rendered with; a project that was kept has it too. */
export type Surroundings = Pick<Draft, 'input' | 'root' | 'macros' | 'adapterFor'>;

/** The package of that name. */
export function packageOf(draft: Draft, name: string): Package {
  return draft.input.packages.find((pkg) => pkg.project.name === name) ?? draft.root;
}

/** Does what there is to do for the resources of a name, and keeps what was asked and what went wrong by that name. */
export function forName(draft: Draft, name: string, work: () => void): void {
  const before = draft.problems.length;
  draft.reads.for(name, work);
  if (draft.problems.length > before) draft.troubled.add(name);
}
