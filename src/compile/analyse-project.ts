import type { CompiledFields, Manifest, ManifestNode, SourceNode } from '../artifacts/index.ts';
import type { Diagnostic, Span } from '../core/index.ts';
import type {
  Analyst,
  ColumnEdge,
  DialectName,
  KnownColumn,
  NamedTable,
  OutputColumn,
  QueryPrint,
  WarehouseFacts,
} from '../sql/index.ts';
import type { CompiledSql } from './compile-node.ts';
import { ephemeralName } from './node-scope.ts';
import { snapshotColumns } from './snapshot-columns.ts';

/** What is known of the columns of one node. Tables of edges are unique ids of nodes and sources, or names as written. */
export interface AnalysedNode {
  readonly uniqueId: string;
  readonly columns: readonly OutputColumn[];
  /** Why there may be further columns; empty where all are known. */
  readonly rest: readonly string[];
  /** Columns that decide which rows there are. */
  readonly effects: readonly ColumnEdge[];
  /** What is wrong with the SQL, at the places in the user's files where it was written. */
  readonly problems: readonly Diagnostic[];
  /** What its columns are made of, where that was asked for and the SQL was understood. */
  readonly print?: QueryPrint | undefined;
}

/** What the analysis of a project needs. */
export interface ProjectToAnalyse {
  readonly manifest: Manifest;
  readonly dialect: DialectName;
  readonly analyst: Analyst;
  /** The SQL of a node, or what is wrong with it; what is known of its parents may be asked. */
  readonly compile: (
    node: SqlNode,
    known: ReadonlyMap<string, AnalysedNode>,
  ) => Promise<CompiledSql | { readonly problems: readonly Diagnostic[] }>;
  /** The columns of a seed, as they will be loaded; none where its file cannot be read. */
  readonly seedColumns: (node: ManifestNode) => readonly KnownColumn[];
  /** What is known already of nodes that are not to be looked at again. */
  readonly given?: ((id: string) => AnalysedNode | undefined) | undefined;
  /** Columns of a source, where the warehouse was asked before. */
  readonly sourceColumns: (id: string) => readonly KnownColumn[] | undefined;
  /** What is known of the warehouse. */
  readonly facts?: WarehouseFacts | undefined;
  /** Whether to say what columns are made of. */
  readonly isPrinted?: boolean | undefined;
}

/** Nodes that have SQL. */
export type SqlNode = Extract<ManifestNode, CompiledFields>;

/** Analyses nodes and all that they stand on, each after its parents and once. */
export class ProjectAnalysis {
  /** What is known so far, parents before those that stand on them. */
  readonly finished = new Map<string, AnalysedNode>();
  readonly #project: ProjectToAnalyse;
  readonly #begun = new Map<string, Promise<AnalysedNode | undefined>>();
  readonly #identifiers: ReadonlySet<string>;
  /** Sources and seeds by their names in the warehouse: templates may name them without asking for them. */
  readonly #roots: ReadonlyMap<string, string>;

