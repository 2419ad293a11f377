import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryResult } from '../adapter/index.ts';
import { type AdapterHost, RelationValue, SeedTable } from '../builtins/index.ts';
import type { Workbench } from '../compile/index.ts';
import { type Csv, type Diagnostic, DiagnosticError, emit, parseCsv, type Span } from '../core/index.ts';
import { PyError, toPlain, type Value } from '../jinja/index.ts';
import type { Connection, ExecuteOptions } from './connection.ts';
import { badDelimiter, badSeed } from './diagnostics.ts';
import { printEvent } from './output-events.ts';
import { queryCommenter } from './query-comment.ts';

/** A seed as its file and configuration describe it. */
export interface SeedFacts {
  readonly name: string;
  readonly original_file_path: string;
  readonly root_path: string | null;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Jinja's `adapter` on one node's connection. */
export function adapterHost(bench: Workbench, connection: Connection): AdapterHost {
  const { adapter, credentials } = bench;
  const commented = queryCommenter(bench, connection.name, () => host);
  const host: AdapterHost = {
    type: adapter.type,
    dialect: adapter.dialect,
    database: credentials.database,
    strategies: adapter.capabilities.incrementalStrategies,
    credentials,
    behavior: bench.behavior,
    session: () => connection.session(),
    cache: bench.relations,
    quoting: bench.quoting,
    thread: connection.thread,
    print: (text) => emit(bench.invocation, printEvent(text)),
    execute: (sql: string, options: ExecuteOptions): Promise<QueryResult> =>
      connection.execute(commented(sql), options),
    commit: () => connection.commit(),
    begin: () => connection.begin(),
    loadSeed: (model, table) => loadSeed(bench, connection, model, table),
  };
  return host;
}

/** Reads a seed's file; its columns alone where it is to be empty. Throws DiagnosticError for what is no table. */
export function readSeed(seed: SeedFacts, isEmpty = false): SeedTable {
  const text = seedText(seed);
  const delimiter = String(seed.config.delimiter ?? ',');
  if ([...delimiter].length !== 1) throw new DiagnosticError(badDelimiter({ seed: seed.name, delimiter }));
  const csv: Csv = parseCsv(text, delimiter);
  if (csv.problem) {
    const { line, reason } = csv.problem;
    const at = lineSpan(text, seed.original_file_path, line);
    throw new DiagnosticError(badSeed({ path: seed.original_file_path, line, reason }, { at }));
  }
  return new SeedTable(csv, new Set(Object.keys((seed.config.column_types ?? {}) as object)), isEmpty);
}

const seedText = (seed: SeedFacts): string => readFileSync(join(seed.root_path ?? '', seed.original_file_path), 'utf8');

function lineSpan(text: string, file: string, line: number): Span {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  return { file, start, end: end === -1 ? text.length : end };
}

async function loadSeed(bench: Workbench, connection: Connection, model: Value, table: Value): Promise<number> {
  if (!(table instanceof SeedTable))
    throw new PyError('TypeError', 'bulk_load_seed() takes the table of load_agate_table()');
  const node = toPlain(model) as unknown as SeedFacts & { database: string; schema: string; alias: string };
  const types = (node.config.column_types ?? {}) as Record<string, string>;
  const { dialect } = bench.adapter;
  const relation = new RelationValue(dialect, { database: node.database, schema: node.schema, identifier: node.alias });
  const rows = {
    relation: relation.relation,
    columns: table.csv.header.map((name, i) => ({
      name,
      dataType: types[name] ?? table.seedType(dialect, i),
    })),
    rows: table.csv.rows.map((row) => row.map((cell) => (cell === '' ? null : cell))),
  };
  try {
    return await connection.load(rows);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    throw new DiagnosticError(...error.diagnostics.map((problem) => inSeed(problem, node, table)));
  }
}

/** A problem with a row of a seed, at its line in the file. */
function inSeed(problem: Diagnostic, seed: SeedFacts, table: SeedTable): Diagnostic {
  const { row } = problem.data as { row?: number };
  const line = row === undefined ? undefined : table.csv.lines[row - 1];
  return line === undefined ? problem : { ...problem, at: lineSpan(seedText(seed), seed.original_file_path, line) };
}
