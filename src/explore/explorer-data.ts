import type { SelectableNode } from '../graph/index.ts';

/** What the page knows: one JSON value in the file. Numbers that name nodes, columns and strings are places in lists. */
export interface ExplorerData {
  readonly project: string;
  readonly adapter: string | null;
  readonly version: string;
  readonly generated: string;
  /** What the project says of itself, in Markdown: the doc block `__overview__`. */
  readonly overview: string | null;
  /** What of the warehouse could not be read. */
  readonly errors: readonly string[];
  /** Texts that occur often: names of columns, types, descriptions. */
  readonly strings: readonly string[];
  /** Configs, each once however many nodes have it. */
  readonly configs: readonly SelectableNode['config'][];
  readonly nodes: readonly NodeData[];
  /** Kinds of edge by their bit. */
  readonly kinds: readonly string[];
  /** Column, column that comes from it, and kinds as bits: three numbers for each edge. */
  readonly edges: readonly number[];
  /** Column, node whose rows it decides on, and kinds as bits. */
  readonly effects: readonly number[];
  readonly selectors: readonly unknown[];
  /** Null where nothing has run. */
  readonly run: RunData | null;
  readonly freshnessAt: string | null;
}

/** The last run. */
export interface RunData {
  readonly command: string;
  readonly generated: string;
  /** Seconds. */
  readonly elapsed: number;
  /** Milliseconds since 1970 that times of results count from. */
  readonly origin: number;
}

/** A resource. What it does not have is left out. */
export interface NodeData {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly package: string;
  readonly path: string;
  readonly fqn: readonly string[];
  readonly parents: readonly number[];
  readonly config: number;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly patchPath?: string;
  readonly access?: string;
  readonly group?: string;
  readonly owner?: string;
  readonly version?: string | number;
  readonly latestVersion?: string | number;
  readonly sourceName?: string;
  readonly relation?: string;
  /** Of an exposure: what it is and where. */
  readonly label?: string;
  readonly url?: string;
  /** Of a generic test: its name, and the column that it looks at. */
  readonly test?: string;
  readonly testColumn?: string;
  readonly severity?: string;
  /** Name, type, description and reason for not being known: four places in `strings` for each column, -1 for none. */
  readonly columns?: readonly number[];
  /** Why there may be further columns. */
  readonly incomplete?: readonly string[];
  /** What the warehouse has: name and value. Missing where it was not asked or has nothing of the kind. */
  readonly catalog?: readonly (readonly [label: string, value: string])[];
  /** Whether it should be in the catalog and is not. */
  readonly missing?: true;
  readonly result?: ResultData;
  readonly freshness?: FreshnessData;
}

/** How the last run ended for a node. Times are milliseconds from the run's origin. */
export interface ResultData {
  readonly status: string;
  readonly thread: string;
  readonly seconds: number;
  readonly start?: number;
  readonly end?: number;
  readonly message?: string;
  readonly failures?: number;
  readonly rows?: number;
}

/** How fresh a source was found to be. */
export interface FreshnessData {
  readonly status: string;
  readonly loadedAt?: string;
  /** Seconds. */
  readonly age?: number;
}

/** Source and compiled SQL of a node, by its number. */
export type SqlData = readonly (readonly [source: string, compiled: string | null] | null)[];
