import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ManifestNode, writeArtifact } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import { xformVersion } from '../core/index.ts';
import type { AnalysisCache, QueryAnalysis } from '../sql/index.ts';

/** What the file holds. */
interface Kept {
  readonly version: string;
  /** By digest of what they were made from. */
  readonly analyses: Readonly<Record<string, QueryAnalysis>>;
  /** What was last known of each node, by unique id; problems are not kept. */
  readonly nodes: Readonly<Record<string, AnalysedNode>>;
  /** SQL of nodes whose templates ask the warehouse, as the last run compiled it. */
  readonly introspected: Readonly<Record<string, Introspected>>;
}

/** The SQL of a node, as long as its file has this checksum. */
interface Introspected {
  readonly checksum: string;
  readonly sql: string;
}

/** A node and what its file holds, in short. */
type FileNode = Pick<ManifestNode, 'unique_id' | 'checksum'>;

const NOTHING: Omit<Kept, 'version'> = { analyses: {}, nodes: {}, introspected: {} };

/** Analyses of earlier runs that are kept beside those of this one. */
const MOST_KEPT = 20_000;

/** What analyses have found, kept in the target folder. */
export class KeptAnalyses implements AnalysisCache {
  readonly #path: string;
  readonly #kept: Omit<Kept, 'version'>;
  readonly #used = new Map<string, QueryAnalysis>();
  readonly #nodes = new Map<string, AnalysedNode>();
  readonly #introspected = new Map<string, Introspected>();
  #isNew = false;

  constructor(path: string) {
    this.#path = path;
    this.#kept = read(path);
  }

  get(key: string): QueryAnalysis | undefined {
    const found = this.#used.get(key) ?? own(this.#kept.analyses, key);
    if (found) this.#used.set(key, found);
    return found;
  }

  set(key: string, analysis: QueryAnalysis): void {
    this.#used.set(key, analysis);
    this.#isNew = true;
  }

  /** What was last known of a node. */
  node(id: string): AnalysedNode | undefined {
    return own(this.#kept.nodes, id);
  }

  setNode({ uniqueId, print: _, ...known }: AnalysedNode): void {
    const node = { uniqueId, ...known, problems: [] };
    this.#isNew ||= JSON.stringify(this.node(uniqueId)) !== JSON.stringify(node);
    this.#nodes.set(uniqueId, node);
  }

  /** The SQL of a node whose template asked the warehouse, if its file is still the same. */
  introspected({ unique_id: id, checksum: { checksum } }: FileNode): string | undefined {
    const found = this.#introspected.get(id) ?? own(this.#kept.introspected, id);
    return found?.checksum === checksum ? found.sql : undefined;
  }

  setIntrospected({ unique_id: id, checksum: { checksum } }: FileNode, sql: string): void {
    this.#introspected.set(id, { checksum, sql });
    this.#isNew = true;
  }

  save(): void {
    if (!this.#isNew) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      // What was kept for other nodes than these is kept on, unless it has been replaced many times over.
      const old = Object.entries(this.#kept.analyses).slice(-MOST_KEPT);
      const kept: Kept = {
        version: xformVersion(),
        analyses: Object.fromEntries([...old, ...this.#used]),
        nodes: { ...this.#kept.nodes, ...Object.fromEntries(this.#nodes) },
        introspected: { ...this.#kept.introspected, ...Object.fromEntries(this.#introspected) },
      };
      writeArtifact(this.#path, kept);
    } catch {
      // What cannot be kept is analysed again.
    }
  }
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function read(path: string): Omit<Kept, 'version'> {
  try {
    const { version, ...kept } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>;
    return version === xformVersion() ? { ...NOTHING, ...kept } : NOTHING;
  } catch {
    return NOTHING;
  }
}
