// Types of expressions, held against what the engines themselves say. Nothing that is told may be wrong; what is not known
// may be left open. XFORM_TEST_SEED sets the expressions that are made, XFORM_TEST_EXPRESSIONS how many.
import { afterAll, describe, expect, it } from 'vitest';
import { analyseQuery } from '../../../src/sql/analysis.ts';
import { duckdb, type Engine, postgres } from './engines.ts';

const seed = Number(process.env.XFORM_TEST_SEED ?? 7);
const many = Number(process.env.XFORM_TEST_EXPRESSIONS ?? 4000);

const server = await postgres();
const engines: { name: string; engine: Engine | undefined; missing?: string }[] = [
  { name: 'duckdb', engine: await duckdb() },
  'missing' in server
    ? { name: 'postgres', engine: undefined, missing: server.missing }
    : { name: 'postgres', engine: server },
];
afterAll(async () => {
  for (const { engine } of engines) await engine?.close();
});

/** Type of the first column of a query, and whether its types are said not to go together. */
function told({ dialect, columns }: Engine, sql: string): { type: string | null; isRefused: boolean; isRead: boolean } {
  const table = { key: 't', name: ['t'], columns: Object.entries(columns).map(([name, type]) => ({ name, type })) };
  const { columns: found, problems } = analyseQuery({ sql, dialect, tables: [table] });
  const isRefused = problems.some(({ code }) => code === 'XF3012');
  return { type: found[0]?.type ?? null, isRefused, isRead: found.length === 1 };
}

/** Postgres' catalog tells numbers in brackets apart from the type. */
const bare = (dialect: string, type: string): string =>
  dialect === 'postgres' ? type.replace(/\([\d,]+\)/, '') : type;

interface Judged {
  known: number;
  open: number;
  wrong: string[];
}

async function judge(engine: Engine, queries: Iterable<string>): Promise<Judged> {
  const judged: Judged = { known: 0, open: 0, wrong: [] };
  for (const sql of queries) {
    const { type, isRefused, isRead } = told(engine, sql);
    const truth = await engine.typeOf(sql);
    if (truth === undefined) continue;
    if (isRefused) judged.wrong.push(`${sql}: is ${truth}, not refused`);
    else if (!isRead || type === null) judged.open++;
    else if (bare(engine.dialect, type) === truth) judged.known++;
    else judged.wrong.push(`${sql}: is ${truth}, not ${type}`);
  }
  return judged;
}

/** The same numbers for the same seed (a linear congruential generator, after Knuth). */
function* numbers(from: number): Generator<number> {
  for (let state = from >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const LITERALS = ['1', '0', '300', '1.5', '0.05', "'x'", "'2024-02-29'", 'null', 'true', '-1', '3000000000'];
const OPERATORS = ['+', '-', '*', '/', '%', '||', '=', '<', '>=', '<>'];

/** Expressions over the columns of `t`, made by chance. */
function* expressions({ columns, functions, dialect }: Engine, count: number): Generator<string> {
  const random = numbers(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next().value! * all.length)]!;
  const names = Object.keys(columns);
  const casts = Object.values(columns).filter((type) => !/STRUCT|\[\]/.test(type));
  const common = [
    'sum',
    'avg',
    'min',
    'max',
    'count',
    'round',
    'abs',
    'lower',
    'length',
    'coalesce',
    'nullif',
    'greatest',
  ];
  const one = (depth: number): string => {
    if (depth === 0) return random.next().value! < 0.7 ? pick(names) : pick(LITERALS);
    const inner = () => one(random.next().value! < 0.6 ? 0 : depth - 1);
    switch (Math.floor(random.next().value! * 8)) {
      case 0:
        return `cast(${inner()} as ${pick(casts)})`;
      case 1:
        return `case when ${pick(names)} is null then ${inner()} else ${inner()} end`;
      case 2:
        return `coalesce(${inner()}, ${inner()})`;
      case 3:
        return `${pick(common)}(${inner()})`;
      case 4:
        return `(${inner()} between ${inner()} and ${inner()})`;
      case 5: {
        const args = Array.from({ length: Math.floor(random.next().value! * 4) }, inner);
        return `${pick(functions)}(${args.join(', ')})`;
      }
      default:
        return `(${inner()} ${pick(dialect === 'duckdb' ? [...OPERATORS, '**', '&'] : [...OPERATORS, '~', '->>'])} ${inner()})`;
    }
  };
  for (let i = 0; i < count; i++) yield one(1 + (i % 2));
}

describe.each(engines)('types in $name', ({ name, engine, missing }) => {
  const test = it.skipIf(missing !== undefined);
  if (missing !== undefined) console.log(`types in ${name} are not tested: ${missing}`);

  test('of expressions made by chance none is wrong', { timeout: 300_000 }, async () => {
    const made = [...expressions(engine!, many)].map((expression) => `select ${expression} as x from t`);
    const { wrong, known, open } = await judge(engine!, made);
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(open);
  });

  test('of functions with one argument of each kind none is wrong', { timeout: 300_000 }, async () => {
    const args = [...Object.keys(engine!.columns), ...LITERALS];
    const every = engine!.functions.flatMap((call, i) =>
      args.filter((_, j) => (i + j) % 7 === seed % 7).map((arg) => `select ${call}(${arg}) as x from t`),
    );
    const { wrong } = await judge(engine!, every);
    expect(wrong).toEqual([]);
  });

  test('of two sides of a union none is wrong', { timeout: 60_000 }, async () => {
    const args = [...Object.keys(engine!.columns), 'null', '1', '1.5'];
    const pairs = args.flatMap((a) => args.map((b) => `select ${a} as x from t union all select ${b} from t`));
    const { wrong, known, open } = await judge(engine!, pairs);
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(open);
  });
});

describe('types through queries', () => {
  const { engine } = engines[0]!;
  it.each([
    ['with a as (select n * 2 as x from t) select sum(x) as y from a', 'DECIMAL(38,2)'],
    ['select row_number() over (order by i) as r from t', 'BIGINT'],
    ['select lag(dt) over (order by i) as r from t', 'DATE'],
    ['select x from (select st.b as x from t)', 'VARCHAR'],
    ['select li[1] as x from t', 'INTEGER'],
    ["select {'a': i, 'b': s} as x from t", 'STRUCT(a INTEGER, b VARCHAR)'],
    ['select (select max(dt) from t) as x', 'DATE'],
    ["select date_trunc('month', dt) as x from t", 'TIMESTAMP'],
    ['select extract(epoch from ts) as x from t', 'DOUBLE'],
    ['select t1.i as x from t as t1 left join t as t2 using (i)', 'INTEGER'],
    ['select count(*) filter (where b) as x from t', 'BIGINT'],
    ['select percentile_cont(0.5) within group (order by i) as x from t', 'DOUBLE'],
    ['select null as x', 'INTEGER'],
    ["select 'a' as x", 'VARCHAR'],
    ['select * exclude (ti, si) from t', 'INTEGER'],
    ['select x from (values (1, 2.5), (3000000000, 1)) as v(x, y)', 'BIGINT'],
  ])('%s', async (sql, type) => {
    expect(told(engine!, sql).type ?? (await engine!.typeOf(sql))).toBe(type);
    expect(await engine!.typeOf(sql)).toBe(type);
  });
});
