import { describe, expect, it } from 'vitest';
import { analyseQuery, type NamedTable } from '../../src/sql/analysis.ts';
import type { DialectName, QueryPrint } from '../../src/sql/index.ts';

const columns = (...names: string[]) => names.map((name) => ({ name, type: null }));
const tables: readonly NamedTable[] = [
  { key: 't', name: ['db', 'main', 't'], columns: columns('id', 'amount', 'day', 'tags') },
  { key: 'u', name: ['db', 'main', 'u'], columns: columns('id', 'name') },
  { key: 'open', name: ['db', 'main', 'open_table'] },
];

function printed(sql: string, dialect: DialectName): QueryPrint {
  const { print, problems } = analyseQuery({ sql, dialect, tables, isPrinted: true });
  if (!print) throw new Error(JSON.stringify(problems));
  return print;
}

/** Columns that another query makes in another way; `rows` where its rows may be others, `rest` for columns without a name. */
function changed(before: string, after: string, dialect: DialectName = 'duckdb'): string[] {
  const [a, b] = [printed(before, dialect), printed(after, dialect)];
  const names = new Set([...Object.keys(a.columns), ...Object.keys(b.columns)]);
  const others = [...names].filter((name) => a.columns[name] !== b.columns[name]).sort();
  return [...(a.rows === b.rows ? [] : ['rows']), ...(a.rest === b.rest ? [] : ['rest']), ...others];
}

describe('queries that say the same', () => {
  it.each([
    ['select id, amount * 2 as x from t', 'SELECT\n  t.id,\n  -- twice\n  (Amount * 2) AS x\nFROM db.main.t AS t'],
    ['select id from t', 'with a as (select * from t), b as (select id as k, day from a) select k as id from b'],
    ['select id from t where id > 1 and day = 2', 'select q.id from t q where (2 = q.day) and q.id > 1'],
    ['select id, sum(amount) as s from t group by id', 'select id, sum(amount) as s from t group by 1'],
    ['select id, sum(amount) as s from t group by 1', 'select id, sum(amount) as s from t group by all'],
    [
      'select t.id, name from t left join u on t.id = u.id',
      'select a.id, b.name from t a left outer join u b on b.id = a.id',
    ],
    [
      'select sum(id) over w as s from t window w as (partition by day)',
      'select sum(id) over (partition by day) as s from t',
    ],
    ['select id as a, id + 1 as b from t', 'select id as a, a + 1 as b from t'],
    ['select list_transform(tags, x -> x + 1) as l from t', 'select list_transform(tags, y -> y + 1) as l from t'],
    ['select id from t order by day', 'select id from t order by id'],
    [
      'select id, (select max(name) from u where u.id = t.id) as n from t',
      'select id, (select max(x.name) from u x where x.id = t.id) as n from t',
    ],
    ['select cast(id as integer) as i from t', 'select id::int as i from t'],
    [
      'with recursive r as (select 1 as n union all select n + 1 from r where n < 5) select n from r',
      'with recursive s as (select 1 as m union all select m + 1 from s where m < 5) select m as n from s',
    ],
    ['select * from open_table', 'with a as (select * from open_table) select a.* from a'],
    [
      'select id, x from (select id, unnest(tags) as x from t)',
      'with a as (select id, unnest(tags) as x from t) select id, x from a',
    ],
  ])('%s', (before, after) => {
    expect(changed(before, after)).toEqual([]);
  });
});

describe('queries that do not', () => {
  it.each([
    ['select id, amount as x from t', 'select id, amount + 1 as x from t', ['x']],
    ["select id, 'A' as x from t", "select id, 'a' as x from t", ['x']],
    ['select id, amount as x from t', 'select id, day as x from t', ['x']],
    [
      'with a as (select id, amount * 2 as y from t) select id, y from a',
      'with a as (select id, amount * 3 as y from t) select id, y from a',
      ['y'],
    ],
    ['select id from t', 'select id, day from t', ['day']],
    ['select id from t', 'select id from t where id > 1', ['rows']],
    ['select id from t where id > 1', 'select id from t where id > 2', ['rows']],
    ['select id from t', 'select distinct id from t', ['rows']],
    ['select id from t', 'select id from t limit 3', ['rows']],
    ['select id from t order by day limit 3', 'select id from t order by id limit 3', ['rows']],
    ['select t.id from t join u using (id)', 'select t.id from t left join u using (id)', ['rows']],
    ['select t.id from t join u on t.id = u.id', 'select t.id from t join u on t.day = u.id', ['rows']],
    ['select id from t union all select id from u', 'select id from t union select id from u', ['rows']],
    ['select id from t union all select id from u', 'select id from t union all select name from u', ['id']],
    [
      'select id, sum(amount) as s from t group by 1',
      'select day as id, sum(amount) as s from t group by 1',
      ['rows', 'id'],
    ],
    ['select count(*) as n from t', 'select count(*) as n from u', ['rows']],
    ['select id from t', 'select id, unnest(tags) as x from t', ['rows', 'x']],
    ['select id from t', 'select id from t tablesample reservoir(10 rows)', ['rows']],
    [
      'with a as (select id from t where id > 1) select id from t where id in (select id from a)',
      'with a as (select id from t where id > 2) select id from t where id in (select id from a)',
      ['rows'],
    ],
    [
      'with recursive r as (select 1 as n, 2 as m union all select m, m + 1 from r) select n from r',
      'with recursive r as (select 1 as n, 2 as m union all select m, m + 2 from r) select n from r',
      ['rows', 'n'],
    ],
    ['select * from open_table', 'select * exclude (a) from open_table', ['rest']],
    [
      'select * from (values (1, 2)) as v(a, b)',
      'select * from (values (1, 3)) as v(a, b)',
      ['rows', 'rest', 'a', 'b'],
    ],
    ['select a from open_table', 'select b as a from open_table', ['a']],
    [
      'with p as (select * from t) select * from (pivot p on day using sum(amount))',
      'with p as (select * from t where id > 1) select * from (pivot p on day using sum(amount))',
      ['rows', 'rest'],
    ],
    [
      'select sum(id) over w as s from t window w as (partition by day)',
      'select sum(id) over w as s from t window w as (partition by id)',
      ['s'],
    ],
    ['select * replace (id + 1 as id) from t', 'select * replace (id + 2 as id) from t', ['id']],
  ])('%s', (before, after, expected) => {
    const found = changed(before, after);
    expect(found).toEqual(expected);
  });

  it('a clause that the printer has no word for counts as it is written', () => {
    const query = (day: number): string =>
      `select f.value from t, lateral flatten(input => t.tags, path => 'x${day}') f`;
    expect(changed(query(1), query(2), 'snowflake')).toContain('rows');
  });
});
