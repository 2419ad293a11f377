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

function analyse({ dialect, columns }: Engine, sql: string) {
  const table = { key: 't', name: ['t'], columns: Object.entries(columns).map(([name, type]) => ({ name, type })) };
  return analyseQuery({ sql, dialect, tables: [table] });
}

/** Type of the first column of a query, and whether its types are said not to go together. */
function told(engine: Engine, sql: string): { type: string | null; isRefused: boolean; isRead: boolean } {
  const { columns: found, problems } = analyse(engine, sql);
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
    const truth = (await engine.columnsOf(sql))?.[0]?.type;
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

/** Values of values: what is made of some others, the second of which is the name of a column. */
type Shape = (inner: () => string, column: string) => string;
const NESTED: Readonly<Record<string, readonly Shape[]>> = {
  duckdb: [
    (inner) => `[${inner()}, ${inner()}]`,
    (inner, column) => `[x + ${inner()} for x in ${column}]`,
    (inner, column) => `list_transform(${column}, x -> x || ${inner()})`,
    (inner, column) => `list_transform([${inner()}], lambda x: coalesce(x, ${column}))`,
    (inner, column) => `list_filter(${column}, x -> x > ${inner()})`,
    (_, column) => `list_reduce(${column}, (x, y) -> greatest(x, y))`,
    (_, column) => `list_transform(lst, x -> x.name || ${column})`,
    (inner, column) => `{'a': ${inner()}, "b c": ${column}}`,
    (inner, column) => `struct_pack(x := ${inner()}, ${column})`,
    (inner) => `struct_pack(x := ${inner()}).x`,
    (inner, column) => `row(${inner()}, ${column})`,
    (inner, column) => `(${inner()}, ${column})`,
    (inner, column) => `map {${inner()}: ${column}}`,
    (inner, column) => `map([${column}], [${inner()}])`,
    (inner, column) => `map {'k': ${column}}[${inner()}]`,
    (inner, column) => `map_values(map {${inner()}: ${column}})`,
    (inner, column) => `list_append(${column}, ${inner()})`,
    (inner, column) => `${column}[1:${inner()}]`,
    (inner, column) => `${column}[${inner()}]`,
    (inner) => `list_sum([${inner()}, ${inner()}])`,
    (_, column) => `list_max(${column})`,
    (_, column) => `list_aggregate(${column}, 'avg')`,
    (_, column) => `flatten([${column}])`,
    (_, column) => `unnest(${column})`,
    (inner) => `unnest([${inner()}])`,
    (_, column) => `histogram(${column})`,
    (inner, column) => `struct_insert(st, c := ${inner()}, d := ${column})`,
    (_, column) => `(${column}).a`,
    () => 'lst[1].name',
    (inner) => `(select max(x) from unnest([${inner()}]) as u(x))`,
    (inner) => `(select min(x) from range(${inner()}, ${inner()}, interval 1 day) as u(x))`,
    (inner) => `(select sum(x) from generate_series(1, ${inner()}) as u(x))`,
  ],
  postgres: [
    (inner, column) => `array[${inner()}, ${column}]`,
    (inner, column) => `${column}[${inner()}]`,
    (_, column) => `${column}[1:2]`,
    (inner, column) => `array_append(${column}, ${inner()})`,
    (inner, column) => `${column} || array[${inner()}]`,
    (_, column) => `unnest(${column})`,
    (inner) => `unnest(array[${inner()}])`,
    (inner, column) => `jsonb_build_object('a', ${inner()}, 'b', ${column})`,
    (_, column) => `jb -> ${column}`,
    (_, column) => `jb #>> array[${column}]`,
    (inner) => `row(${inner()}, 1)`,
    (_, column) => `array_agg(${column})`,
    (_, column) => `jsonb_agg(${column})`,
    (inner) => `(select max(x) from unnest(array[${inner()}]) as x)`,
    (inner) => `(select max(x) from generate_series(1, ${inner()}) as x)`,
    () => '(select min(x) from jsonb_array_elements_text(jb) as x)',
    (inner) => `array_to_string(array[${inner()}], ',')`,
    (_, column) => `array_length(${column}, 1)`,
    (_, column) => `array(select ${column} from t)`,
  ],
};

/** Expressions over the columns of `t`, made by chance. */
function* expressions({ columns, functions, dialect }: Engine, count: number): Generator<string> {
  const random = numbers(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next().value! * all.length)]!;
  const names = Object.keys(columns);
  const casts = Object.values(columns).filter((type) => !/STRUCT|MAP|\[\]/.test(type));
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
    switch (Math.floor(random.next().value! * 10)) {
      case 8:
      case 9:
        return pick(NESTED[dialect]!)(inner, pick(names));
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

/** What functions give in FROM: all columns with their names. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  duckdb: [
    'select * from unnest([1, 2])',
    'select * from unnest([1, 2]) as u',
    "select * from unnest(['a']) as u(x)",
    'select u.*, t.i from t, unnest(ll) as u',
    'select x from t cross join lateral unnest(lst) as u(x)',
    'select x.name from t cross join unnest(lst) as u(x)',
    'select * from unnest([1]) with ordinality',
    'select * from unnest([1]) with ordinality as u(x, n)',
    'select * from range(10)',
    'select range from range(1, 10)',
    'select * from range(1, 10, 2) as r',
    'select * from generate_series(1, 10) as g(n)',
    "select * from range(date '2020-01-01', date '2020-02-01', interval 1 day) as r(d)",
    "select generate_series from generate_series(timestamptz '2020-01-01', timestamptz '2020-02-01', interval 1 day)",
    'select r.x from t, range(i) as r(x)',
    'select unnest(st) from t',
    'select unnest(st) as y, i from t',
    'select st.*, i from t',
    "select a.* from (select {'x': 1, 'y': 's'} as a)",
    'select unnest(lst).a as x from t',
    'select unnest(li) as x, unnest(ls) as y from t',
    "select * from (values ([1], {'key': 1}))",
  ],
  postgres: [
    'select * from unnest(array[1, 2])',
    'select * from unnest(array[1, 2]) as u',
    "select * from unnest(array['a']) as u(x)",
    'select u.*, t.i from t, unnest(ls) as u',
    'select x from t cross join lateral unnest(li) as u(x)',
    'select * from unnest(array[1]) with ordinality',
    'select * from unnest(array[1]) with ordinality as u(x, n)',
    'select * from unnest(array[1]) with ordinality as u',
    'select * from generate_series(1, 10)',
    'select n from generate_series(1, 10) as g(n)',
    'select g from generate_series(1::bigint, 10) as g',
    "select * from generate_series(date '2020-01-01', date '2020-02-01', interval '1 day') as d",
    "select d::date from generate_series(timestamp '2020-01-01', timestamp '2020-02-01', interval '1 day') as d",
    "select * from jsonb_array_elements('[1]'::jsonb)",
    'select e.* from t, jsonb_array_elements(t.jb) as e',
    'select e.* from t, jsonb_array_elements_text(t.jb) as e(x)',
    'select e.key, e.value from t, jsonb_each(t.jb) as e',
    'select e.* from t, json_each_text(t.j) as e',
    'select k from t, jsonb_object_keys(t.jb) as k',
    "select * from t as a, string_to_table(a.s, ',') as part",
    "select * from regexp_split_to_table('a', ',')",
    'select generate_series(1, 3) as n, unnest(li) as x from t',
  ],
};

describe.each(engines)('what functions give in FROM in $name', ({ name, engine, missing }) => {
  it.skipIf(missing !== undefined).each(TABLES[name]!)('%s', async (sql) => {
    const { columns, rest, problems } = analyse(engine!, sql);
    expect({ rest, problems }).toEqual({ rest: [], problems: [] });
    const truth = (await engine!.columnsOf(sql))!;
    const bared = columns.map((column) => ({ name: column.name, type: bare(name, column.type ?? 'unknown') }));
    expect(bared).toEqual(truth);
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
    expect(told(engine!, sql).type).toBe(type);
    expect((await engine!.columnsOf(sql))?.[0]?.type).toBe(type);
  });
});
