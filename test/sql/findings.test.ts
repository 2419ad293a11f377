import { describe, expect, it } from 'vitest';
import { analyseQuery, type NamedTable } from '../../src/sql/analysis.ts';
import type { DialectName } from '../../src/sql/index.ts';

const columns = (...names: string[]) => names.map((name) => ({ name, type: null }));
const tables: readonly NamedTable[] = [
  { key: 't', name: ['db', 'main', 't'], columns: columns('id', 'amount', 'day') },
  { key: 'u', name: ['db', 'main', 'u'], columns: columns('id', 'name') },
  { key: 'open', name: ['db', 'main', 'open_table'] },
];

/** Codes of what is found, each with the text of the place. */
function found(sql: string, dialect: DialectName = 'duckdb'): string[] {
  return analyseQuery({ sql, dialect, tables, isComplete: true }).problems.map(
    ({ code, at }) => `${code} ${at ? sql.slice(at.start, at.end) : ''}`,
  );
}

describe('mistakes that are found', () => {
  it.each([
    ['select amuont from t', 'XF3002 amuont'],
    ['select t.nme from t', 'XF3002 nme'],
    ['select x.id from t', 'XF3003 x'],
    ['select id from t join u on t.id = u.id', 'XF3004 id'],
    ['select id from t where nme = 1', 'XF3002 nme'],
    ['select id from t group by id having summ > 1', 'XF3002 summ'],
    ['select id from t order by nme', 'XF3002 nme'],
    ['with a as (select 1 as x) select y from a', 'XF3002 y'],
    ['select id, amount from t union all select id from u', 'XF3005 id from u'],
    ['select * from nowhere', 'XF3006 nowhere'],
    ['select id, sum(amount) as s from t', 'XF3008 id'],
    ['select id, day, sum(amount) as s from t group by id', 'XF3008 day'],
    ['select id + amount as x, count(*) as n from t group by id', 'XF3008 amount'],
    ['select s from (select id, sum(amount) as s from t) as q', 'XF3008 id'],
    ['select id, (select name || max(u.id) from u where u.id = t.id) as n from t', 'XF3008 name'],
    ['select q.* from t, lateral (select name, max(u.id) as n from u where u.id = t.id) as q', 'XF3008 name'],
    ['select id from t where exists (select name from u having count(*) > t.id)', 'XF3008 name'],
    ['select id, sum(amount) as s from t group by 1, 2', 'XF3011 amount'],
    ['select id from t group by 1, 2', 'XF3011 id'],
    ['with a(x, y, z) as (select 1, 2) select x from a', 'XF3009 x'],
    ['with a as (select 1 as x), a as (select 2 as x) select x from a', 'XF3010 a'],
    ['select * exclude (nme) from t', 'XF3002 nme'],
    ['select (select u.nme from u where u.id = t.id) as n from t', 'XF3002 nme'],
    ['select * from t join u using (nme)', 'XF3002 nme'],
    ['select * from t join u using (id) join t as v using (name)', 'XF3002 name'],
    ['select pwer(2, 5) as x', 'XF3013 pwer'],
    ['select rnk() over (order by id) as x from t', 'XF3013 rnk'],
    ["select 'é😀', power(coalescee(id, 0), 2) as x from t", 'XF3013 coalescee'],
    ['select cast(now() as timetsamp) as x', 'XF3014 timetsamp'],
    ['select id::vrchar as x from t', 'XF3014 vrchar'],
    ['with a as (select 1 union all select 1, 2) select * from a', 'XF3005 a'],
    ['select "é😀" as x, amuont from t -- 😀', 'XF3002 amuont'],
  ])('%s', (sql, expected) => {
    expect(found(sql)).toContain(expected);
  });

  it('a table that is named without a schema is looked for where the engine does', () => {
    const tell = (name: string, schema: string): string[] => {
      const facts = { searchPath: [schema] };
      const sql = `select id from ${name}`;
      return analyseQuery({ sql, dialect: 'duckdb', tables, isComplete: true, facts }).problems.map(({ code }) => code);
    };
    expect(tell('t', 'main')).toEqual([]);
    expect(tell('t', 'MAIN')).toEqual([]);
    expect(tell('t', 'other')).toEqual(['XF3006']);
    expect(tell('main.t', 'other')).toEqual([]);
  });

  it('functions and types that somebody made, whatever they are called', () => {
    const sql = "select pwer(2) as a, length(true, 1) as b, 'x'::vrchar as c from t";
    const tell = (ownNames: readonly string[]): string[] =>
      analyseQuery({ sql, dialect: 'duckdb', tables, facts: { ownNames } }).problems.map(({ code }) => code);
    expect(tell([])).toEqual(['XF3013', 'XF3012', 'XF3014']);
    expect(tell(['pwer', 'length', 'vrchar'])).toEqual([]);
  });

  it('a warehouse that casts whatever it is given', () => {
    const sql = "select 1 + date '2020-01-01' || year('x'::varchar) as a from t where true > 'x'::date";
    const tell = (castsAll: boolean): string[] =>
      analyseQuery({ sql, dialect: 'duckdb', tables, facts: { castsAll } }).problems.map(({ code }) => code);
    expect(tell(false)).toContain('XF3012');
    expect(tell(true)).toEqual([]);
  });

  it('columns beside an aggregate on Postgres, where the key of a table is enough for GROUP BY', () => {
    expect(found('select id, sum(amount) as s from t', 'postgres')).toEqual(['XF3008 id']);
    expect(found('select id, day, sum(amount) as s from t group by id', 'postgres')).toEqual([]);
  });

  it('a CTE that nobody reads is a hint', () => {
    const { problems } = analyseQuery({ sql: 'with a as (select 1 as x) select id from t', dialect: 'duckdb', tables });
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['XF3007', 'hint']]);
  });
});

