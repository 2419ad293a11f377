import type { ModelNode, UnitTestInput, UnitTestNode } from '../artifacts/index.ts';
import { type AdapterHost, RelationValue, TableValue } from '../builtins/index.ts';
import {
  type Compiler,
  nodeScope,
  type RenderedNode,
  relationOf,
  type ScopeOptions,
  unitNode,
  type Workbench,
} from '../compile/index.ts';
import { DiagnosticError, nearest } from '../core/index.ts';
import { callSteps, drive, fromPlain, str, type Value } from '../jinja/index.ts';
import { badUnitTestInput } from './diagnostics.ts';
import { materialize } from './materialize.ts';
import type { NodeStatus } from './node-result.ts';

/** What a unit test came to. */
export interface UnitTestOutcome {
  readonly status: NodeStatus;
  readonly failures: number;
  readonly message: string | null;
}

/** A unit test whose model has been compiled to read the rows that the test gives. */
export interface CompiledUnitTest {
  readonly test: UnitTestNode;
  readonly node: ReturnType<typeof unitNode>;
  readonly options: Pick<ScopeOptions, 'vars' | 'envVars'>;
}

/** An input of a unit test: which node it stands for, under which name its rows are put into the SQL. */
interface Input {
  readonly id: string;
  readonly cte: string;
  readonly given: UnitTestInput;
  readonly relation: RelationValue;
  readonly node: RenderedNode;
}

const INPUT =
  /^\s*(?:(ref)\(\s*['"]([^'"]+)['"](?:\s*,\s*['"]([^'"]+)['"])?(?:\s*,\s*v(?:ersion)?\s*=\s*['"]?([^'")\s]+)['"]?)?\s*\)|(source)\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*\)|(this))\s*$/;

/** Compiles a model's query to read the rows of a unit test. */
export async function compileUnitTest(
  bench: Workbench,
  compiler: Compiler,
  test: UnitTestNode,
  host: AdapterHost,
): Promise<CompiledUnitTest> {
  const model = bench.manifest.nodes[test.depends_on.nodes[0]!] as ModelNode;
  const inputs = test.given.map((given) => inputOf(bench, test, model, given));
  const byId = new Map(inputs.map((input) => [input.id, input]));
  const options: ScopeOptions = {
    vars: test.overrides?.vars,
    envVars: test.overrides?.env_vars,
    macros: macroOverrides(test),
    replaced: (id) => {
      const input = byId.get(id);
      return (
        input && new RelationValue(bench.adapter.dialect, { identifier: input.cte, type: 'cte' }, { identifier: false })
      );
    },
  };
  const ctes: { name: string; sql: string }[] = [];
  for (const input of inputs) ctes.push({ name: input.cte, sql: await fixtureSql(bench, input, host) });
  const compiled = await compiler.compile(model, host, { ...options, ctes });
  // What the test puts in the place of a macro is meant for the model, not for the macros that run the test.
  const { vars, envVars } = options;
  return { test, node: unitNode(model, test, compiled.sql), options: { vars, envVars } };
}

/** Runs a compiled unit test, and compares. */
export async function runUnitTest(
  bench: Workbench,
  { test, node, options }: CompiledUnitTest,
  host: AdapterHost,
): Promise<UnitTestOutcome> {
  const main = await materialize(bench, node, host, options);
  const { difference, rows } = compare(main.table, test);
  if (!difference) return { status: 'pass', failures: 0, message: null };
  return { status: 'fail', failures: Math.max(rows, 1), message: difference };
}

function macroOverrides(test: UnitTestNode): ReadonlyMap<string, Value> {
  return new Map(
    Object.entries(test.overrides?.macros ?? {}).map(([name, value]): [string, Value] => [name, fromPlain(value)]),
  );
}

