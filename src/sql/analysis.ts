import { type Diagnostic, nearest } from '../core/index.ts';
import { notUnderstood, unknownTable } from './diagnostics.ts';
import { type DialectName, dialectOf, fold } from './dialect.ts';
import { evaluate } from './expressions.ts';
import { parseStatements } from './parser.ts';
import type { EdgeKind, Provenance } from './provenance.ts';
import { relationOf } from './queries.ts';
import { printOf, type QueryPrint } from './query-print.ts';
import { type KnownTable, Relation, tableRelation } from './relation.ts';
import type { Run, Tables } from './run.ts';
import { Ctes } from './scope.ts';
import { type CodePoints, type Data, dataOf, kindOf, type Node, nodeAt } from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import { typeSystemOf, withFacts } from './types/type-systems.ts';
import { textOf } from './types/written-type.ts';
import { WordPlaces } from './word-places.ts';

/** A query to analyse. */
export interface AnalysisRequest {
  readonly sql: string;
  readonly dialect: DialectName;
  readonly tables: readonly NamedTable[];
  /** Whether `tables` has all tables there are: then any other is a mistake. */
  readonly isComplete?: boolean;
  /** What is known of the warehouse. */
  readonly facts?: WarehouseFacts | undefined;
  /** Whether to say what the columns are made of, for a comparison with another query. */
  readonly isPrinted?: boolean;
}

/** What is known of a warehouse, as far as the meaning of SQL depends on it. */
export interface WarehouseFacts {
  /** Schemas in which a table is looked for that is named without one; undefined where it may be any. */
  readonly searchPath?: readonly string[];
  /** Whether it casts what it is given to whatever is wanted: then no types do not go together. */
  readonly castsAll?: boolean;
  /** Functions and types that somebody made, which may have the name of one that is known. */
  readonly ownNames?: readonly string[];
}

/** A table with the name that SQL calls it by. */
export interface NamedTable extends KnownTable {
  /** Database, schema and identifier; from the right as far as they are known. */
  readonly name: readonly string[];
  /** True of an ephemeral model: the query has it as a CTE, which is not looked into. */
  readonly isCte?: boolean;
}

/** One column that a query gives. */
export interface OutputColumn {
  /** Null where the query does not name it. */
  readonly name: string | null;
  readonly type: string | null;
  readonly edges: readonly ColumnEdge[];
  /** Why not all of its edges are known. */
  readonly unknown?: string;
  /** Where it stands in the SQL, in UTF-16 units. */
  readonly span?: { readonly start: number; readonly end: number };
}

/** A column that another comes from, or is under the influence of. */
export interface ColumnEdge {
  readonly table: string;
  readonly column: string;
  readonly kinds: readonly EdgeKind[];
}

/** What is known of a query. Places of diagnostics count in its SQL, their file is empty. */
export interface QueryAnalysis {
  readonly columns: readonly OutputColumn[];
  /** Why there may be further columns; empty where all are known. */
  readonly rest: readonly string[];
  /** Columns that decide which rows there are. */
  readonly effects: readonly ColumnEdge[];
  /** Keys of the tables that are read. */
  readonly tables: readonly string[];
  readonly problems: readonly Diagnostic[];
  /** What the columns are made of, where that was asked for. */
  readonly print?: QueryPrint;
}

const NOT_UNDERSTOOD: Omit<QueryAnalysis, 'problems' | 'rest'> = { columns: [], effects: [], tables: [] };

