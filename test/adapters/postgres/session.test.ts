import { describe, expect, it } from 'vitest';
import { type Database, database, failure } from './fixture.ts';

const found = await database();
const db = found as Database;

describe.skipIf(typeof found === 'string')('a session', () => {
  it('keeps every type without loss', async () => {
    const session = await db.session();
    await session.execute("set timezone to 'America/New_York'");
    const { columns, rows } = await session.execute(`select
      1::smallint as i, 9007199254740993 as big, 12345678901234567890.123456789::numeric as amount, 1.50::numeric(10, 2) as price,
      1::float8 as whole, 0.1::float8 as part, 'nan'::float8 as nan, '-infinity'::float4 as below,
      date '2024-02-29' as day, date '0044-03-15 BC' as bc, 'infinity'::date as never,
      timestamp '2024-01-01 01:02:03.123456' as at, timestamptz '2024-07-01 12:00:00+00' as zoned, time '01:02:03.5' as clock,
      array[1, null, 3] as list, array[array['a b', '"c\\'], array[null, '{}']] as nested, array[1.50, 2] as prices,
      '{"x": 1}'::jsonb as doc, interval '3 days 2 hours' as span, '\\x6162'::bytea as raw, null as nothing, true as yes,
      'x'::varchar(3) as word, '8a6e0804-2bd0-4672-b79d-d97027f9071a'::uuid as id`);
    expect(Object.fromEntries(columns.map((column, at) => [column.name, rows[0]![at]]))).toEqual({
      i: 1,
      big: 9007199254740993n,
      amount: { decimal: '12345678901234567890.123456789' },
      price: { decimal: '1.50' },
      whole: { float: 1 },
      part: 0.1,
      nan: Number.NaN,
      below: Number.NEGATIVE_INFINITY,
      day: { date: '2024-02-29' },
      bc: '0044-03-15 BC',
      never: 'infinity',
      at: { timestamp: '2024-01-01T01:02:03.123456', zoned: false },
      zoned: { timestamp: '2024-07-01T08:00:00-04:00', zoned: true },
      clock: { time: '01:02:03.5' },
      list: { json: '[1, null, 3]' },
      nested: { json: '[["a b", "\\"c\\\\"], [null, "{}"]]' },
      prices: { json: '[1.50, 2]' },
      doc: { json: '{"x": 1}' },
      span: '3 days 02:00:00',
      raw: new Uint8Array([97, 98]),
      nothing: null,
      yes: true,
      word: 'x',
      id: '8a6e0804-2bd0-4672-b79d-d97027f9071a',
    });
    const types = Object.fromEntries(columns.map((column) => [column.name, column.dataType]));
    expect(types).toMatchObject({
      i: 'INTEGER',
      big: 'LONGINTEGER',
      amount: 'DECIMAL',
      word: 'STRING',
      at: 'DATETIME',
    });
  });

  it('runs all statements and gives the result of the last that has one', async () => {
    const session = await db.session();
    const result = await session.execute(
      "create temp table several (a int); insert into several values (1), (2); select a, ';' as b from several; set jit to off",
    );
    expect(result.rows).toEqual([
      [1, ';'],
      [2, ';'],
    ]);
    expect(result.response).toEqual({ message: 'SET', code: 'SET', rowsAffected: -1 });
    expect((await session.execute('-- nothing\n;')).rows).toEqual([]);
  });

  it('tells what a statement did, and reads no rows where told', async () => {
    const session = await db.session();
    const made = await session.execute('create temp table ten as select generate_series(1, 10) as a');
    expect(made.response).toEqual({ message: 'SELECT 10', code: 'SELECT', rowsAffected: 10 });
    const changed = await session.execute('update ten set a = a + 1 where a > 5');
    expect(changed.response).toEqual({ message: 'UPDATE 5', code: 'UPDATE', rowsAffected: 5 });
    expect((await session.execute('select * from ten', { fetch: false })).rows).toEqual([]);
  });

  it('reads only as many rows as asked for', async () => {
    const session = await db.session();
    const first = await session.execute("select generate_series(1, 1000000000), ';' -- all; of them\n;", { limit: 2 });
    expect(first.rows).toHaveLength(2);
    const few = await session.execute('with x as (select generate_series(1, 100000000) as g) select * from x', {
      limit: 3,
    });
    expect(few.rows).toEqual([[1], [2], [3]]);
    const none = await session.execute('select pg_sleep(60), 1::numeric as n', { limit: 0 });
    expect(none.columns.map(({ name, dataType }) => `${name} ${dataType}`)[1]).toBe('n DECIMAL');
    expect((await session.execute('select 1 as a')).rows).toEqual([[1]]);
  });

  it('begins, commits and rolls back', async () => {
    const [one, other] = [await db.session(), await db.session()];
    await one.execute('drop table if exists txn');
    await one.begin();
    await one.execute('create table txn as select 1 as a');
    expect((await failure(other.execute('select * from txn'))).code).toBe('XF6101');
    await one.commit();
    expect((await other.execute('select * from txn')).rows).toEqual([[1]]);
    await one.begin();
    await one.execute('drop table txn');
    await one.rollback();
    expect((await other.execute('select * from txn')).rows).toEqual([[1]]);
    await one.execute('drop table txn');
  });

  it('leaves transactions alone under autocommit', async () => {
    const [one, other] = [await db.session({ autocommit: true }), await db.session()];
    await one.begin();
    await one.execute('create table at_once as select 1 as a');
    expect((await other.execute('select * from at_once')).rows).toEqual([[1]]);
    await one.rollback();
    await other.execute('drop table at_once');
  });

  it('stops a statement, and goes on', async () => {
    const session = await db.session();
    const running = failure(session.execute('select pg_sleep(60)'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await session.cancel();
    expect(await running).toMatchObject({ code: 'XF6105', message: 'canceling statement due to user request' });
    expect((await session.execute('select 1')).rows).toEqual([[1]]);
  });

  it('sees the search path, the application and the role of the profile', async () => {
    const admin = await db.session();
    await admin.execute(
      'drop role if exists xform_role; create role xform_role; create schema if not exists "my schema"',
    );
    const session = await db.session({
      search_path: '"my schema", public',
      application_name: 'nightly run',
      role: 'xform_role',
    });
    const { rows } = await session.execute(
      "select current_setting('search_path'), current_setting('application_name'), current_role::text",
    );
    expect(rows).toEqual([['"my schema", public', 'nightly run', 'xform_role']]);
    await admin.execute('drop schema "my schema"');
    const refused = await failure(db.session({ role: 'no_such_role' }));
    expect(refused).toMatchObject({ code: 'XF6118', category: 'Database' });
    expect(refused.message).toContain('role "no_such_role" does not exist');
  });
});

describe.skipIf(typeof found === 'string')('an error', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['select 1 frm t', 'XF6100', ''],
    ['select * from no_such_table', 'XF6101', 'no_such_table'],
    ['select no_such_column from pg_class', 'XF6101', 'no_such_column'],
    ['select no_such_function()', 'XF6101', 'no_such_function'],
    ["select 1, 'x'::int", 'XF6102', "'x'"],
    ['select 1 / 0', 'XF6102', ''],
  ];
  it.each(cases)('has a code and a place: %s', async (sql, code, at) => {
    const session = await db.session();
    const problem = await failure(session.execute(sql));
    expect([problem.code, problem.category]).toEqual([code, 'Database']);
    if (at) expect(sql.slice(problem.data.position as number)).toMatch(new RegExp(`^${at}`));
  });

  it('counts characters as JavaScript does, and shows the line', async () => {
    const session = await db.session();
    const sql = "select '🎉é' as party,\n\tno_such as x\nfrom (select 1) as t";
    const problem = await failure(session.execute(sql));
    expect(sql.slice(problem.data.position as number)).toMatch(/^no_such/);
    expect(problem.data).toMatchObject({ line: 2, column: 2, sqlState: '42703' });
    expect(problem.message).toBe('column "no_such" does not exist\nLINE 2:  no_such as x\n         ^');
  });

  it('has the details and hints of the server', async () => {
    const session = await db.session();
    await session.execute('create temp table strict (a int primary key); insert into strict values (1)');
    const problem = await failure(session.execute('insert into strict values (1)'));
    expect(problem.code).toBe('XF6103');
    expect(problem.message).toContain('\nDETAIL:  Key (a)=(1) already exists.');
    expect((await failure(session.execute('copy strict from stdin'))).code).toBe('XF6105');
  });
});
