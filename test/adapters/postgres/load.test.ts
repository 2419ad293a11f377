import { describe, expect, it } from 'vitest';
import { type Database, database, failure } from './fixture.ts';

const found = await database();
const db = found as Database;

describe.skipIf(typeof found === 'string')('load', () => {
  const relation = { database: null, schema: 'xform_load', identifier: 'Rows', type: 'table' } as const;
  const table = async (columns: string) => {
    const session = await db.session();
    await session.execute(
      `create schema if not exists xform_load; drop table if exists xform_load."Rows"; create table xform_load."Rows" (${columns})`,
    );
    return session;
  };

  it('reads each cell as the type of its column', async () => {
    const session = await table('"A b" integer, t text, n float8, d date, at timestamp, ok boolean, big bigint');
    const columns = [
      { name: 'A b', dataType: 'integer' },
      { name: 't', dataType: 'text' },
      { name: 'n', dataType: 'float8' },
      { name: 'd', dataType: 'date' },
      { name: 'at', dataType: 'timestamp without time zone' },
      { name: 'ok', dataType: 'boolean' },
      { name: 'big', dataType: 'bigint' },
    ];
    const rows = [
      ['1.0', 'tab\there\nand \\N "there"', '1.5', '2024-02-29', '2024-01-01 01:02:03', 'True', '9007199254740993'],
      ['1e3', ' Null ', 'null', ' ', '2024-01-01T01:02:03', 'false', null],
    ];
    expect(await session.load({ relation, columns, rows })).toBe(2);
    expect((await session.execute('select * from xform_load."Rows" order by 1')).rows).toEqual([
      [
        1,
        'tab\there\nand \\N "there"',
        1.5,
        { date: '2024-02-29' },
        { timestamp: '2024-01-01T01:02:03', zoned: false },
        true,
        9007199254740993n,
      ],
      [1000, null, null, null, { timestamp: '2024-01-01T01:02:03', zoned: false }, false, null],
    ]);
  });

  it('names the row and column of a cell that does not fit, and loads nothing', async () => {
    const session = await table('a integer, b text');
    const columns = [
      { name: 'a', dataType: 'integer' },
      { name: 'b', dataType: 'text' },
    ];
    const rows = [
      ['1', 'x'],
      ['2', 'y'],
      ['three', 'z'],
    ];
    const problem = await failure(session.load({ relation, columns, rows }));
    expect([problem.code, problem.message]).toEqual([
      'XF6130',
      'row 3 of xform_load.Rows, column a: invalid input syntax for type integer: "three"',
    ]);
    expect((await session.execute('select count(*) from xform_load."Rows"')).rows).toEqual([[0]]);
    expect(
      (await failure(session.load({ relation, columns: [columns[0]!, { name: 'c', dataType: 'int' }], rows }))).code,
    ).toBe('XF6101');
  });

  it('takes 200,000 rows', async () => {
    const session = await table('id integer, name text, amount numeric');
    const columns = [
      { name: 'id', dataType: 'integer' },
      { name: 'name', dataType: 'text' },
      { name: 'amount', dataType: 'numeric' },
    ];
    const rows = Array.from({ length: 200_000 }, (_, at) => [String(at), `name ${at}`, `${at}.25`]);
    expect(await session.load({ relation, columns, rows })).toBe(200_000);
    const { rows: sums } = await session.execute(
      'select count(*), sum(id::bigint), sum(amount) from xform_load."Rows"; ',
    );
    expect(sums).toEqual([[200_000, { decimal: '19999900000' }, { decimal: '19999950000.00' }]]);
    await session.execute('drop schema xform_load cascade');
  });
});
