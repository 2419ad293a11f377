import { join } from 'node:path';
import {
  bodiesOf,
  type CompiledFields,
  compiledNode,
  type FunctionNode,
  type InjectedCte,
  type ManifestNode,
} from '../artifacts/index.ts';
import type { AdapterHost } from '../builtins/index.ts';
import type { Span } from '../core/index.ts';
import { fromPlain, type PyDict, type SourceMap } from '../jinja/index.ts';
import { renderAll } from '../parse/index.ts';
import { withForeignKeys } from './foreign-keys.ts';
import { type Cte, type Injected, injectCtes } from './inject-ctes.ts';
import { ephemeralName, nodeScope, type ScopeOptions, targetPath } from './node-scope.ts';
import { renderNode } from './render-node.ts';
import type { Workbench } from './workbench.ts';

/** A node with its SQL, and the way from the SQL back to what the user wrote. */
export interface CompiledSql<Node = ManifestNode> {
  readonly node: Node;
  readonly sql: string;
  /** Where a place in the SQL comes from, or undefined for text that was put in front. */
  locate(offset: number): Span | undefined;
}

/** A function whose overloads are compiled as well. */
export interface CompiledFunction extends CompiledSql<FunctionNode> {
  readonly overloads: readonly CompiledSql<FunctionNode>[];
}

/** How one compilation differs from the node's usual one. */
export interface CompileOptions extends ScopeOptions {
  /** Put in front, before ephemeral models: the rows of a unit test. */
  readonly ctes?: readonly Cte[];
}

/** Nodes that have SQL. */
type SqlNode = Extract<ManifestNode, CompiledFields> | FunctionNode;

/**
 * Compiles nodes. Each is rendered at most once per invocation unless its template asks the warehouse, so that
 * ephemeral models shared by many are rendered once.
 */
export class Compiler {
  readonly #bench: Workbench;

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** Renders a node and puts the ephemeral models it uses in front. Throws DiagnosticError or JinjaError. */
  async compile<Node extends SqlNode>(
    node: Node,
    host: AdapterHost,
    options: CompileOptions = {},
  ): Promise<CompiledSql<Node>> {
    const used = new Set<string>();
    const names = { ...options.names, ...testNames(this.#bench, node, host, used) };
    const { scope } = nodeScope(this.#bench, node, host, { ...options, names, onEphemeral: (id) => used.add(id) });
    const rendered = await renderNode(this.#bench, node, scope);
    const ctes = await this.#ctes([...used], host);
    const injected = injectCtes(rendered.text, [
      ...(options.ctes ?? []),
      ...ctes.map((cte) => ({
        name: ephemeralName(this.#bench.manifest.nodes[cte.id]!.alias),
        sql: cte.sql,
        locate: (offset: number) => this.#maps.get(cte.id)?.locate(offset),
      })),
    ]);
    const compiled = compiledNode(withForeignKeys(node, scope), {
      compiled_path: join(this.#bench.targetPath, 'compiled', targetPath(node)),
      compiled_code: injected.sql,
      extra_ctes_injected: true,
      extra_ctes: ctes.map((cte) => ({
        id: cte.id,
        sql: ` ${ephemeralName(this.#bench.manifest.nodes[cte.id]!.alias)} as (\n${cte.sql}\n)`,
      })),
    });
    return { node: compiled, sql: injected.sql, locate: locator(rendered.map, injected) };
  }

  /** The same for a function: each of its overloads has a body of its own. */
  async compileFunction(fn: FunctionNode, host: AdapterHost): Promise<CompiledFunction> {
    const [own, ...overloads] = await Promise.all([...bodiesOf(fn)].map((body) => this.compile(body, host)));
    const node = {
      ...own!.node,
      overloads: fn.overloads.map((overload, i) => ({ ...overload, compiled_body: overloads[i]!.sql })),
    };
    return { ...own!, node, overloads };
  }

  /** The ephemeral model that could not be rendered, where that is why a compilation failed. */
  blamedFor(error: unknown): string | undefined {
    return typeof error === 'object' && error !== null ? this.#blamed.get(error) : undefined;
  }

  readonly #blamed = new WeakMap<object, string>();

  /** The ephemeral models that some need, each after those it stands on itself. */
  async #ctes(ids: readonly string[], host: AdapterHost): Promise<InjectedCte[]> {
    const found = new Map<string, string>();
    for (const id of ids) {
      const { cte, before } = await this.#ephemeralModel(id, host);
      for (const [key, sql] of before) if (!found.has(key)) found.set(key, sql);
      if (!found.has(id)) found.set(id, cte);
    }
    return [...found].map(([id, sql]) => ({ id, sql }));
  }

  async #ephemeralModel(id: string, host: AdapterHost): Promise<{ cte: string; before: ReadonlyMap<string, string> }> {
    const node = this.#bench.manifest.nodes[id] as SqlNode;
    let bare = this.#bare.get(id);
    if (!bare) {
      bare = this.#renderBare(node, host).catch((error: unknown) => {
        this.#blamed.set(error as object, id);
        throw error;
      });
      this.#bare.set(id, bare);
    }
    const { sql, used } = await bare;
    const before = new Map<string, string>();
    for (const cte of await this.#ctes(used, host)) before.set(cte.id, cte.sql);
    return { cte: sql, before };
  }

  /** Where the SQL of ephemeral models was written. */
  readonly #maps = new Map<string, SourceMap>();
  readonly #bare = new Map<string, Promise<{ sql: string; used: readonly string[] }>>();

  async #renderBare(node: SqlNode, host: AdapterHost): Promise<{ sql: string; used: readonly string[] }> {
    const used = new Set<string>();
    const { scope } = nodeScope(this.#bench, node, host, { onEphemeral: (id) => used.add(id) });
    const rendered = await renderNode(this.#bench, node, scope);
    this.#maps.set(node.unique_id, rendered.map);
    return { sql: rendered.text, used: [...used] };
  }
}

/** A position in the final SQL, traced through the injected CTEs and the template. */
function locator(map: SourceMap, injected: Injected): (offset: number) => Span | undefined {
  return (offset) => {
    if (offset < injected.at) return map.locate(offset);
    if (offset < injected.at + injected.length) {
      const inside = injected.ctes.find(({ cte, start }) => offset >= start && offset <= start + cte.sql.length);
      return inside?.cte.locate?.(offset - inside.start);
    }
    return map.locate(offset - injected.length);
  };
}

/** The arguments of a generic test, which its code passes on to the test's macro. */
function testNames(bench: Workbench, node: SqlNode, host: AdapterHost, used: Set<string>): ScopeOptions['names'] {
  if (node.resource_type !== 'test' || !node.test_metadata) return {};
  const { kwargs } = node.test_metadata;
  return {
    _dbt_generic_test_kwargs: () => {
      const { scope } = nodeScope(bench, node, host, { onEphemeral: (id) => used.add(id) });
      return renderAll(fromPlain(kwargs) as PyDict, scope, node.original_file_path);
    },
  };
}
