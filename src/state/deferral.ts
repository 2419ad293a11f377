import { isRefable, type Manifest, type ManifestNode } from '../artifacts/index.ts';

/** The relation a node has in the state, with what dbt lets templates read of the node there. */
export interface DeferredRelation {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
  readonly relation_name: string | null;
  readonly resource_type: string;
  readonly name: string;
  readonly description: string;
  readonly compiled_code: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

/** Whether a relation is there, in the target of this run. */
export type Exists = (node: Pick<ManifestNode, 'database' | 'schema' | 'alias'>) => boolean;

/** How refs are resolved where a state may stand in for what was not built here. */
export interface DeferralOptions {
  /** What is not selected is read from the state even where it exists here. */
  readonly favorState: boolean;
  readonly selected: ReadonlySet<string>;
}

/**
 * Sends refs to the relations of an earlier state: for nodes that do not exist here and, where the state is favoured,
 * for all that are not selected. Ephemeral nodes have no relation and stay what they are.
 */
export class Deferral {
  readonly #now: Manifest;
  readonly #then: Manifest;
  readonly #options: DeferralOptions;
  readonly #relations = new Map<string, DeferredRelation | undefined>();

  constructor(now: Manifest, then: Manifest, options: DeferralOptions) {
    this.#now = now;
    this.#then = then;
    this.#options = options;
  }

  /** The relation of a node in the state, whether or not refs go there. */
  stateRelation(id: string): DeferredRelation | undefined {
    if (!this.#relations.has(id)) this.#relations.set(id, this.#find(id));
    return this.#relations.get(id);
  }

  /** The relation that a ref goes to instead of the node's own, or undefined where it goes to the node's own. */
  instead(id: string, exists: Exists): DeferredRelation | undefined {
    const node = this.#now.nodes[id] ?? this.#now.functions[id];
    const relation = this.stateRelation(id);
    if (!node || !relation || node.config.materialized === 'ephemeral') return undefined;
    if (this.#options.favorState && !this.#options.selected.has(id)) return relation;
    return exists(node) ? undefined : relation;
  }

  #find(id: string): DeferredRelation | undefined {
    const then = this.#then.nodes[id] ?? this.#then.functions?.[id];
    const now = this.#now.nodes[id] ?? this.#now.functions[id];
    if (!then || !now || (!isRefable(then.resource_type) && then.resource_type !== 'function')) return undefined;
    if (then.config.materialized === 'ephemeral') return undefined;
    const { database, schema, alias, relation_name, resource_type, name, description, meta, tags, config } = then;
    const compiled_code = 'compiled_code' in then ? (then.compiled_code ?? null) : null;
    return {
      database,
      schema,
      alias,
      relation_name,
      resource_type,
      name,
      description,
      compiled_code,
      meta,
      tags,
      config,
    };
  }
}
