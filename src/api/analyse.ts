import { closeSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ManifestNode, writeArtifact } from '../artifacts/index.ts';
import { ColumnValue, RelationCache, type RelationValue } from '../builtins/index.ts';
import {
  type AnalysedNode,
  analyseProject,
  Compiler,
  notConnected,
  relationOf,
  type SqlNode,
  type Workbench,
} from '../compile/index.ts';
import { DiagnosticError, parseCsv, xformVersion } from '../core/index.ts';
import type { Parsed } from '../parse/index.ts';
import { adapterHost, Connection, pointProblem, saidBy } from '../run/index.ts';
import { type AnalysisCache, Analyst, type DialectName, isDialect, type QueryAnalysis } from '../sql/index.ts';
import { workbench } from './make-workbench.ts';
import { readSourceColumns } from './source-columns.ts';
import type { Workspace } from './workspace.ts';

/** Takes everything in the project for built, but for the node that is compiled: nobody has to ask the warehouse. */
class ImaginedRelations extends RelationCache {
  readonly #all: RelationCache;
  readonly #besides: RelationValue;

  constructor(all: RelationCache, besides: RelationValue) {
    super();
    this.#all = all;
    this.#besides = besides;
  }

  override isCached(): boolean {
    return true;
  }

  override find(database: string | null, schema: string | null, identifier: string): RelationValue | undefined {
    const found = this.#all.find(database, schema, identifier);
    return found?.render() === this.#besides.render() ? undefined : found;
  }

  override relations(database: string | null, schema: string | null): RelationValue[] {
    return this.#all.relations(database, schema).filter((one) => one.render() !== this.#besides.render());
  }
}

/** The relations of a project as they will be once all of it is built. */
function imagined(bench: Workbench): RelationCache {
  const cache = new RelationCache();
  for (const node of Object.values(bench.manifest.nodes)) {
    const { materialized } = node.config;
    if (!['model', 'seed', 'snapshot'].includes(node.resource_type) || materialized === 'ephemeral') continue;
    const relation = relationOf(bench, node).withType(materialized === 'view' ? 'view' : 'table');
    if (!cache.isCached(relation.database, relation.schema)) cache.fill(relation.database, relation.schema, []);
    cache.add(relation);
  }
  return cache;
}

/**
 * Analyses nodes and what they stand on, without a warehouse: what there is to know of columns and of mistakes. Nodes whose
 * templates ask the warehouse stay unknown.
 */