describe('what is right is left alone', () => {
  it.each<[string, DialectName]>([
    ['select id, current_date from t', 'postgres'],
    ['select id, (select name from u where u.id = max(t.amount)) as n from t group by id', 'postgres'],
    ['select id, (select name from u order by count(t.amount) limit 1) as n from t group by id', 'duckdb'],
    ['select id, (select t.amount + max(u.id) from u) as n from t', 'duckdb'],
    ['select id, (select day || max(name) from u where u.id = t.id) as n from t', 'postgres'],
    ['select q.* from t, lateral (select u.id, max(name || t.day) as n from u group by u.id) as q', 'postgres'],
    ["select date_trunc('month', day), extract(year from day) from t", 'postgres'],
    ['select dateadd(day, 1, day), datediff(week, day, day) from t', 'snowflake'],
    ['select date_trunc(day, month), timestamp_diff(day, day, second) from t', 'bigquery'],
    ['select id, sum(amount) from t group by 1', 'postgres'],
    ['select id as key, sum(amount) as s from t group by key having s > 1', 'duckdb'],
    ['select t.id, sum(amount) from t group by id', 'duckdb'],
    ['select lower(name), count(*) from u group by lower(name)', 'snowflake'],
    ['select coalesce(id, 0) + 1 as x, count(*) from t group by coalesce(id, 0)', 'snowflake'],
    ['select id, count(*) over () as n from t', 'duckdb'],
    ['select max(id), 1 as one, current_date as d from t', 'duckdb'],
    ['select q, w.z from open_table as o, (select id as z from t) as w', 'duckdb'],
    ['select anything from open_table', 'postgres'],
    ['select "literal" as x from t', 'duckdb'],
    ['select ID, Amount from T', 'snowflake'],
    ['select a.id from t as a where exists (select 1 from u where u.id = a.id and name is not null)', 'postgres'],
    ['select id from t qualify row_number() over (partition by id order by day) = 1', 'snowflake'],
    ["select * from 'file.csv'", 'duckdb'],
    ['select id from t union all select id from u order by id', 'postgres'],
    ['select id as x from t order by x, amount', 'postgres'],
    ['select rowid, id from t', 'duckdb'],
    ['select s.max from (select max(id) from t) as s', 'postgres'],
    ['select id, name from u cross join unnest(u.name) as name', 'bigquery'],
    ['select t.id, count(*) as n from t join u on t.id = u.id group by id', 'bigquery'],
  ])('%s (%s)', (sql, dialect) => {
    expect(found(sql, dialect).filter((one) => !one.startsWith('XF3006'))).toEqual([]);
  });
});

describe('a CTE that nobody reads', () => {
  const sql = 'with a as (select nme as x from t), b as (select x from a) select id from t';
  it.each<[DialectName, string]>([
    ['duckdb', 'warning'],
    ['postgres', 'error'],
  ])('is not looked at by %s', (dialect, severity) => {
    const { problems } = analyseQuery({ sql, dialect, tables });
    expect(problems.filter(({ code }) => code === 'XF3002').map((problem) => problem.severity)).toEqual([severity]);
  });
});

describe('a query that is large', () => {
  it('a union of twenty wide stars takes no time worth speaking of', () => {
    const wide: NamedTable = {
      key: 'w',
      name: ['w'],
      columns: columns(...Array.from({ length: 50 }, (_, i) => `c${i}`)),
    };
    const ctes = Array.from({ length: 20 }, (_, i) => `x${i} as (select * from ${i ? `x${i - 1}` : 'w'})`);
    const union = ctes.map((_, i) => `select * from x${i}`).join(' union all ');
    const { columns: known } = analyseQuery({
      sql: `with ${ctes.join(', ')} ${union}`,
      dialect: 'duckdb',
      tables: [wide],
    });
    expect(known).toHaveLength(50);
    expect(known[7]!.edges).toEqual([{ table: 'w', column: 'c7', kinds: ['copy'] }]);
  });
});
