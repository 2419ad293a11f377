import { join } from 'node:path';
import type { Dialect } from '../adapter/index.ts';
import type { Manifest, ManifestNode, SourceNode } from '../artifacts/index.ts';
import { ColumnValue, RelationCache, type RelationValue } from '../builtins/index.ts';
import {
  type AnalysedNode,
  Compiler,
  notConnected,
  ProjectAnalysis,
  relationOf,
  type SqlNode,
  type Workbench,
} from '../compile/index.ts';
import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import type { Parsed } from '../parse/index.ts';
import { adapterHost, Connection, pointProblem, saidBy } from '../run/index.ts';
import { Analyst, type DialectName, isDialect, type KnownColumn } from '../sql/index.ts';
import { KeptAnalyses } from './kept-analyses.ts';
import { workbench } from './make-workbench.ts';
import { seedColumns } from './seed-columns.ts';
import { readSourceColumns, type SourceColumns } from './source-columns.ts';
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
function imagined(bench: Workbench, sources: SourceColumns): RelationCache {
  const cache = new RelationCache();
  const add = (relation: RelationValue): void => {
    if (!cache.isCached(relation.database, relation.schema)) cache.fill(relation.database, relation.schema, []);
    cache.add(relation);
  };
  for (const node of Object.values(bench.manifest.nodes)) {
    const { materialized } = node.config;
    if (!['model', 'seed', 'snapshot'].includes(node.resource_type) || materialized === 'ephemeral') continue;
    add(relationOf(bench, node).withType(materialized === 'view' ? 'view' : 'table'));
  }
  for (const id of Object.keys(sources)) {
    const source = bench.manifest.sources[id];
    if (source) add(sourceRelation(bench, source).withType('table'));
  }
  return cache;
}

const sourceRelation = (bench: Workbench, { database, schema, identifier }: SourceNode): RelationValue =>
  relationOf(bench, { database, schema, alias: identifier });

/** An analysis that is under way; to be closed when nobody asks it any more. */
export interface OpenAnalysis {
  readonly analysis: ProjectAnalysis;
  readonly kept: KeptAnalyses;
  close(): Promise<void>;
}

/**
 * Analyses nodes and what they stand on, without a warehouse: what there is to know of columns and of mistakes. Nodes whose
 * templates ask the warehouse are known as they were compiled by the last run, or not at all.
 * @param compiled a manifest with SQL in it, of commands that have asked the warehouse
 */
export async function analyse(
  workspace: Workspace,
  parsed: Parsed,
  ids: Iterable<string>,
  compiled?: Manifest,
): Promise<ReadonlyMap<string, AnalysedNode>> {
  const { analysis, close } = openAnalysis(workspace, parsed, ids, { compiled });
  try {
    return await analysis.nodes(ids);
  } finally {
    await close();
  }
}

/** What an analysis may take for known. */
interface AlreadyKnown {
  /** Nodes that are taken as the last analysis had them, where there was one. */
  readonly isGiven?: (id: string) => boolean;
  /** A manifest with SQL in it, made with a connection. */
  readonly compiled?: Manifest | undefined;
}

/** Begins an analysis, to be asked for nodes one by one or all together. */
export function openAnalysis(
  workspace: Workspace,
  parsed: Parsed,
  ids: Iterable<string>,
  { isGiven = () => false, compiled }: AlreadyKnown = {},
): OpenAnalysis {
  const { adapter, invocation, command } = workspace;
  const bench = workbench(workspace, parsed, ids);
  const dialect = dialectFor(adapter.type);
  const sources = readSourceColumns(workspace.project.root, workspace.targetFolder);
  const all = imagined(bench, sources);
  let lookup: ColumnLookup | undefined;
  const compiler = new Compiler(bench);
  const kept = new KeptAnalyses(join(workspace.targetFolder, 'analysis.json'));
  const analyst = new Analyst(kept);
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
        knownColumns: (relation) => {
          lookup ??= new ColumnLookup(bench, sources, known);
          return lookup.of(relation);
        },
      });
    } catch (error) {
      const said = saidBy(error);
      if (!said) throw error;
      if (said.some(isIntrospection)) {
        const asked = compiledCode(compiled?.nodes[node.unique_id]);
        if (asked !== undefined) kept.setIntrospected(node, asked);
        const sql = kept.introspected(node);
        if (sql !== undefined) return { node, sql, locate: () => undefined };
      }
      const circumstances = { compiled: undefined, statement: '', place: bench.placeOf(node.unique_id) };
      return { problems: said.map((problem) => pointProblem(problem, circumstances)) };
    }
  };
  const analysis = new ProjectAnalysis({
    manifest: parsed.manifest,
    dialect,
    analyst,
    compile,
    given: (id) => (isGiven(id) ? kept.node(id) : undefined),
    seedColumns: (node) => seedColumns(adapter.dialect, dialect, node),
    sourceColumns: (id) => (Object.hasOwn(sources, id) ? sources[id] : undefined),
  });
  const close = async (): Promise<void> => {
    await analyst.close();
    for (const node of analysis.finished.values()) kept.setNode(node);
    kept.save();
  };
  return { analysis, kept, close };
}

const compiledCode = (node: ManifestNode | undefined): string | undefined =>
  (node && 'compiled_code' in node && node.compiled_code) || undefined;

/** That a template asks the warehouse, which is not there. */
export const isIntrospection = ({ code }: Diagnostic): boolean => code === 'XF4102';

/** Columns of relations of the project, for templates that ask the warehouse for them. */
class ColumnLookup {
  readonly #dialect: Dialect;
  readonly #columns = new Map<string, () => readonly KnownColumn[] | undefined>();

  constructor(bench: Workbench, sources: SourceColumns, known: ReadonlyMap<string, AnalysedNode>) {
    this.#dialect = bench.adapter.dialect;
    for (const node of Object.values(bench.manifest.nodes))
      if (['model', 'seed', 'snapshot'].includes(node.resource_type))
        this.#columns.set(nameKey(relationOf(bench, node)), () => columnsOf(known.get(node.unique_id)));
    for (const [id, columns] of Object.entries(sources)) {
      const source = bench.manifest.sources[id];
      if (source) this.#columns.set(nameKey(sourceRelation(bench, source)), () => columns);
    }
  }

  /** All columns of a relation; undefined where they are not known. The type of one may be `unknown`. */
  of(relation: RelationValue): ColumnValue[] | undefined {
    const columns = this.#columns.get(nameKey(relation))?.();
    return columns?.map(({ name, type }) => ColumnValue.ofResult(this.#dialect, name, type ?? 'unknown'));
  }
}

const nameKey = ({ database, schema, identifier }: RelationValue): string =>
  [database, schema, identifier].map((part) => part?.toLowerCase() ?? '').join('\u0000');

/** The columns of a node, where the analysis has all of them. */
function columnsOf(node: AnalysedNode | undefined): readonly KnownColumn[] | undefined {
  if (!node || node.rest.length > 0 || node.columns.some(({ name }) => name === null)) return undefined;
  return node.columns.map(({ name, type }) => ({ name: name!, type }));
}

/** The dialect of an adapter; Postgres is what most others descend from. */
const dialectFor = (type: string): DialectName => (isDialect(type) ? type : 'postgres');