export async function analyse(
  workspace: Workspace,
  parsed: Parsed,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, AnalysedNode>> {
  const { adapter, invocation, command } = workspace;
  const bench = workbench(workspace, parsed, ids);
  const all = imagined(bench);
  const names = namesOfRelations(bench);
  const sources = readSourceColumns(workspace.project.root, workspace.targetFolder);
  const compiler = new Compiler(bench);
  const cache = new KeptAnalyses(join(workspace.targetFolder, 'analysis.json'));
  const analyst = new Analyst(cache);
  const compile = async (node: SqlNode, known: ReadonlyMap<string, AnalysedNode>) => {
    const refuse = (): never => {
      throw new DiagnosticError(notConnected({ node: node.unique_id, command: `xform ${command}` }));
    };
    const connection = new Connection(invocation, node.unique_id, async () => refuse());
    try {
      const relations = new ImaginedRelations(all, relationOf(bench, node));
      const host = adapterHost({ ...bench, relations }, connection);
      return await compiler.compile(node, {
        ...host,
        knownColumns: (relation) => columnsOf(bench, names, relation, known),
      });
    } catch (error) {
      const said = saidBy(error);
      if (!said) throw error;
      const circumstances = { compiled: undefined, statement: '', place: bench.placeOf(node.unique_id) };
      return { problems: said.map((problem) => pointProblem(problem, circumstances)) };
    }
  };
  try {
    return await analyseProject(
      {
        manifest: parsed.manifest,
        dialect: dialectFor(adapter.type),
        analyst,
        compile,
        seedColumns: headerOf,
        sourceColumns: (id) => (Object.hasOwn(sources, id) ? sources[id] : undefined),
      },
      ids,
    );
  } finally {
    await analyst.close();
    cache.save();
  }
}

/** Unique ids by the full name of their relation. */
function namesOfRelations(bench: Workbench): ReadonlyMap<string, string> {
  const nodes = Object.values(bench.manifest.nodes).filter(({ resource_type }) =>
    ['model', 'seed', 'snapshot'].includes(resource_type),
  );
  return new Map(nodes.map((node) => [relationOf(bench, node).render().toLowerCase(), node.unique_id]));
}

/** The columns of a relation as the analysis has them, where it has all; what type they are of may not be known. */
function columnsOf(
  { adapter }: Workbench,
  names: ReadonlyMap<string, string>,
  relation: RelationValue,
  known: ReadonlyMap<string, AnalysedNode>,
): ColumnValue[] | undefined {
  const node = known.get(names.get(relation.render().toLowerCase()) ?? '');
  if (!node || node.rest.length > 0 || node.columns.some(({ name }) => name === null)) return undefined;
  return node.columns.map(({ name, type }) => ColumnValue.ofResult(adapter.dialect, name!, type ?? 'unknown'));
}

/** The dialect of an adapter; Postgres is what most others descend from. */
const dialectFor = (type: string): DialectName => (isDialect(type) ? type : 'postgres');

/** More than this is no header. */
const HEADER = 65_536;

/** Names of the columns in the first line of a seed. */
function headerOf(node: ManifestNode): readonly string[] {
  const { root_path: root, config } = node as { root_path?: string | null; config: { delimiter?: string } };
  try {
    const file = openSync(join(root ?? '', node.original_file_path), 'r');
    try {
      const bytes = Buffer.alloc(HEADER);
      const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, HEADER, 0));
      return parseCsv(text.slice(0, lineEnd(text)), config.delimiter ?? ',').header.map((name) => name.trim());
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}

/** The end of the first line that is not inside of quotes. */
function lineEnd(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === '\n' && !quoted) return i + 1;
  }
  return text.length;
}

/** Analyses kept in the target folder; those that nobody asked for are left out when it is written again. */
class KeptAnalyses implements AnalysisCache {
  readonly #path: string;
  readonly #kept: Readonly<Record<string, QueryAnalysis>>;
  readonly #used = new Map<string, QueryAnalysis>();
  #isNew = false;

  constructor(path: string) {
    this.#path = path;
    this.#kept = read(path);
  }

  get(key: string): QueryAnalysis | undefined {
    const found = this.#used.get(key) ?? (Object.hasOwn(this.#kept, key) ? this.#kept[key] : undefined);
    if (found) this.#used.set(key, found);
    return found;
  }

  set(key: string, analysis: QueryAnalysis): void {
    this.#used.set(key, analysis);
    this.#isNew = true;
  }

  save(): void {
    if (!this.#isNew) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      // What was kept for other nodes than these is kept on, unless it has been replaced many times over.
      const old = Object.entries(this.#kept).slice(-MOST_KEPT);
      writeArtifact(this.#path, { version: xformVersion(), analyses: Object.fromEntries([...old, ...this.#used]) });
    } catch {
      // What cannot be kept is analysed again.
    }
  }
}

/** Analyses of earlier runs that are kept beside those of this one. */
const MOST_KEPT = 20_000;

function read(path: string): Readonly<Record<string, QueryAnalysis>> {
  try {
    const { version, analyses } = JSON.parse(readFileSync(path, 'utf8')) as {
      version?: string;
      analyses?: Record<string, QueryAnalysis>;
    };
    return version === xformVersion() && analyses ? analyses : {};
  } catch {
    return {};
  }
}
