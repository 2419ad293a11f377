import { type GraphNode, graphNodes, type Manifest, type ManifestNode, type ModelNode } from '../artifacts/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { PreviousState, StateAspect } from '../graph/index.ts';
import { type BigSeed, bigSeed, brokenContract, unversionedBreak } from './diagnostics.ts';
import { MacroChanges } from './macro-changes.ts';
import { sameConfig, type Writing } from './same-config.ts';
import { sameBody, sameContents, sameDescriptions, sameRelation } from './same-contents.ts';
import { contractChange, removedContract } from './same-contract.ts';

/** Members of the graph that are made of code, configuration and a relation. */
const CODED: ReadonlySet<string> = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'operation',
  'sql_operation',
  'function',
]);

/** Members that dbt calls modified only once they were there before: `state:new` selects them. */
const NEW_IS_NOT_MODIFIED: ReadonlySet<string> = new Set([
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
]);

/** What is not in the manifests and yet decides what counts as a change. */
export interface ComparisonOptions {
  /** Packages that come with the program: their macros change with its version. */
  readonly isInternal: (packageName: string) => boolean;
  readonly today: Date;
}

/**
 * What became of the nodes of a project since an earlier manifest, dbt's or ours. Looks at what people wrote, not at what
 * it came to in one environment or another, nor at when, where and by which version the manifests were written.
 */
export class Comparison implements NonNullable<PreviousState['manifest']> {
  readonly #now: Manifest;
  readonly #then: Manifest;
  readonly #options: ComparisonOptions;
  readonly #macros: MacroChanges;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #old = new Map<string, GraphNode>();
  readonly #problems = new Map<string, Diagnostic>();
  #writing: Writing | undefined;
  #removedSeen = false;

  constructor(now: Manifest, then: Manifest, options: ComparisonOptions) {
    this.#now = now;
    this.#then = then;
    this.#options = options;
    this.#macros = new MacroChanges(now, then, options.isInternal);
    for (const node of graphNodes(now)) this.#nodes.set(node.unique_id, node);
    for (const node of graphNodes(then)) this.#old.set(node.unique_id, node);
  }

  has(id: string): boolean {
    return this.#old.has(id);
  }

  modified(id: string, aspect?: StateAspect): boolean {
    if (aspect === undefined || aspect === 'contract') this.#noteRemoved();
    const now = this.#nodes.get(id);
    if (!now) return false;
    const then = this.#old.get(id);
    return aspect === undefined ? this.#differs(now, then) : this.#differsIn(now, then, aspect);
  }

  /** What was found out on the way: broken contracts, and seeds of which it cannot be told whether they changed. */
  problems(): readonly Diagnostic[] {
    return [...this.#problems.values()];
  }

  get #how(): Writing {
    this.#writing ??= { isOurs: this.#macros.sameProgram() };
    return this.#writing;
  }

  #differs(now: GraphNode, then: GraphNode | undefined): boolean {
    const newMacro = this.#macros.reaches(now as never, then as never);
    if (!then) return newMacro || !NEW_IS_NOT_MODIFIED.has(now.resource_type);
    // The contract is looked at in any case: that it is broken must be told.
    const contract = this.#contractDiffers(now, then);
    this.#noteSeed(now, then);
    return newMacro || contract || !sameContents(now, then, this.#how);
  }

  #differsIn(now: GraphNode, then: GraphNode | undefined, aspect: StateAspect): boolean {
    if (aspect === 'macros') return this.#macros.reaches(now as never, then as never);
    const isCoded = CODED.has(now.resource_type);
    switch (aspect) {
      case 'body':
        this.#noteSeed(now, then);
        return isCoded && !(then && sameBody(now as ManifestNode, then as ManifestNode));
      case 'configs':
        return now.resource_type !== 'unit_test' && !(then && sameConfig(now as never, then as never, this.#how));
      case 'persisted_descriptions':
        return isCoded && !(then && sameDescriptions(now as ManifestNode, then as ManifestNode));
      case 'relation':
        return (isCoded || now.resource_type === 'source') && !(then && sameRelation(now, then, this.#how));
      case 'contract':
        return isCoded && !(then && !this.#contractDiffers(now, then));
    }
  }

  #contractDiffers(now: GraphNode, then: GraphNode): boolean {
    if (now.resource_type !== 'model' || then.resource_type !== 'model') return false;
    const { same, breaking } = contractChange(now, then);
    if (breaking.length) this.#noteBreak(now, breaking);
    return !same;
  }

  #noteBreak(model: ModelNode, breaking: readonly string[]): void {
    if (this.#problems.has(model.unique_id)) return;
    const problem =
      (model.version ?? null) === null
        ? unversionedBreak({ model: model.name, path: model.original_file_path, breaking })
        : brokenContract({ model: model.unique_id, breaking });
    this.#problems.set(model.unique_id, problem);
  }

  /** Models under contract that are gone: those who rely on them are to know. */
  #noteRemoved(): void {
    if (this.#removedSeen) return;
    this.#removedSeen = true;
    for (const then of Object.values(this.#then.nodes)) {
      if (then.resource_type !== 'model' || this.#now.nodes[then.unique_id]) continue;
      const isDisabled = this.#now.disabled[then.unique_id] !== undefined;
      const breaking = removedContract(then, isDisabled, this.#options.today);
      if (breaking !== undefined) this.#noteBreak(then, [breaking]);
    }
  }

  #noteSeed(now: GraphNode, then: GraphNode | undefined): void {
    if (now.resource_type !== 'seed' || then?.resource_type !== 'seed' || now.checksum.name !== 'path') return;
    const how: BigSeed = then.checksum.name !== 'path' ? 'grown' : sameBody(now, then) ? 'same path' : 'moved';
    this.#problems.set(now.unique_id, bigSeed({ seed: `${now.package_name}.${now.name}`, how }));
  }
}
