import type { Dialect } from '../adapter/index.ts';
import { isRefable, type Manifest, type ManifestNode, type SourceNode } from '../artifacts/index.ts';
import {
  ColumnValue,
  exceptionFunctions,
  exceptionsNamespace,
  type LazyNames,
  logFunction,
  type OutputHost,
  printFunction,
  RelationCache,
  type RelationValue,
} from '../builtins/index.ts';
import {
  type AnalysedNode,
  type CompiledSql,
  Compiler,
  notConnected,
  relationOf,
  type SqlNode,
  type Workbench,
} from '../compile/index.ts';
import { type Diagnostic, DiagnosticError, type RelationType } from '../core/index.ts';
import { adapterHost, Connection, pointProblem, saidBy } from '../run/index.ts';
import type { KnownColumn } from '../sql/index.ts';
import { contractMismatch } from './contract-mismatch.ts';
import type { KeptAnalyses } from './kept-analyses.ts';
import type { SourceColumns } from './source-columns.ts';

/** Told that a template does what only a run can answer, or should do again. */
type Asked = () => void;

/** Takes everything in the project for built, but for the node that is compiled: nobody has to ask the warehouse. */
class ImaginedRelations extends RelationCache {
  readonly #all: RelationCache;
  readonly #besides: RelationValue;
  readonly #asked: Asked;

  constructor(all: RelationCache, besides: RelationValue, asked: Asked) {
    super();
    this.#all = all;
    this.#besides = besides;
    this.#asked = asked;
  }

  override isCached(): boolean {
    this.#asked();
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

/** What an offline compilation stands on. */
export interface Offline {
  readonly bench: Workbench;
  readonly sources: SourceColumns;
  readonly kept: KeptAnalyses;
  /** The command, for its messages. */
  readonly command: string;
  /** A manifest with SQL in it, made with a connection. */
  readonly compiled: Manifest | undefined;
}

/**
 * Compiles nodes without a warehouse, as they will be once all of the project is built. Templates say nothing meanwhile:
 * they do so when the project is read, and when they are run.
 */
export class OfflineCompiler {
  /** The SQL of nodes that the warehouse has no part in: whoever runs them need not compile them again. */
  readonly final = new Map<string, CompiledSql<SqlNode>>();
  /** All nodes that were compiled, with their SQL. */
  readonly compiled = new Map<string, SqlNode>();
  readonly #offline: Offline;
  readonly #compiler: Compiler;
  readonly #relations: RelationCache;
  #columns: ColumnLookup | undefined;

  constructor(offline: Offline) {
    this.#offline = offline;
    this.#compiler = new Compiler(offline.bench);
    this.#relations = imagined(offline.bench, offline.sources);
  }

  /** The SQL of a node, or why there is none. */
  async compile(
    node: SqlNode,
    known: ReadonlyMap<string, AnalysedNode>,
  ): Promise<CompiledSql | { readonly problems: readonly Diagnostic[] }> {
    const { bench, command, compiled, kept } = this.#offline;
    const refuse = (): never => {
      throw new DiagnosticError(notConnected({ node: node.unique_id, command: `xform ${command}` }));
    };
    // Where a ref is deferred depends on what there will be.
    let isFinal = bench.deferral === undefined;
    const asked: Asked = () => {
      isFinal = false;
    };
    const connection = new Connection(bench.invocation, node.unique_id, async () => refuse());
    try {
      const relations = new ImaginedRelations(this.#relations, relationOf(bench, node), asked);
      const host = {
        ...adapterHost({ ...bench, relations }, connection),
        get thread() {
          asked();
          return connection.thread;
        },
        knownColumns: (relation: RelationValue) => {
          asked();
          this.#columns ??= new ColumnLookup(bench, this.#offline.sources, known);
          return this.#columns.of(relation) ?? refuse();
        },
      };
      const found = await this.#compiler.compile(node, host, { names: silent(asked) });
      this.compiled.set(node.unique_id, found.node);
      // Ephemeral models are compiled once, and may have asked on behalf of another node.
      if (isFinal && !found.node.extra_ctes?.length) this.final.set(node.unique_id, found);
      return found;
    } catch (error) {
      const said = saidBy(error);
      if (!said) throw error;
      if (said.some(isIntrospection)) {
        const code = compiledCode(compiled?.nodes[node.unique_id]);
        if (code !== undefined) kept.setIntrospected(node, code);
        const sql = kept.introspected(node);
        if (sql !== undefined) return { node, sql, locate: () => undefined };
      }
      const circumstances = { compiled: undefined, statement: '', place: bench.placeOf(node.unique_id) };
      return { problems: said.map((problem) => pointProblem(problem, circumstances)) };
    }
  }
}

/** The names by which templates speak, which only note that they would have. */
function silent(asked: Asked): LazyNames {
  const output: OutputHost = {
    log: asked,
    print: asked,
    warn: () => {
      asked();
      return 'silence';
    },
  };
  const functions = () => exceptionFunctions(output, contractMismatch);
  return {
    log: () => logFunction(output),
    print: () => printFunction(output),
    warn: () => functions().get('warn')!,
    exceptions: () => exceptionsNamespace(functions()),
  };
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
    if (!isRefable(node.resource_type) || materialized === 'ephemeral') continue;
    const relation = builtRelation(bench, node, materialized === 'view' ? 'view' : 'table');
    if (relation) add(relation);
  }
  for (const id of Object.keys(sources)) {
    const source = bench.manifest.sources[id];
    if (source) add(sourceRelation(bench, source).withType('table'));
  }
  return cache;
}

/** What a node will be; undefined where the warehouse refuses its name, which is for that node to say when it is run. */
function builtRelation(bench: Workbench, node: ManifestNode, type: RelationType): RelationValue | undefined {
  try {
    return relationOf(bench, node).withType(type);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

const sourceRelation = (bench: Workbench, { database, schema, identifier }: SourceNode): RelationValue =>
  relationOf(bench, { database, schema, alias: identifier });

/** The SQL of a node in a manifest; undefined where it has none. */
export const compiledCode = (node: ManifestNode | undefined): string | undefined =>
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
      if (isRefable(node.resource_type))
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
