import type { PyFunction, Scope, Value } from '../jinja/index.ts';
import { ContextNames, type MacroIndex, MacroScope } from './macros.ts';

/** Names of one render, each made when first asked for. */
export type LazyNames = Readonly<Record<string, () => Value>>;

/**
 * What one template can see. As in dbt, macros come before everything else, so that a project may define its own
 * `ref`; then what belongs to the node, then what is the same everywhere.
 */
export class RenderScope implements Scope {
  readonly macros: MacroScope;
  readonly signal: AbortSignal | undefined;
  readonly #base: ReadonlyMap<string, Value>;
  readonly #own: LazyNames;
  readonly #made = new Map<string, Value>();
  #context: ContextNames | undefined;

  /**
   * @param pkg package whose macros a bare name reaches first
   * @param base names of the whole invocation
   * @param own names of this render
   * @param signal stops the render
   */
  constructor(index: MacroIndex, pkg: string, base: ReadonlyMap<string, Value>, own: LazyNames, signal?: AbortSignal) {
    this.signal = signal;
    this.macros = new MacroScope(index, pkg, this);
    this.#base = base;
    this.#own = own;
  }

  lookup(name: string): Value | undefined {
    return this.#context?.added(name) ?? this.macros.lookup(name) ?? this.builtin(name);
  }

  /** The name as dbt itself defines it, whatever macros there are. */
  builtin(name: string): Value | undefined {
    if (name === 'context') {
      this.#context ??= new ContextNames(this);
      return this.#context;
    }
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    if (!Object.hasOwn(this.#own, name)) return this.#base.get(name);
    const value = this.#own[name]!();
    this.#made.set(name, value);
    return value;
  }

  /** The macro of that name in this scope, or undefined. */
  macro(name: string): PyFunction | undefined {
    return this.macros.lookup(name) as PyFunction | undefined;
  }
}