function inputOf(bench: Workbench, test: UnitTestNode, model: ModelNode, given: UnitTestInput): Input {
  const match = INPUT.exec(given.input);
  const [, ref, first, second, version = null, source, sourceName, table, self] = match ?? [];
  const fail = (near?: string): never => {
    throw new DiagnosticError(badUnitTestInput({ test: test.name, input: given.input, near }));
  };
  if (self) return nodeInput(bench, model.unique_id, model as never, given);
  if (ref) {
    const [pkg, name] = second === undefined ? [null, first!] : [first!, second];
    const id = bench.resolver.ref({ name, package: pkg, version }, test.package_name);
    if (id === undefined) return fail(nearest(name, bench.resolver.names()));
    return nodeInput(bench, id, bench.manifest.nodes[id] as never, given);
  }
  if (source) {
    const id = bench.resolver.source(sourceName!, table!, test.package_name);
    if (id === undefined) return fail(nearest(`${sourceName}.${table}`, bench.resolver.sourceNames()));
    const found = bench.manifest.sources[id]!;
    const relation = new RelationValue(bench.adapter.dialect, found, { ...bench.quoting });
    const node = {
      ...found,
      alias: found.identifier,
      depends_on: { macros: [], nodes: [] },
    } as unknown as RenderedNode;
    return { id, cte: `__dbt__cte__${found.source_name}__${found.name}`, given, relation, node };
  }
  return fail();
}

function nodeInput(bench: Workbench, id: string, node: RenderedNode, given: UnitTestInput): Input {
  return { id, cte: `__dbt__cte__${node.name}`, given, relation: relationOf(bench, node as never), node };
}

/** The SQL of an input's rows. Types come from the relation that the input stands for. */
async function fixtureSql(bench: Workbench, input: Input, host: AdapterHost): Promise<string> {
  const { given } = input;
  if (given.format === 'sql') return String(given.rows);
  const { scope } = nodeScope(bench, input.node, host, { names: { this: () => input.relation } });
  const macro = scope.macros.rootMacro('get_fixture_sql');
  return str(await drive(callSteps(macro, [fromPlain(given.rows), null], null, scope)));
}

/** Compares the rows marked `actual` with those marked `expected`, in any order. */
function compare(table: Value, test: UnitTestNode): { difference: string | undefined; rows: number } {
  if (!(table instanceof TableValue)) return { difference: undefined, rows: 0 };
  const mark = table.columnNames.findIndex((name) => name.toLowerCase() === 'actual_or_expected');
  const columns = table.columnNames.filter((_, i) => i !== mark);
  const cells = (row: readonly Value[]): string[] =>
    row.filter((_, i) => i !== mark).map((cell) => (cell === null ? 'NULL' : str(cell)));
  const rowsOf = (kind: string): string[][] => table.rows.filter((row) => row[mark] === kind).map(cells);
  const actual = rowsOf('actual');
  const expected = rowsOf('expected');
  const left = new Map<string, number>();
  const keyOf = (row: readonly string[]): string => JSON.stringify(row);
  for (const row of expected) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1);
  const extra: string[][] = [];
  for (const row of actual) {
    const count = left.get(keyOf(row)) ?? 0;
    if (count > 0) left.set(keyOf(row), count - 1);
    else extra.push(row);
  }
  const missing = expected.filter((row) => {
    const count = left.get(keyOf(row)) ?? 0;
    if (count > 0) left.set(keyOf(row), count - 1);
    return count > 0;
  });
  if (!extra.length && !missing.length) return { difference: undefined, rows: 0 };
  return { difference: renderDifference(columns, extra, missing, test), rows: Math.max(extra.length, missing.length) };
}

/** A table of what was expected and not given (`-`), and given and not expected (`+`); changed cells as `old→new`. */
function renderDifference(
  columns: readonly string[],
  extra: string[][],
  missing: string[][],
  test: UnitTestNode,
): string {
  const lines: string[][] = [['@@', ...columns]];
  const unmatched = [...missing];
  for (const row of extra) {
    const at = nearestRow(row, unmatched);
    if (at === -1) {
      lines.push(['+++', ...row]);
      continue;
    }
    const [before] = unmatched.splice(at, 1);
    lines.push(['→', ...row.map((cell, i) => (cell === before![i] ? cell : `${before![i]}→${cell}`))]);
  }
  for (const row of unmatched) lines.push(['---', ...row]);
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => [...line[i]!].length)));
  const text = lines.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  const rule = `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`;
  text.splice(1, 0, rule);
  return `actual differs from expected:\n\n${text.join('\n')}\n(${test.name}: expected→actual, +++ unexpected, --- missing)`;
}

/** The row that shares most cells with another, if it shares any. */
function nearestRow(row: readonly string[], candidates: readonly (readonly string[])[]): number {
  let best = -1;
  let most = 0;
  for (const [i, candidate] of candidates.entries()) {
    const shared = row.filter((cell, k) => cell === candidate[k]).length;
    if (shared > most) {
      most = shared;
      best = i;
    }
  }
  return best;
}
