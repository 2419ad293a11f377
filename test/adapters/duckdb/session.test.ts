import { describe, expect, it } from 'vitest';
import { directory, failure, warehouse } from './fixture.ts';

const session = async (output = {}) => (await warehouse(output)).session('test');

describe('execute', () => {
  it('keeps every type without loss', async () => {
    const db = await session({ settings: { TimeZone: 'America/New_York' } });
    const { columns, rows } = await db.execute(`select
      1::tinyint as i, 9007199254740993 as big, 12345678901234567890123::hugeint as huge, 1.50::decimal(10, 2) as amount,
      1.0::double as whole, 0.1::double as part, 'nan'::double as nan, date '2024-02-29' as day, date '0044-03-15 (BC)' as bc,
      timestamp '2024-01-01 01:02:03.123456' as at, timestamptz '2024-07-01 12:00:00+00' as zoned, time '01:02:03.5' as clock,
      [1, 2.5] as list, {a: 1, b: 'x'} as struct, map {'k': 9007199254740993} as map, '{"x":1}'::json as doc,
      interval 3 day as span, 'ab'::blob as raw, null as nothing, true as yes, 'x' as word`);
    expect(Object.fromEntries(columns.map((column, at) => [column.name, rows[0]![at]]))).toEqual({
      i: 1,
      big: 9007199254740993n,
      huge: 12345678901234567890123n,
      amount: { decimal: '1.50' },
      whole: { float: 1 },
      part: 0.1,
      nan: Number.NaN,
      day: { date: '2024-02-29' },
      bc: '0044-03-15 (BC)',
      at: { timestamp: '2024-01-01T01:02:03.123456', zoned: false },
      zoned: { timestamp: '2024-07-01T08:00:00-04:00', zoned: true },
      clock: { time: '01:02:03.5' },
      list: { json: '[1.0, 2.5]' },
      struct: { json: '{"a": 1, "b": "x"}' },
      map: { json: '{"k": 9007199254740993}' },
      doc: '{"x":1}',
      span: '3 days',
      raw: new Uint8Array([97, 98]),
      nothing: null,
      yes: true,
      word: 'x',
    });
    expect(columns.find((column) => column.name === 'doc')?.dataType).toBe('JSON');
    expect(columns.find((column) => column.name === 'amount')?.dataType).toBe('DECIMAL(10,2)');
  });

  it('runs all statements and gives the result of the last that has one', async () => {
    const db = await session();
    const result = await db.execute(
      "create table t (a int); insert into t values (1), (2); select a, ';' as b from t; set threads = 2",
    );
    expect(result.rows).toEqual([
      [1, ';'],
      [2, ';'],
    ]);
    expect((await db.execute('-- nothing\n;')).rows).toEqual([]);
    expect((await db.execute('-- nothing')).rows).toEqual([]);
    expect((await db.execute("pivot (values ('a', 1), ('b', 2)) t(k, v) on k using sum(v)")).rows).toHaveLength(1);
  });

  it('reads results of any length, and statements that are several to the database', async () => {
    const db = await session();
    const { rows } = await db.execute('select range::int as n from range(5000)');
    expect([rows.length, rows.at(-1)]).toEqual([5000, [4999]]);
    await db.execute("create table sales as select * from (values ('a', 1), ('b', 2)) as t(kind, n)");
    const pivoted = await db.execute('pivot sales on kind using sum(n)::int');
    expect([pivoted.columns.map(({ name }) => name), pivoted.rows]).toEqual([['a', 'b'], [[1, 2]]]);
  });

  it('tells the rows a statement changed, and reads none where told', async () => {
    const db = await session();
    await db.execute('create table t as select range as a from range(10)');
    expect((await db.execute('update t set a = a + 1 where a > 4')).response).toEqual({
      message: 'OK',
      rowsAffected: 5,
    });
    expect((await db.execute('select * from t', { fetch: false })).rows).toEqual([]);
  });

  it('reads no more rows than the limit', async () => {
    const db = await session();
    const began = performance.now();
    const { rows } = await db.execute('select a.range from range(100000) a, range(100000) b', { limit: 3 });
    expect(rows).toHaveLength(3);
    expect(performance.now() - began).toBeLessThan(5000);
    expect((await db.execute('select 1 where false', { limit: 3 })).rows).toEqual([]);
    const described = await db.execute("select 1 as a, '{}'::json as b, error('never run') as c", { limit: 0 });
    expect(described.columns.map((column) => [column.name, column.dataType])).toEqual([
      ['a', 'INTEGER'],
      ['b', 'JSON'],
      ['c', 'INTEGER'],
    ]);
    await db.begin();
    expect((await db.execute('select * from range(10)', { limit: 3 })).rows).toHaveLength(3);
    await db.commit();
  });

  it('never takes a query that fails half-way for a complete one', async () => {
    const db = await session();
    const sql = "select case when range = 900000 then error('half-way') else range end from range(1000000)";
    expect((await failure(db.execute(sql, { limit: 2_000_000 }))).message).toContain('half-way');
    expect((await failure(db.execute(sql, { fetch: false }))).message).toContain('half-way');
    expect((await db.execute('select 1')).rows).toEqual([[1]]);
  });
});

