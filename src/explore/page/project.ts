import { neighbours, type SelectableGraph, type SelectableNode, selectableGraph } from '../../graph/index.ts';
import type { ExplorerData, NodeData } from '../explorer-data.ts';
import { EdgeIndex } from './edge-index.ts';

/** Types that are drawn as boxes; tests belong to what they test. */
const DRAWN = new Set([
  'model',
  'source',
  'seed',
  'snapshot',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'analysis',
  'function',
  'outside',
]);

/** The project as the page works with it: nodes and columns are numbers. */
export class Project {
  readonly data: ExplorerData;
  readonly nodes: readonly NodeData[];
  readonly graph: SelectableGraph;
  /** Columns of node `n` are `columnStart[n]` up to `columnStart[n + 1]`. */
  readonly columnStart: Int32Array;
  readonly nodeOfColumn: Int32Array;
  /** Edges between columns, found by where they begin and where they end. */
  readonly up: EdgeIndex;
  readonly down: EdgeIndex;
  /** Columns that decide on the rows of nodes. */
  readonly effectsOfColumn: EdgeIndex;
  readonly effectsOnNode: EdgeIndex;
  readonly drawn: readonly number[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #texts: Int32Array;
  readonly #isDrawn: Uint8Array;
  readonly #parents: (readonly number[])[] = [];
  readonly #children: (readonly number[])[] = [];

  constructor(data: ExplorerData) {
    this.data = data;
    this.nodes = data.nodes;
    this.graph = selectableGraph(data.nodes.map((node) => selectable(node, data)));
    this.#byId = this.graph.dag.indexOf;
    const size = data.nodes.length;
    this.columnStart = new Int32Array(size + 1);
    data.nodes.forEach(({ columns }, n) => {
      this.columnStart[n + 1] = this.columnStart[n]! + (columns?.length ?? 0) / 4;
    });
    const count = this.columnStart[size]!;
    this.nodeOfColumn = new Int32Array(count);
    this.#texts = new Int32Array(count * 4);
    data.nodes.forEach(({ columns }, n) => {
      const start = this.columnStart[n]!;
      this.nodeOfColumn.fill(n, start, this.columnStart[n + 1]);
      if (columns) this.#texts.set(columns, start * 4);
    });
    this.down = new EdgeIndex(data.edges, 0, count);
    this.up = new EdgeIndex(data.edges, 1, count);
    this.effectsOfColumn = new EdgeIndex(data.effects, 0, count);
    this.effectsOnNode = new EdgeIndex(data.effects, 1, size);
    this.#isDrawn = Uint8Array.from(data.nodes, ({ type }) => (DRAWN.has(type) ? 1 : 0));
    this.drawn = data.nodes.flatMap((_, n) => (this.isDrawn(n) ? [n] : []));
  }

  /** The number of a node. */
  find(id: string): number | undefined {
    return this.#byId.get(id);
  }

  isDrawn(node: number): boolean {
    return this.#isDrawn[node] === 1;
  }

  /** Whether a node is in lists: `docs: {show: false}` takes it out of them, not out of the graph. */
  isListed(node: number): boolean {
    const { docs } = this.data.configs[this.nodes[node]!.config]! as { docs?: { show?: boolean } };
    return docs?.show !== false;
  }

  /** Nodes that this one stands on. */
  parents(node: number): readonly number[] {
    this.#parents[node] ??= [...neighbours(this.graph.dag.parents, node)].filter((other) => this.isDrawn(other));
    return this.#parents[node];
  }

  /** Nodes that stand on this one. */
  children(node: number): readonly number[] {
    this.#children[node] ??= [...neighbours(this.graph.dag.children, node)].filter((other) => this.isDrawn(other));
    return this.#children[node];
  }

  /** Data tests and unit tests of a node. */
  tests(node: number): number[] {
    return [...neighbours(this.graph.dag.children, node)].filter((other) =>
      ['test', 'unit_test'].includes(this.nodes[other]!.type),
    );
  }

  /** Columns of a node, by number. */
  columns(node: number): number[] {
    const start = this.columnStart[node]!;
    return Array.from({ length: this.columnStart[node + 1]! - start }, (_, i) => start + i);
  }

  columnName(column: number): string {
    return this.#text(column, 0)!;
  }

  columnType(column: number): string | undefined {
    return this.#text(column, 1);
  }

  columnDescription(column: number): string | undefined {
    return this.#text(column, 2);
  }

  /** Why not all that a column comes from is known. */
  columnUnknown(column: number): string | undefined {
    return this.#text(column, 3);
  }

  #text(column: number, place: number): string | undefined {
    return this.data.strings[this.#texts[column * 4 + place]!];
  }

  /** A column of a node by its name, in letters of any size. */
  findColumn(node: number, name: string): number | undefined {
    return this.columns(node).find((column) => this.columnName(column).toLowerCase() === name.toLowerCase());
  }

  /** How a node is stored; of what is not stored, what it is. */
  materialized(node: number): string {
    const { type, config, label } = this.nodes[node]!;
    const { materialized } = this.data.configs[config]!;
    if (['model', 'snapshot'].includes(type) && typeof materialized === 'string') return materialized;
    return label ?? typeName(type);
  }
}

/** A type as people say it. */
export const typeName = (type: string): string => (type === 'outside' ? 'not in the project' : type.replace('_', ' '));

function selectable(node: NodeData, { configs, nodes }: ExplorerData): SelectableNode {
  return {
    unique_id: node.id,
    resource_type: node.type,
    name: node.sourceName === undefined ? node.name : node.name.slice(node.sourceName.length + 1),
    package_name: node.package,
    fqn: node.fqn,
    original_file_path: node.path,
    config: configs[node.config]!,
    tags: node.tags,
    patch_path: node.patchPath,
    access: node.access,
    version: node.version,
    latest_version: node.latestVersion,
    source_name: node.sourceName,
    test_metadata: node.test === undefined ? undefined : { name: node.test },
    depends_on: { nodes: node.parents.map((parent) => nodes[parent]!.id) },
  };
}