/** Analyses one query. Synchronous, and may take long: it is called inside of worker threads. */
export function analyseQuery(request: AnalysisRequest): QueryAnalysis {
  const { sql, dialect, tables, isComplete, isPrinted, facts = {} } = request;
  const parsed = parseStatements(sql, dialect);
  const offsets = utf16Offsets(sql);
  const place = (span: CodePoints | undefined | null) =>
    span ? { at: { file: '', start: offsets(span.start), end: offsets(span.end) } } : {};
  if ('reason' in parsed) {
    const { reason, span } = parsed;
    return { ...NOT_UNDERSTOOD, rest: [reason], problems: [notUnderstood({ reason }, place(span))] };
  }
  const query = parsed.statements.map(queryIn).find((node) => node !== undefined);
  if (!query) {
    const reason = 'there is no query in it';
    return { ...NOT_UNDERSTOOD, rest: [reason], problems: [] };
  }
  const types = withFacts(typeSystemOf(dialect), facts);
  const stored = (type: DataType | null): string | null => textOf(type && types.asStored(type));
  const problems = new Map<string, Diagnostic>();
  const ownNames = new Set(facts.ownNames);
  const words = new WordPlaces(sql, offsets);
  const known = new TableNames(tables, facts.searchPath);
  const relations = new Map<string, Relation>();
  const runWith = (report: Run['report']): Run => {
    const run: Run = {
      dialect: dialectOf(dialect),
      types,
      tables: known,
      ownNames,
      query: (node, ctes, outer) => relationOf(run, node, ctes, outer),
      value: (node, scope) => evaluate(run, node, scope),
      base: (parts, span, ctes) => {
        const found = known.find(parts);
        const table = found ?? { key: parts.join('.') };
        if (!found && isComplete) {
          const last = parts.at(-1)!;
          const names = [...ctes.names(), ...known.names()].filter((one) => fold(one) !== fold(last));
          run.report(unknownTable({ name: parts.join('.'), near: nearest(last, names) }, place(span)));
        }
        let relation = relations.get(table.key);
        if (!relation) {
          relation = tableRelation(table, types);
          // Of a table that is nowhere nothing more is said.
          if (!found && isComplete) relation = new Relation([], { rest: relation.rest });
          relations.set(table.key, relation);
        }
        return relation;
      },
      report,
      reporting: runWith,
      place,
      placeOfName: (kind, name, near) => {
        const found = words[kind](name, near);
        return found ? { at: { file: '', ...found } } : place(near);
      },
    };
    return run;
  };
  const run = runWith((problem) => {
    const { at } = problem;
    problems.set(`${problem.code} ${at?.start} ${at?.end} ${problem.message}`, problem);
  });
  const relation = run.query(query, new Ctes());
  return {
    columns: relation.columns.map(({ name, type, provenance, unknown, span }) => ({
      name,
      type: stored(type),
      edges: edgesOf(provenance),
      ...(unknown === undefined ? {} : { unknown }),
      ...(span ? { span: { start: offsets(span.start), end: offsets(span.end) } } : {}),
    })),
    rest: [...new Set(relation.rest.map(({ reason }) => reason))],
    effects: edgesOf(relation.effects),
    tables: [...relations.keys()],
    problems: [...problems.values()],
    ...(isPrinted ? { print: printOf(query, run.dialect, known) } : {}),
  };
}

const edgesOf = (provenance: Provenance): ColumnEdge[] =>
  [...provenance.edges()].map(([{ table, column }, kinds]) => ({ table, column, kinds }));

/** The query of a statement: of INSERT and CREATE what is inserted. */
function queryIn(node: Node): Node | undefined {
  const data = dataOf(node);
  switch (kindOf(node)) {
    case 'select':
    case 'union':
    case 'intersect':
    case 'except':
    case 'values':
    case 'pivot':
    case 'unpivot':
    case 'pipe':
      return node;
    case 'subquery':
    case 'paren':
      return node;
    case 'insert':
    case 'create_table':
    case 'create_view': {
      const inner = nodeAt(data, 'query') ?? nodeAt(data, 'as_select');
      return inner && withOuterCtes(inner, data);
    }
    default:
      return undefined;
  }
}

/** `WITH … INSERT INTO … SELECT`: the CTEs stand before the statement. */
function withOuterCtes(query: Node, { with: clause }: Data): Node {
  const data = dataOf(query);
  return clause && !data.with ? { [kindOf(query)]: { ...data, with: clause } } : query;
}

/** Tables by their names, of which any number of first parts may be left out. */
class TableNames implements Tables {
  readonly #byName = new Map<string, KnownTable>();
  readonly #ctes = new Map<string, KnownTable>();
  readonly #names: string[] = [];

  constructor(tables: readonly NamedTable[], searchPath: readonly string[] | undefined) {
    const isReached = (schema: string | undefined): boolean =>
      schema === undefined || !searchPath || searchPath.some((one) => fold(one) === schema);
    for (const table of tables) {
      if (table.isCte) {
        this.#ctes.set(fold(table.name.at(-1)!), table);
        continue;
      }
      const parts = table.name.map(fold);
      this.#names.push(table.name.at(-1) ?? '');
      const bare = isReached(parts.at(-2)) ? parts.length : parts.length - 1;
      for (let from = 0; from < bare; from++) {
        const key = parts.slice(from).join('\u0000');
        if (!this.#byName.has(key)) this.#byName.set(key, table);
      }
    }
  }

  find(parts: readonly string[]): KnownTable | undefined {
    return this.#byName.get(parts.map(fold).join('\u0000'));
  }

  cte(name: string): KnownTable | undefined {
    return this.#ctes.get(fold(name));
  }

  names(): Iterable<string> {
    return this.#names;
  }
}

/** From offsets in code points to offsets in UTF-16 units. */
function utf16Offsets(text: string): (codePoint: number) => number {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return (offset) => offset;
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    offsets.push(at);
    at += character.length;
  }
  return (offset) => offsets[offset] ?? at;
}