  constructor(project: ProjectToAnalyse) {
    this.#project = project;
    const { nodes, sources } = project.manifest;
    const { searchPath } = project.facts ?? {};
    const isReached = ({ schema }: { readonly schema: string | null }): boolean =>
      !searchPath || searchPath.some((one) => one.toLowerCase() === schema?.toLowerCase());
    this.#identifiers = new Set([
      ...Object.values(nodes)
        .filter(isReached)
        .map((node) => node.alias.toLowerCase()),
      ...Object.values(sources)
        .filter(isReached)
        .map((source) => source.identifier.toLowerCase()),
    ]);
    const seeds = Object.values(nodes).filter(({ resource_type }) => resource_type === 'seed');
    this.#roots = new Map([
      ...seeds.map((seed) => [nameOf(seed.database, seed.schema, seed.alias), seed.unique_id] as const),
      ...Object.values(sources).map(
        (one) => [nameOf(one.database, one.schema, one.identifier), one.unique_id] as const,
      ),
    ]);
  }

  async nodes(ids: Iterable<string>): Promise<ReadonlyMap<string, AnalysedNode>> {
    await Promise.all([...ids].map((id) => this.node(id)));
    return this.finished;
  }

  /** The analysis of a node; undefined for what has no columns. */
  node(id: string): Promise<AnalysedNode | undefined> {
    let begun = this.#begun.get(id);
    if (!begun) {
      begun = this.#analyse(id);
      this.#begun.set(id, begun);
    }
    return begun;
  }

  async #analyse(id: string): Promise<AnalysedNode | undefined> {
    const { manifest, compile, given } = this.#project;
    const node = manifest.nodes[id];
    if (!node || node.resource_type === 'operation') return undefined;
    const kept = given?.(id);
    if (kept) return this.#keep(kept);
    if (node.resource_type === 'seed') return this.#keep(seedAnalysis(node, this.#project.seedColumns(node)));
    const parents = 'nodes' in node.depends_on ? node.depends_on.nodes : [];
    // Parents first: what they give is what this one reads.
    await Promise.all(parents.map((parent) => this.node(parent)));
    const compiled = await compile(node as SqlNode, this.finished);
    if ('sql' in compiled) return this.compiled(compiled);
    const [reason = 'it could not be compiled'] = compiled.problems.map(({ message }) => message);
    return this.#keep({ ...blank(id), rest: [reason], problems: compiled.problems });
  }

  /** Analyses a node by its SQL, with what is known of its parents. */
  async compiled(compiled: CompiledSql): Promise<AnalysedNode> {
    const { manifest, analyst, dialect, isPrinted, facts } = this.#project;
    const { node } = compiled;
    const parents = 'nodes' in node.depends_on ? node.depends_on.nodes : [];
    const sql = withBareFunctions(compiled.sql, manifest, parents);
    const ask = (ids: readonly string[]) => {
      const request = { sql, dialect, tables: this.#tablesFor(ids), isComplete: true, facts };
      return analyst.analyse(isPrinted ? { ...request, isPrinted } : request);
    };
    let found = await ask(parents);
    const others = found.tables.flatMap((name) => this.#roots.get(name.toLowerCase()) ?? []);
    if (others.length) {
      await Promise.all(others.map((id) => this.node(id)));
      found = await ask([...parents, ...others]);
    }
    const problems = found.problems
      .filter((problem) => !this.#isElsewhere(problem))
      .map((problem) => placed(problem, compiled));
    const columns =
      node.resource_type === 'snapshot'
        ? [...found.columns, ...snapshotColumns(node, found.columns, dialect, manifest)]
        : found.columns;
    const { rest, effects, print } = found;
    return this.#keep({ uniqueId: node.unique_id, columns, rest, effects, problems, ...(print ? { print } : {}) });
  }

  #keep(node: AnalysedNode): AnalysedNode {
    this.finished.set(node.uniqueId, node);
    return node;
  }

  /** A table that the query names without `ref`: there, or not for xform to judge. */
  #isElsewhere({ code, data }: Diagnostic): boolean {
    const name = String(data.name).toLowerCase();
    return code === 'XF3006' && (/[./\\]/.test(name) || this.#identifiers.has(name));
  }

  #tablesFor(parents: readonly string[]): NamedTable[] {
    const tables = new Map<string, NamedTable>();
    const add = (id: string): void => {
      if (tables.has(id)) return;
      const table = this.#table(id);
      if (!table) return;
      tables.set(id, table);
      // An ephemeral model brings those it stands on along.
      const node = this.#project.manifest.nodes[id];
      if (table.isCte && node && 'nodes' in node.depends_on) for (const parent of node.depends_on.nodes) add(parent);
    };
    for (const parent of parents) add(parent);
    return [...tables.values()];
  }

  #table(id: string): NamedTable | undefined {
    const { manifest, sourceColumns } = this.#project;
    const source = manifest.sources[id];
    if (source) return sourceTable(source, sourceColumns(id));
    const node = manifest.nodes[id];
    if (!node) return undefined;
    const known = this.finished.get(id);
    const isOpen = !known || known.rest.length > 0 || known.columns.some(({ name }) => name === null);
    const columns = isOpen ? undefined : known.columns.map(({ name, type }) => ({ name: name!, type }));
    const reason = known?.rest[0] ?? `the columns of ${node.name} are not known`;
    const isCte = node.config.materialized === 'ephemeral';
    const name = isCte ? [ephemeralName(node.alias)] : nameParts(node.database, node.schema, node.alias);
    return { key: id, name, columns, reason, isCte };
  }
}

/** Functions by their names alone, which a parser of SQL can read: it takes a full one for columns. Places stay. */
function withBareFunctions(sql: string, { functions }: Manifest, parents: readonly string[]): string {
  let bare = sql;
  for (const id of parents) {
    const { relation_name: full, alias } = functions[id] ?? {};
    if (full && alias) bare = bare.replaceAll(full, alias.replace(/\W/g, '_').padEnd(full.length));
  }
  return bare;
}

const blank = (uniqueId: string): AnalysedNode => ({ uniqueId, columns: [], rest: [], effects: [], problems: [] });

const nameParts = (...parts: (string | null)[]): string[] =>
  parts.filter((part) => part !== null && part !== '') as string[];

const nameOf = (...parts: (string | null)[]): string =>
  nameParts(...parts)
    .join('.')
    .toLowerCase();

/** Sources may have more columns than a properties file describes: only the warehouse knows them all. */
function sourceTable(source: SourceNode, columns: readonly KnownColumn[] | undefined): NamedTable {
  const described = Object.values(source.columns).map(({ name, data_type }) => ({ name, type: data_type ?? null }));
  return {
    key: source.unique_id,
    name: nameParts(source.database, source.schema, source.identifier),
    columns,
    ...(columns ? {} : { described }),
    reason: `the columns of source ${source.source_name}.${source.name} are not known`,
  };
}

function seedAnalysis(node: ManifestNode, known: readonly KnownColumn[]): AnalysedNode {
  const columns = known.map((column) => ({ ...column, edges: [] }));
  return { ...blank(node.unique_id), columns, rest: known.length ? [] : ['the columns of the seed are not known'] };
}

/** A problem at the place in the template that the SQL came from. */
function placed(problem: Diagnostic, { locate, node }: CompiledSql): Diagnostic {
  const { at } = problem;
  const whole = { file: node.original_file_path, start: 0, end: 0 };
  if (!at) return { ...problem, at: whole };
  const start = locate(at.start);
  const end = locate(Math.max(at.start, at.end - 1));
  if (!start) return { ...problem, at: whole };
  const isTogether = end && end.file === start.file && end.end >= start.start;
  const span: Span = { ...start, end: isTogether ? Math.max(end.end, start.start + 1) : start.end };
  return { ...problem, at: { ...span, rendered: { start: at.start, end: at.end } } };
}
