import { PyDict, type Value } from '../jinja/index.ts';
import type { PlainObject } from './merge-config.ts';

interface Level {
  readonly own: PlainObject;
  readonly source: PyDict;
  readonly children: Map<string, Level | null>;
  /** The levels from the root to here. */
  readonly chain: readonly PlainObject[];
}

/**
 * One section of dbt_project.yml (`models:`, `seeds:` …) as levels of config: package, folders, file. Levels are read
 * once and kept, so that thousands of nodes in a folder share one list.
 */
export class ConfigTree {
  readonly #root: Level;

  constructor(section: PyDict) {
    this.#root = level(section, []);
  }

  /**
   * The configs that apply to a node, weakest first. Nodes with the same configs get the same array. The order of all
   * sources is: these of the node's own project, its properties file, its `config()` calls, and then, for a node of
   * a package, these of the root project.
   */
  levels(fqn: readonly string[]): readonly PlainObject[] {
    return this.#deepest(fqn).at.chain;
  }

  /** How many steps of `fqn` lead to levels: what is said further down is not for that node. */
  depth(fqn: readonly string[]): number {
    return this.#deepest(fqn).depth;
  }

  /** Names of the levels below the deepest one on the way of `fqn`. */
  below(fqn: readonly string[]): string[] {
    const { source } = this.#deepest(fqn).at;
    return [...source.entries()].flatMap(([key, value]) => (value instanceof PyDict ? [String(key)] : []));
  }

  #deepest(fqn: readonly string[]): { readonly at: Level; readonly depth: number } {
    let at = this.#root;
    let depth = 0;
    for (const step of fqn) {
      const next = child(at, step);
      if (next === null) break;
      at = next;
      depth += 1;
    }
    return { at, depth };
  }
}

function child(parent: Level, step: string): Level | null {
  let found = parent.children.get(step);
  if (found === undefined) {
    const source = parent.source.get(step);
    found = source instanceof PyDict ? level(source, parent.chain) : null;
    parent.children.set(step, found);
  }
  return found;
}

function level(source: PyDict, above: readonly PlainObject[]): Level {
  const own: Record<string, Value> = {};
  let size = 0;
  for (const [key, value] of source.entries()) {
    if (typeof key !== 'string') continue;
    // A mapping without `+` is a folder, so configs that are mappings need the `+`.
    if (!key.startsWith('+') && value instanceof PyDict) continue;
    own[key.startsWith('+') ? key.slice(1).trim() : key] = value;
    size += 1;
  }
  return { own, source, children: new Map(), chain: size === 0 ? above : [...above, own] };
}

/** The configs of `section` that apply to the node `fqn`, weakest first. Keep a `ConfigTree` to ask for many nodes. */
export function configFor(section: PyDict, fqn: readonly string[]): readonly PlainObject[] {
  return new ConfigTree(section).levels(fqn);
}