describe('errors', () => {
  it('point into the statement, whatever comes before', async () => {
    const db = await session();
    const sql = "select 'é中';\nselect 1,\n  é, nope\nfrom range(3)";
    const found = await failure(db.execute(sql));
    expect(found.code).toBe('XF6002');
    expect(found.category).toBe('Runtime');
    expect(found.data).toMatchObject({ position: sql.indexOf('é, nope'), line: 3, column: 3 });
    expect(found.message).toBe(
      'Binder Error: Referenced column "é" not found in FROM clause!\nCandidate bindings: "range"\n\nLINE 3:   é, nope\n          ^',
    );
  });

  it('have a code of their own for each kind', async () => {
    const db = await session();
    await db.execute('create table t (a int primary key); insert into t values (1)');
    const codes: Record<string, string> = {
      'selec 1': 'XF6001',
      'select * from missing': 'XF6002',
      "select 'x'::int": 'XF6003',
      'insert into t values (1)': 'XF6004',
      commit: 'XF6005',
      "select * from read_csv('no-such-file.csv')": 'XF6008',
    };
    for (const [sql, code] of Object.entries(codes))
      expect([sql, (await failure(db.execute(sql))).code]).toEqual([sql, code]);
  });

  it('never show secrets', async () => {
    const db = await session({ settings: { http_proxy_password: 'hunter22' } });
    const found = await failure(db.execute("select 'hunter22'::int"));
    expect(JSON.stringify(found)).not.toContain('hunter22');
  });
});

describe('transactions', () => {
  it('commit and roll back data and tables', async () => {
    const house = await warehouse();
    const [a, b] = [await house.session('a'), await house.session('b')];
    await a.begin();
    await a.execute('create table t as select 1 as x');
    expect((await failure(b.execute('select * from t'))).code).toBe('XF6002');
    await a.commit();
    expect((await b.execute('select * from t')).rows).toEqual([[1]]);
    await a.begin();
    await a.execute('drop table t');
    await failure(a.execute('selec'));
    await a.rollback();
    await a.rollback();
    expect((await b.execute('select * from t')).rows).toEqual([[1]]);
  });

  it('are left out where the profile disables them', async () => {
    const db = await session({ disable_transactions: true });
    await db.begin();
    await db.execute('create table t as select 1 as x');
    await db.rollback();
    expect((await db.execute('select * from t')).rows).toEqual([[1]]);
  });

  it('repeat single statements that meet a conflict', async () => {
    const house = await warehouse({ path: `${directory}/conflict.duckdb` });
    const sessions = await Promise.all(Array.from({ length: 6 }, (_, n) => house.session(`s${n}`)));
    await sessions[0]!.execute('create table counter as select 0 as n');
    await Promise.all(
      sessions.map(async (db, n) => {
        for (let round = 0; round < 5; round++) {
          await db.execute(`create or replace table shared as select ${n} as n`);
          await db.execute('update counter set n = n + 1');
        }
      }),
    );
    expect((await sessions[0]!.execute('select n from counter')).rows).toEqual([[30]]);
  });

  it('are not repeated inside a transaction', async () => {
    const house = await warehouse();
    const [a, b] = [await house.session('a'), await house.session('b')];
    await a.execute('create table t as select 1 as x');
    await a.begin();
    await b.begin();
    await a.execute('update t set x = 2');
    expect((await failure(b.execute('update t set x = 3'))).code).toBe('XF6005');
    await a.commit();
    await b.rollback();
  });
});

describe('cancel', () => {
  it('stops the running statement only', async () => {
    const db = await session();
    const running = failure(db.execute('select count(*) from range(100000000) a, range(100000) b'));
    setTimeout(() => void db.cancel(), 100);
    expect((await running).code).toBe('XF6006');
    expect((await db.execute('select 1')).rows).toEqual([[1]]);
  });
});
