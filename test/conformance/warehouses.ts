import type { Adapter, Cell } from '../../src/adapter/index.ts';
import { loadAdapter } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { type PostgresServer, postgresServer } from '../../src/testing/index.ts';
import { TemporaryProject } from '../e2e/temporary-project.ts';

/** A warehouse that the suite runs on. */
export interface Subject {
  readonly name: string;
  readonly adapter: Adapter;
  /** Why it cannot be tested here. */
  readonly missing?: string;
  /** The output of a profile, in a schema of its own. */
  output(schema: string): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Every warehouse with an adapter whose engine may be had on a developer's machine. */
export async function subjects(): Promise<readonly Subject[]> {
  const duckdb: Subject = {
    name: 'duckdb',
    adapter: (await loadAdapter('duckdb'))!,
    output: (schema) => ({ type: 'duckdb', path: 'conformance.duckdb', schema, threads: 4 }),
    stop: async () => {},
  };
  return [duckdb, await postgres()];
}

async function postgres(): Promise<Subject> {
  const name = 'postgres';
  const adapter = (await loadAdapter(name))!;
  const server = await postgresServer();
  if ('missing' in server) {
    console.log(`Not run on Postgres: ${server.missing}`);
    return { name, adapter, missing: server.missing, output: () => ({}), stop: async () => {} };
  }
  const { host, port, user, password, database }: PostgresServer = server;
  const output = (schema: string) => ({ type: name, host, port, user, password, dbname: database, schema, threads: 4 });
  return { name, adapter, output, stop: () => server.stop() };
}

let made = 0;

/** A project on a warehouse, in a schema that nobody else uses. */
export class ConformanceProject extends TemporaryProject {
  readonly schema: string;
  readonly #subject: Subject;

  constructor(subject: Subject, files: Readonly<Record<string, string>>, threads = 4) {
    const schema = `xform_c${process.pid}_${++made}`;
    const profiles = JSON.stringify({
      shop: { target: 'dev', outputs: { dev: { ...subject.output(schema), threads } } },
    });
    super({ 'profiles.yml': profiles, ...files });
    this.schema = schema;
    this.#subject = subject;
  }

  /** Rows of a query as lines of text, sorted; `{schema}` stands for the project's. */
  async lines(sql: string): Promise<string[]> {
    const { adapter } = this.#subject;
    const read = adapter.credentials(this.#subject.output(this.schema), this.folder);
    if ('problems' in read) throw new DiagnosticError(...read.problems);
    const warehouse = await adapter.open(read.credentials);
    try {
      const session = await warehouse.session('conformance');
      const { rows } = await session.execute(sql.replaceAll('{schema}', this.schema));
      return rows.map((row) => row.map(textOf).join('|')).sort();
    } finally {
      await warehouse.close();
    }
  }

  /** Name and kind of every relation of the schema. */
  relations(): Promise<string[]> {
    return this.lines("select table_name, table_type from information_schema.tables where table_schema = '{schema}'");
  }
}

/** A value as text that is the same on every warehouse. */
function textOf(cell: Cell): string {
  if (cell === null) return '-';
  if (typeof cell !== 'object') return String(cell);
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex');
  if ('decimal' in cell) return String(Number(cell.decimal));
  if ('float' in cell) return String(cell.float);
  if ('timestamp' in cell) return cell.timestamp;
  return 'date' in cell ? cell.date : 'time' in cell ? cell.time : cell.json;
}
